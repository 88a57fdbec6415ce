// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

// Clauses come in any order, with their operand types in the order of the text, and are printed in one order.
!x = tensor<2x4x5x8xf64>
!r = tensor<2x4x5xf64>

// CHECK-LABEL: func.func @all
// CHECK-SAME: %[[X:[^:,]*]]: tensor<2x4x5x8xf64>, %[[S:[^:,]*]]: f64, %[[B:[^:,]*]]: tensor<1x1x5x5xf64>, %[[M:[^:,]*]]: tensor<2x1x1x5xi1>, %[[N:[^:,]*]]: tensor<2xi32>, %[[T:[^:,]*]]: f64, %[[W:[^:,]*]]: index
// CHECK: %out, %lse = theria.sdpa %[[X]], %[[X]], %[[X]] scale(%[[S]]) softcap(5.000000e+00) score(%[[T]]) {
// CHECK: } bias(%[[B]]) causal(bottom_right) window(2, 1) mask(%[[M]]) lengths(%[[N]], %[[N]]) where(%[[W]]) {
// CHECK: } {note = "kept"} : (tensor<2x4x5x8xf64>, tensor<2x4x5x8xf64>, tensor<2x4x5x8xf64>, f64, f64, tensor<1x1x5x5xf64>, tensor<2x1x1x5xi1>, tensor<2xi32>, tensor<2xi32>, index) -> (tensor<2x4x5x8xf64>, tensor<2x4x5xf64>)
func.func @all(%x: !x, %s: f64, %b: tensor<1x1x5x5xf64>, %m: tensor<2x1x1x5xi1>, %n: tensor<2xi32>, %t: f64, %w: index)
    -> (!x, !r) {
  %out, %lse = theria.sdpa %x, %x, %x where(%w) {
  ^bb0(%bb: index, %h: index, %i: index, %j: index):
    %live = arith.cmpi ne, %j, %w : index
    theria.yield %live : i1
  } lengths(%n, %n) mask(%m) window(2, 1) causal(bottom_right) bias(%b) score(%t) {
  ^bb0(%x0: f64, %bb: index, %h: index, %i: index, %j: index):
    %y = arith.divf %x0, %t : f64
    theria.yield %y : f64
  } softcap(5.0) scale(%s) {note = "kept"}
    : (!x, !x, !x, index, tensor<2xi32>, tensor<2xi32>, tensor<2x1x1x5xi1>, tensor<1x1x5x5xf64>, f64, f64) -> (!x, !r)
  return %out, %lse : !x, !r
}
