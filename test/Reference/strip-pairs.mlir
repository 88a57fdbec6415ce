// RUN: theria-opt %s --theria-strip-pairs | FileCheck %s
// RUN: theria-run %s --function=f --input=2x3xf32=2 | FileCheck %s --check-prefix=VALUES

// Types of arguments, values, constants and functions lose the mark, and pair_cast with it.
// CHECK-NOT: theria.pair
// CHECK: func.func private @add(%[[X:.*]]: tensor<2x3xf32>) -> tensor<2x3xf32>
// CHECK: %[[C:.*]] = arith.constant dense<{{.*}}> : tensor<2x3xf32>
// CHECK: arith.addf %[[X]], %[[C]] : tensor<2x3xf32>
// CHECK-NOT: theria.pair
// CHECK: func.func @f
// VALUES: values 3, 4, 5, 6, 7, 8
!pair = tensor<2x3xf32, #theria.pair<rows = 0, cols = 1>>
func.func private @add(%x: !pair) -> !pair {
  %c = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : !pair
  %y = arith.addf %x, %c : !pair
  return %y : !pair
}
func.func @f(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %p = theria.pair_cast %x : tensor<2x3xf32> to !pair
  %q = call @add(%p) : (!pair) -> !pair
  %y = theria.pair_cast %q : !pair to tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
