// Where products round to 16 bits, a multiplication and an addition may be one fma and exponentials approximate; masks are
// compared within a tile. Where they don't, in f32, neither changes.
// RUN: theria-opt %s --theria-kernels=function=bf16 | FileCheck %s --check-prefix=BF16
// RUN: theria-opt %s --theria-kernels=function=f32 | FileCheck %s --check-prefix=F32
// BF16: llvm.func @sweep0
// BF16: llvm.fsub {{.*}} {fastmathFlags = #llvm.fastmath<contract>}
// BF16: llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz"
// BF16: llvm.icmp "sle" {{.*}} : i32
// F32: llvm.func @sweep0
// F32-NOT: fastmath<contract>
// F32-NOT: ex2.approx.ftz
// F32: llvm.intr.exp2

!b = tensor<1x2x256x32xbf16>
!f = tensor<1x2x256x32xf32>
!r = tensor<1x2x256xf32>

func.func @bf16(%q: !b, %k: !b, %v: !b) -> !b {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!b, !b, !b) -> (!b, !r)
  return %out : !b
}

func.func @f32(%q: !f, %k: !f, %v: !f) -> !f {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!f, !f, !f) -> (!f, !r)
  return %out : !f
}
