// RUN: theria-opt %s --theria-decompose --canonicalize --cse | FileCheck %s

// What a region may hold: elementwise operations, look-ups, branches and calls, each evaluated on whole tensors.
!x = tensor<1x1x4x4xf32>
!r = tensor<1x1x4xf32>

// Both branches are computed; a table is read only where its branch is taken.
// CHECK-LABEL: func.func @branches(
// CHECK: %[[NEAR:.*]] = arith.cmpi ult
// CHECK: %[[A:.*]] = theria.gather %arg1[%{{.*}}] where %[[NEAR]]
// CHECK: arith.select %[[NEAR]], %[[A]], %{{.*}} : {{.*}}, tensor<1x1x4x4xf32, #theria.pair<rows = 2, cols = 3>>
func.func @branches(%x: !x, %table: tensor<?xf32>, %n: index) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score(%table, %n) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %d = arith.subi %i, %j : index
    %near = arith.cmpi ult, %d, %n : index
    %t = scf.if %near -> (f32) {
      %a = tensor.extract %table[%d] : tensor<?xf32>
      scf.yield %a : f32
    } else {
      scf.yield %s : f32
    }
    theria.yield %t : f32
  } : (!x, !x, !x, tensor<?xf32>, index) -> (!x, !r)
  return %out : !x
}

// A branch on a captured condition is taken once.
// CHECK-LABEL: func.func @uniform_branch(
// CHECK: scf.if %arg1
func.func @uniform_branch(%x: !x, %flag: i1, %t: tensor<2xf32>) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score(%flag, %t) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %f = scf.if %flag -> (f32) {
      %c = arith.constant 1 : index
      %a = tensor.extract %t[%c] : tensor<2xf32>
      scf.yield %a : f32
    } else {
      %z = arith.constant 0.0 : f32
      scf.yield %z : f32
    }
    %y = arith.mulf %s, %f : f32
    theria.yield %y : f32
  } : (!x, !x, !x, i1, tensor<2xf32>) -> (!x, !r)
  return %out : !x
}

func.func private @cube(%s: f32) -> f32 {
  %a = arith.mulf %s, %s : f32
  %b = func.call @scaled(%a) : (f32) -> f32
  return %b : f32
}
func.func private @scaled(%s: f32) -> f32 {
  %c = arith.constant 0.5 : f32
  %a = arith.mulf %s, %c : f32
  return %a : f32
}

// CHECK-LABEL: func.func @calls(
// CHECK-DAG: %[[HALF:.*]] = arith.constant dense<5.000000e-01>
// CHECK: %[[A:.*]] = arith.mulf %[[S:.*]], %[[S]] :
// CHECK: %[[B:.*]] = arith.mulf %[[A]], %[[HALF]] :
// CHECK: theria.logsumexp %[[B]]
func.func @calls(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %t = func.call @cube(%s) : (f32) -> f32
    theria.yield %t : f32
  } : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}

// A region that yields a captured value.
// CHECK-LABEL: func.func @uniform_yield(
// CHECK: %[[T:.*]] = theria.einsum "->abcd" %{{.*}} where "abcd" %{{.*}}
// CHECK: theria.logsumexp %[[T]]
func.func @uniform_yield(%x: !x, %t: f32) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x causal score(%t) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    theria.yield %t : f32
  } : (!x, !x, !x, f32) -> (!x, !r)
  return %out : !x
}
