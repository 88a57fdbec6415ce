// RUN: theria-run %s --function=shares | FileCheck %s --check-prefix=SHARES
// RUN: theria-run %s --function=unselected | FileCheck %s --check-prefix=UNSELECTED
// RUN: theria-run %s --function=dead_rows | FileCheck %s --check-prefix=DEAD
// RUN: theria-run %s --function=clamped | FileCheck %s --check-prefix=CLAMPED

// Elements that attain a maximum share its derivative equally, in every mode.
func.func private @largest(%x: tensor<2x4xf64>) -> tensor<2xf64> {
  %y = theria.reduce_max %x dim = 1 : (tensor<2x4xf64>) -> tensor<2xf64>
  return %y : tensor<2xf64>
}
// SHARES: result 0: tensor<2x4xf64>, values 0.5, 0, 0.5, 0, 0.25, 0.25, 0.25, 0.25,
// SHARES: result 1: tensor<2xf64>, values 2, 2.5,
func.func @shares() -> (tensor<2x4xf64>, tensor<2xf64>) {
  %x = arith.constant dense<[[3.0, 1.0, 3.0, 2.0], [5.0, 5.0, 5.0, 5.0]]> : tensor<2x4xf64>
  %t = arith.constant dense<[[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]]> : tensor<2x4xf64>
  %g = arith.constant dense<1.0> : tensor<2xf64>
  %y0, %gx = theria.vjp @largest(%x) cotangents(%g) : (tensor<2x4xf64>) -> (tensor<2xf64>, tensor<2x4xf64>)
  %y1, %ty = theria.jvp @largest(%x) tangents(%t) : (tensor<2x4xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %gx, %ty : tensor<2x4xf64>, tensor<2xf64>
}

// A tangent and a cotangent that are selected away contribute nothing, NaN and infinity included.
func.func private @positive(%x: tensor<3xf64>) -> tensor<3xf64> {
  %zero = arith.constant dense<0.0> : tensor<3xf64>
  %y = arith.maximumf %x, %zero : tensor<3xf64>
  return %y : tensor<3xf64>
}
// UNSELECTED: result 0: tensor<3xf64>, values 0, 0, 7,
// UNSELECTED: result 1: tensor<3xf64>, values 0, 0, 7,
func.func @unselected() -> (tensor<3xf64>, tensor<3xf64>) {
  %x = arith.constant dense<[-1.0, -2.0, 3.0]> : tensor<3xf64>
  %t = arith.constant dense<[0x7FF8000000000000, 0x7FF0000000000000, 7.0]> : tensor<3xf64>
  %y0, %ty = theria.jvp @positive(%x) tangents(%t) : (tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %y1, %gx = theria.vjp @positive(%x) cotangents(%t) : (tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %ty, %gx : tensor<3xf64>, tensor<3xf64>
}

// Nothing attains the maximum of a row without live elements, and its tangent is zero.
func.func private @largest_live(%x: tensor<2x2xf64>) -> tensor<2xf64> {
  %live = arith.constant dense<[[true, true], [false, false]]> : tensor<2x2xi1>
  %y = theria.reduce_max %x dim = 1 where %live : (tensor<2x2xf64>, tensor<2x2xi1>) -> tensor<2xf64>
  return %y : tensor<2xf64>
}
// DEAD: result 0: tensor<2xf64>, values 7, 0,
func.func @dead_rows() -> tensor<2xf64> {
  %x = arith.constant dense<[[3.0, 1.0], [5.0, 5.0]]> : tensor<2x2xf64>
  %t = arith.constant dense<7.0> : tensor<2x2xf64>
  %y, %ty = theria.jvp @largest_live(%x) tangents(%t) : (tensor<2x2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %ty : tensor<2xf64>
}

// A clamped value that attains its lower or its upper bound shares the derivative with it.
func.func private @clamp(%x: tensor<3xf64>, %low: tensor<3xf64>, %high: tensor<3xf64>) -> tensor<3xf64> {
  %y = math.clampf %x to [%low, %high] : tensor<3xf64>
  return %y : tensor<3xf64>
}
// CLAMPED: result 0: tensor<3xf64>, values 0.5, 1, 0.5,
// CLAMPED: result 1: tensor<3xf64>, values 0.5, 0, 0,
// CLAMPED: result 2: tensor<3xf64>, values 0, 0, 0.5,
func.func @clamped() -> (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) {
  %x = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %low = arith.constant dense<1.0> : tensor<3xf64>
  %high = arith.constant dense<3.0> : tensor<3xf64>
  %y, %g:3 = theria.vjp @clamp(%x, %low, %high) cotangents(%low) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>)
  return %g#0, %g#1, %g#2 : tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
}
