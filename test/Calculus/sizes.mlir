// A tangent has the sizes of its argument and a cotangent those of its result, where the types leave them open: also of
// a result that no argument reaches, whose cotangent no operation reads.
// DEFINE: %{two} = --input=4xf32=normal:1 --input=5xf32=ones
// RUN: not theria-run %s --function=dead --derive=vjp %{two} --input=5xf32=ones 2>&1 | FileCheck %s --check-prefix=DEAD
// RUN: not theria-run %s --function=dead --derive=hvp %{two} --input=5xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=DEAD
// RUN: theria-run %s --function=dead --derive=vjp %{two} --input=4xf32=ones | FileCheck %s --check-prefix=GOOD
// RUN: not theria-run %s --function=tangents %{two} 2>&1 | FileCheck %s --check-prefix=TANGENT --implicit-check-not=error:
// RUN: not theria-run %s --function=cotangents %{two} 2>&1 | FileCheck %s --check-prefix=COTANGENT --implicit-check-not=error:
// RUN: not theria-run %s --function=second %{two} 2>&1 | FileCheck %s --check-prefix=SECOND --implicit-check-not=error:
// RUN: theria-opt %s --theria-expand-calculus | FileCheck %s

!x = tensor<?xf32>

// GOOD: cotangent of %x: tensor<4xf32>
// GOOD: cotangent of %y: tensor<5xf32>, values 0, 0
// DEAD: sizes.mlir:[[#@LINE+1]]:1: error: expected a cotangent of result 0 of size 4 in dim 0, but found 5; give it the sizes of what it belongs to
func.func @dead(%x: !x, %y: !x) -> !x {
  return %x : !x
}

func.func private @sin(%x: !x) -> !x {
  %y = math.sin %x : !x
  return %y : !x
}
func.func @tangents(%x: !x, %t: !x) -> !x {
  // TANGENT: sizes.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a tangent of argument 0 of size 4 in dim 0, but found 5
  %y, %ty = theria.jvp @sin(%x) tangents(%t) : (!x) -> (!x, !x)
  return %ty : !x
}
func.func @cotangents(%x: !x, %g: !x) -> !x {
  // COTANGENT: sizes.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a cotangent of result 0 of size 4 in dim 0, but found 5
  %y, %gx = theria.vjp @sin(%x) cotangents(%g) : (!x) -> (!x, !x)
  return %gx : !x
}
func.func @second(%x: !x, %t: !x) -> !x {
  // SECOND: sizes.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a tangent of argument 0 of size 4 in dim 0, but found 5
  %h = theria.hvp @sin(%x) cotangents(%x) tangents(%t) : (!x) -> !x
  return %h : !x
}

// Sizes that the types have need no check.
// CHECK-LABEL: @static(
// CHECK-NOT: theria.check
func.func private @cos(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = math.cos %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @static(%x: tensor<4xf32>) -> tensor<4xf32> {
  %h = theria.hvp @cos(%x) cotangents(%x) tangents(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %h : tensor<4xf32>
}
