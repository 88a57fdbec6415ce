// The emulation notices kernels that are wrong on purpose: test/Emulation/Break.h.
// RUN: theria-emulate %s --fill=normal:7 --tile=32x16 --output=@%t.npy

// DEFINE: %{broken} = %s --fill=normal:7 --tile=32x16 --expect=@%t.npy 2>&1

// Two warps share the columns, and what they computed.
// RUN: not theria-emulate break=barrier:3 %s --fill=normal:7 --tile=16x32 2>&1 | FileCheck %s --check-prefix=RACE
// RUN: not theria-emulate reverse break=barrier:3 %s --fill=normal:7 --tile=16x32 2>&1 | FileCheck %s --check-prefix=RACE
// RACE: error: sweep0: a store by thread {{[0-9]+}} of block 0: races with a read by {{several threads|thread [0-9]+}}
// RUN: not theria-emulate break=barrier:8 %{broken} | FileCheck %s --check-prefix=READ
// READ: error: sweep0: a load by thread {{[0-9]+}} of block 0: races with a write by thread {{[0-9]+}}
// RUN: not theria-emulate break=barrier:5 %{broken} | FileCheck %s --check-prefix=COPY
// COPY: error: sweep0: llvm.nvvm.cp.async.cg.shared.global.16.s by thread {{[0-9]+}} of block 0: races with a read by {{several threads|thread [0-9]+}}
// RUN: not theria-emulate break=barrier:2 %{broken} | FileCheck %s --check-prefix=UNWRITTEN
// RUN: not theria-emulate random break=barrier:2 %{broken} | FileCheck %s --check-prefix=UNWRITTEN
// UNWRITTEN: error: sweep0: a load by thread {{[0-9]+}} of block 0: reads what was never written
// RUN: not theria-emulate break=barrier:4 %{broken} | FileCheck %s --check-prefix=WAY
// RUN: not theria-emulate break=wait:1 %{broken} | FileCheck %s --check-prefix=WAY
// WAY: error: sweep0: a load by thread {{[0-9]+}} of block 0: reads what a copy by thread {{[0-9]+}} is on its way to
// RUN: not theria-emulate break=branch:1 %{broken} | FileCheck %s --check-prefix=BRANCH
// BRANCH: error: threads wait for each other without an end: from thread 0 on llvm.nvvm.barrier{{.*}}, from thread 1 on llvm.nvvm.barrier
// RUN: not theria-emulate break=shuffle:0 %{broken} | FileCheck %s --check-prefix=VALUES
// RUN: not theria-emulate break=load:1 %{broken} | FileCheck %s --check-prefix=VALUES
// RUN: not theria-emulate break=copy:1 %{broken} | FileCheck %s --check-prefix=VALUES
// VALUES: error: result 0: {{[0-9]+}} of 640 elements differ
// RUN: not theria-emulate break=copy:0 %{broken} | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: error: sweep0: llvm.nvvm.cp.async.cg.shared.global.16.s by thread {{[0-9]+}} of block {{[0-9]+}}: is outside of all memory: 2560 bytes behind the start of 2560

// RUN: not theria-emulate break=warp:0 %{broken} | FileCheck %s --check-prefix=FAULT
// FAULT: error: expected barrier, branch, shuffle, fragment, copy, wait, proxy, fence, commit, panel, load or store, then :NUMBER, but found 'warp:0'
// RUN: not theria-emulate break=shuffle:9999 %{broken} | FileCheck %s --check-prefix=NUMBER
// NUMBER: error: expected at least 10000 places for shuffle, but found {{[0-9]+}}

!x = tensor<1x1x40x16xf32>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x1x40xf32>)
  return %out : !x
}
