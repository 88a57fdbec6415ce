// Whether a masked tile of operands is finite is told by its largest number: threads read 16 bytes of it at a time,
// wherever that lies, and meet once.
// RUN: theria-opt %s --theria-kernels="function=small chip=sm_90a" | FileCheck %s --check-prefixes=CHECK,SMALL
// RUN: theria-opt %s --theria-kernels="function=small chip=sm_80" | FileCheck %s --check-prefixes=CHECK,SMALL
// RUN: theria-opt %s --theria-kernels="function=single chip=sm_80" | FileCheck %s --check-prefixes=CHECK,SINGLE
// CHECK: llvm.func @sweep0
// SMALL: llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<3> -> vector<8xbf16>
// SINGLE: llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<3> -> vector<4xf32>
// CHECK: llvm.intr.maximum

!b = tensor<1x1x128x64xbf16>
!f = tensor<1x1x128x64xf32>

func.func @small(%q: !b, %k: !b, %v: !b) -> !b {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!b, !b, !b) -> (!b, tensor<1x1x128xf32>)
  return %out : !b
}

func.func @single(%q: !f, %k: !f, %v: !f) -> !f {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!f, !f, !f) -> (!f, tensor<1x1x128xf32>)
  return %out : !f
}
