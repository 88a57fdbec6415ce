// Options of pipelines are checked before anything runs.
// RUN: not theria-opt %s --theria-cpu=cpu=z80 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not theria-opt %s --theria-stream=cpu=z80 2>&1 | FileCheck %s --check-prefix=CPU
// CPU: error: expected host, x86-64, x86-64-v3, x86-64-v4 or aarch64 for cpu, but found 'z80'
// RUN: not theria-opt %s --theria-cpu=path=gpu 2>&1 | FileCheck %s --check-prefix=PATH
// PATH: error: expected streaming or reference for path, but found 'gpu'
