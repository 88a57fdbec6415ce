// A number that becomes a position through integers has no derivative there, which the error says of every conversion.
// RUN: not theria-opt %s --theria-expand-calculus 2>&1 | FileCheck %s
// CHECK: :[[#@LINE+8]]:8: error: expected the derivative of 'tensor.extract', but its float depends on a differentiated value only through integers

func.func private @pick(%x: f64, %t: tensor<4xf64>) -> f64 {
  %n = arith.fptoui %x : f64 to i64
  %small = arith.trunci %n : i64 to i8
  %wide = arith.extui %small : i8 to i64
  %i = arith.index_cast %wide : i64 to index
  %rest = arith.remui %i, %i : index
  %e = tensor.extract %t[%rest] : tensor<4xf64>
  return %e : f64
}

func.func @tangent(%x: f64, %t: tensor<4xf64>) -> f64 {
  %y, %ty = theria.jvp @pick(%x, %t) tangents(%x) wrt = [0] : (f64, tensor<4xf64>) -> (f64, f64)
  return %ty : f64
}
