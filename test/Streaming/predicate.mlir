// A predicate of the user's own, here a band along i + j = 96: what its coordinates allow in a block is bounded before the
// block is visited, and a block that is true throughout is computed without the mask.
// RUN: theria-opt %s "--theria-stream=row-tile=16 column-tile=16" | FileCheck %s

!x = tensor<1x1x64x8xf16>

// CHECK-LABEL: @band
// CHECK: scf.forall
// CHECK: scf.for %
// CHECK-DAG: %[[ALL_AFTER:.*]] = arith.cmpi sgt, %[[FIRST:.*]], %c80
// CHECK-DAG: %[[ANY_AFTER:.*]] = arith.cmpi sgt, %[[LAST:.*]], %c80
// CHECK-DAG: %[[ALL_BEFORE:.*]] = arith.cmpi slt, %[[LAST]], %c112
// CHECK-DAG: %[[ANY_BEFORE:.*]] = arith.cmpi slt, %[[FIRST]], %c112
// CHECK-DAG: %[[ALL:.*]] = arith.andi %[[ALL_AFTER]], %[[ALL_BEFORE]]
// CHECK-DAG: %[[ANY:.*]] = arith.andi %[[ANY_AFTER]], %[[ANY_BEFORE]]
// CHECK: scf.if %[[ANY]]
// CHECK-NEXT: scf.if %[[ALL]]
// CHECK-NOT: theria.coord
// CHECK: } else {
// CHECK: theria.coord
func.func @band(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %low = arith.constant 80 : index
    %high = arith.constant 112 : index
    %sum = arith.addi %i, %j : index
    %after = arith.cmpi sgt, %sum, %low : index
    %before = arith.cmpi slt, %sum, %high : index
    %live = arith.andi %after, %before : i1
    theria.yield %live : i1
  } : (!x, !x, !x) -> (!x, tensor<1x1x64xf32>)
  return %o : !x
}
