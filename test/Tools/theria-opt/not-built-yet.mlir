// What later versions will do says so.
// RUN: not theria-opt %s --theria-nvvm=chip=sm_90a 2>&1 | FileCheck %s --check-prefix=NVVM
// NVVM: theria-opt: error: expected an option that is built, but found --theria-nvvm, which is not built yet; leave it out
// RUN: theria-opt --help | FileCheck %s --check-prefix=HELP
// HELP-DAG: --theria-nvvm{{.*}}Not built yet
