// Tiles of keys and values that are copied while those before them are used, on an emulated GPU.
// RUN: theria-emulate chip=sm_80 random %s --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate chip=sm_80 reverse %s --fill=normal:7 --derive=vjp --check --check-lines=accuracy | FileCheck %s
// CHECK: none fail

// Without the barrier of an iteration, and without its wait.
// RUN: not theria-emulate chip=sm_80 break=barrier:2 %s --fill=normal:7 2>&1 | FileCheck %s --check-prefix=UNWRITTEN
// UNWRITTEN: error: sweep0: llvm.nvvm.ldmatrix{{.*}}: reads what was never written
// RUN: not theria-emulate chip=sm_80 break=wait:1 %s --fill=normal:7 2>&1 | FileCheck %s --check-prefix=WAY
// WAY: error: sweep0: llvm.nvvm.ldmatrix{{.*}}: reads what a copy by thread {{[0-9]+}} is on its way to

!b = tensor<1x1x192x16xbf16>

func.func @attention(%q: !b, %k: !b, %v: !b) -> !b {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!b, !b, !b) -> (!b, tensor<1x1x192xf32>)
  return %out : !b
}
