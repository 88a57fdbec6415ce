// RUN: theria-opt %s --canonicalize | FileCheck %s

!p = tensor<2x2xf32, #theria.pair<rows = 0, cols = 1>>

// CHECK-LABEL: func.func @casts_there_and_back(
// CHECK-SAME: %[[D:.*]]: tensor<2x2xf32>, %[[P:.*]]: tensor<2x2xf32, #theria.pair<rows = 0, cols = 1>>
// CHECK-NEXT: return %[[D]], %[[P]], %[[D]] :
func.func @casts_there_and_back(%d: tensor<2x2xf32>, %p: !p) -> (tensor<2x2xf32>, !p, tensor<2x2xf32>) {
  %p1 = theria.pair_cast %d : tensor<2x2xf32> to !p
  %d1 = theria.pair_cast %p1 : !p to tensor<2x2xf32>
  %d2 = theria.pair_cast %p : !p to tensor<2x2xf32>
  %p2 = theria.pair_cast %d2 : tensor<2x2xf32> to !p
  %d3 = theria.pair_cast %d : tensor<2x2xf32> to tensor<2x2xf32>
  return %d1, %p2, %d3 : tensor<2x2xf32>, !p, tensor<2x2xf32>
}

// Another mark is another tensor.
// CHECK-LABEL: func.func @casts_between_marks(
// CHECK-COUNT-2: theria.pair_cast
func.func @casts_between_marks(%p: !p) -> tensor<2x2xf32, #theria.pair<rows = 1, cols = 0>> {
  %d = theria.pair_cast %p : !p to tensor<2x2xf32>
  %r = theria.pair_cast %d : tensor<2x2xf32> to tensor<2x2xf32, #theria.pair<rows = 1, cols = 0>>
  return %r : tensor<2x2xf32, #theria.pair<rows = 1, cols = 0>>
}

// CHECK-LABEL: func.func @cast_of_a_constant(
// CHECK: %[[C:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32, #theria.pair<rows = 0, cols = 1>>
// CHECK: return %[[C]] :
func.func @cast_of_a_constant() -> !p {
  %c = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %p = theria.pair_cast %c : tensor<2x2xf32> to !p
  return %p : !p
}

// CHECK-LABEL: func.func @stop_gradient(
// CHECK: %[[C:.*]] = arith.constant 2.000000e+00 : f32
// CHECK: %[[S:.*]] = theria.stop_gradient
// CHECK-NOT: theria.stop_gradient
// CHECK: return %[[C]], %[[S]] :
func.func @stop_gradient(%x: f32) -> (f32, f32) {
  %c = arith.constant 2.0 : f32
  %a = theria.stop_gradient %c : f32
  %b = theria.stop_gradient %x : f32
  %d = theria.stop_gradient %b : f32
  return %a, %d : f32, f32
}

// CHECK-LABEL: func.func @check(
// CHECK-NOT: holds
// CHECK: theria.check %{{.*}}, "fails"
// CHECK: theria.check %{{.*}}, "not known"
func.func @check(%ok: i1) {
  %true = arith.constant true
  %false = arith.constant false
  theria.check %true, "holds"
  theria.check %false, "fails"
  theria.check %ok, "not known"
  return
}
