// RUN: theria-opt %s --theria-simplify | FileCheck %s
// There are 52 labels: an einsum is not looked through where it and the one that it is an operand of have more.

!q = tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf64>
!o = tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf64>
!y = tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x2xf64>

// CHECK-LABEL: @labels
// CHECK: %[[S:.*]] = theria.einsum {{.*}} %arg1, %arg2
// CHECK: %[[R:.*]] = theria.einsum {{.*}} %arg0, %[[S]]
// CHECK: return %{{.*}}, %[[R]] :
func.func @labels(%y: !y, %u: tensor<2x1xf64>, %q: !q) -> (!o, !o) {
  %o = theria.einsum "abcdefghijklmnopqrstuvwxyzA,AB->abcdefghijklmnopqrstuvwxyz" %y, %u : (!y, tensor<2x1xf64>) -> !o
  %s = theria.einsum "AB,abcdefghijklmnopqrstuvwxy->A" %u, %q : (tensor<2x1xf64>, !q) -> tensor<2xf64>
  %r = theria.einsum "abcdefghijklmnopqrstuvwxyzA,A->abcdefghijklmnopqrstuvwxyz" %y, %s : (!y, tensor<2xf64>) -> !o
  return %o, %r : !o, !o
}
