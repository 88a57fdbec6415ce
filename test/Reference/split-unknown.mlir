// A dimension that is split into two unknown ones keeps its elements in order.
// RUN: theria-run %s --function=split --input=2 --input=3 | FileCheck %s
// CHECK: result 0: tensor<2x3xi64>, values 0, 1, 2, 3, 4, 5

// RUN: not theria-run %s --function=split --input=4 --input=3 2>&1 | FileCheck %s --check-prefix=COUNT
// COUNT: split-unknown.mlir:[[#@LINE+5]]:{{.*}} error: expected a shape of 6 elements, but found one of 12

func.func @split(%n: index, %m: index) -> tensor<?x?xi64> {
  %six = arith.constant dense<[0, 1, 2, 3, 4, 5]> : tensor<6xi64>
  %flat = tensor.cast %six : tensor<6xi64> to tensor<?xi64>
  %split = tensor.expand_shape %flat [[0, 1]] output_shape [%n, %m] : tensor<?xi64> into tensor<?x?xi64>
  return %split : tensor<?x?xi64>
}
