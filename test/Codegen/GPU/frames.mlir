// Where a thread would hold too much, more warps share a tile, down to one element a thread; then ptxas must not unroll the
// loops of products, since it would hold what it reads. Forward, one warp has the tile of 16 rows and 16 columns.
// RUN: theria-opt %s --theria-nvvm=function=attention | FileCheck %s --check-prefix=FORWARD
// FORWARD-NOT: nounroll
// FORWARD: gpu.launch_func @theria_kernels::@sweep0 blocks in (%c2, {{.*}}) threads in (%c32,
// FORWARD: .entry sweep0(
// Nor does LLVM: of a product, each step has two of eight numbers, and the loop goes back.
// FORWARD: ld.shared.v2.b64
// FORWARD-COUNT-16: fma.rn.f64
// FORWARD-NOT: fma.rn.f64
// FORWARD-SAME: bra
// FORWARD-NOT: nounroll
// In third order, four have it.
// RUN: theria-opt %s --theria-nvvm=function=third | FileCheck %s --check-prefix=THIRD
// THIRD: gpu.launch_func @theria_kernels::@sweep0 blocks in (%c2, {{.*}}) threads in (%c128,
// THIRD: .entry sweep0(
// THIRD-NOT: .entry
// THIRD: .pragma \22nounroll\22;

!x = tensor<1x2x16x4xf64>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x16xf64>)
  return %out : !x
}
func.func private @hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x) {
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x, !x)
  return %h#0, %h#1, %h#2 : !x, !x, !x
}
func.func @third(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x) {
  %h:6 = theria.jvp @hvp(%q, %k, %v, %g, %tq, %tk, %tv) tangents(%v, %q, %k) wrt = [0, 1, 2]
    : (!x, !x, !x, !x, !x, !x, !x) -> (!x, !x, !x, !x, !x, !x)
  return %h#3, %h#4, %h#5 : !x, !x, !x
}
