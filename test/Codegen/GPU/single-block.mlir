// A sweep of a single block of rows is a kernel on tiles, too, and its products run on tensor cores.
// RUN: theria-opt %s --theria-kernels=chip=sm_80 | FileCheck %s
// CHECK-LABEL: func.func @__theria_entry
// CHECK: gpu.launch_func @theria_kernels::@sweep0 blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
// CHECK: llvm.func @sweep0
// CHECK: nvvm.mma.sync

!x = tensor<1x1x16x32xbf16>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x1x16xf32>)
  return %out : !x
}
