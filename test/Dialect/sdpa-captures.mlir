// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

// Captured values are written with their outer names, also in nested regions …
// CHECK-LABEL: func.func @outer_names
// CHECK-SAME: %[[TABLE:[^:,]*]]: tensor<?xf32>, %[[N:[^:,]*]]: index
func.func @outer_names(%x: !x, %table: tensor<?xf32>, %n: index) {
  // CHECK: theria.sdpa {{.*}} score(%[[TABLE]], %[[N]]) {
  // CHECK-NEXT: ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %[[T:.*]]: tensor<?xf32>, %[[M:.*]]: index):
  // CHECK: %[[NEAR:.*]] = arith.cmpi ult, %{{.*}}, %[[M]] : index
  // CHECK: scf.if %[[NEAR]] -> (f32) {
  // CHECK-NEXT: tensor.extract %[[T]][
  // CHECK: } where(%[[N]]) {
  // CHECK-NEXT: ^bb0(%b: index, %h: index, %i: index, %j: index, %[[W:.*]]: index):
  // CHECK-NEXT: arith.cmpi ult, %j, %[[W]] : index
  %0:2 = theria.sdpa %x, %x, %x score(%table, %n) {
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
  } where(%n) {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %live = arith.cmpi ult, %j, %n : index
    theria.yield %live : i1
  } : (!x, !x, !x, tensor<?xf32>, index, index) -> (!x, !r)
  return
}

// … or as arguments of the block.
// CHECK-LABEL: func.func @block_arguments
// CHECK-SAME: %[[A:[^:,]*]]: f32
func.func @block_arguments(%x: !x, %a: f32) {
  // CHECK: theria.sdpa {{.*}} score(%[[A]]) {
  // CHECK-NEXT: ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %[[B:.*]]: f32):
  // CHECK-NEXT: arith.mulf %s, %[[B]] : f32
  %0:2 = theria.sdpa %x, %x, %x score(%a) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %slope: f32):
    %t = arith.mulf %s, %slope : f32
    theria.yield %t : f32
  } : (!x, !x, !x, f32) -> (!x, !r)
  return
}

// Constants need no capture.
// CHECK-LABEL: func.func @constants
// CHECK: %[[C:.*]] = arith.constant 2.0
// CHECK: theria.sdpa {{.*}} score {
// CHECK: arith.mulf %s, %[[C]] : f32
func.func @constants(%x: !x) {
  %c = arith.constant 2.0 : f32
  %0:2 = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %t = arith.mulf %s, %c : f32
    theria.yield %t : f32
  } : (!x, !x, !x) -> (!x, !r)
  return
}
