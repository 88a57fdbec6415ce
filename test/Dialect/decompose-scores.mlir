// RUN: theria-opt %s --theria-decompose --canonicalize --cse | FileCheck %s

// The order of the score: scale, softcap, score region, bias.
!x = tensor<1x1x4x4xf64>
!r = tensor<1x1x4xf64>

// CHECK-LABEL: func.func @order(
// CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<2.500000e-01>
// CHECK-DAG: %[[CAP:.*]] = arith.constant dense<3.000000e+00>
// CHECK-DAG: %[[NONE:.*]] = arith.constant dense<0xFFF0000000000000> : tensor<1x1x4x4xf64
// CHECK: %[[B:.*]] = theria.pair_cast %arg1
// CHECK: %[[LIVE:.*]] = arith.cmpf une, %[[B]], %[[NONE]]
// CHECK: %[[QK:.*]] = theria.einsum "bhid,bhjd->bhij"
// CHECK: %[[SCALED:.*]] = arith.mulf %[[QK]], %[[SCALE]]
// CHECK: %[[RATIO:.*]] = arith.divf %[[SCALED]], %[[CAP]]
// CHECK: %[[TANH:.*]] = math.tanh %[[RATIO]]
// CHECK: %[[CAPPED:.*]] = arith.mulf %[[TANH]], %[[CAP]]
// CHECK: %[[REGION:.*]] = arith.negf %[[CAPPED]]
// CHECK: %[[BIAS:.*]] = theria.einsum "bhij->bhij" %[[B]] where "bhij" %[[LIVE]]
// CHECK: %[[S:.*]] = arith.addf %[[REGION]], %[[BIAS]]
// CHECK: theria.logsumexp %[[S]] dim = 3 where %[[LIVE]]
func.func @order(%x: !x, %b: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x bias(%b) scale = 0.25 score {
  ^bb0(%s: f64, %bb: index, %h: index, %i: index, %j: index):
    %t = arith.negf %s : f64
    theria.yield %t : f64
  } softcap(3.0) : (!x, !x, !x, !x) -> (!x, !r)
  return %out : !x
}

// A bias of the small type is extended; its dimensions of size 1 are broadcast.
// CHECK-LABEL: func.func @bias(
// CHECK: theria.einsum "hi->bhij" %{{.*}} : (tensor<3x4xf16>) -> tensor<2x3x4x4xf16, #theria.pair<rows = 2, cols = 3>>
// CHECK: %[[B:.*]] = arith.extf %arg1 : tensor<1x3x4x1xf16> to tensor<1x3x4x1xf32>
// CHECK: %[[ROWS:.*]] = tensor.collapse_shape %[[B]]
// CHECK: theria.einsum "hi->bhij" %[[ROWS]] where "bhij"
func.func @bias(%x: tensor<2x3x4x2xf16>, %b: tensor<1x3x4x1xf16>) -> tensor<2x3x4x2xf16> {
  %out, %lse = theria.sdpa %x, %x, %x bias(%b)
    : (tensor<2x3x4x2xf16>, tensor<2x3x4x2xf16>, tensor<2x3x4x2xf16>, tensor<1x3x4x1xf16>)
    -> (tensor<2x3x4x2xf16>, tensor<2x3x4xf32>)
  return %out : tensor<2x3x4x2xf16>
}

// A marked bias is the dense one.
// CHECK-LABEL: func.func @marked_bias(
// CHECK: arith.cmpf une, %arg1
func.func @marked_bias(%x: !x, %b: tensor<1x1x4x4xf64, #theria.pair<rows = 2, cols = 3>>) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x bias(%b)
    : (!x, !x, !x, tensor<1x1x4x4xf64, #theria.pair<rows = 2, cols = 3>>) -> (!x, !r)
  return %out : !x
}
