// A loop that looks up elements of what another loop makes, beside reading it, comes after it: one loop would look up
// elements that are not there yet.
// RUN: theria-run %s --function=products --fill=normal:3 --check --check-lines=accuracy,bits | FileCheck %s
// RUN: theria-run %s --function=products --derive=vjp --fill=normal:3 --check --check-lines=accuracy,bits | FileCheck %s
// RUN: theria-run %s --function=products --derive=vjp,vjp --fill=normal:3 --check --check-lines=accuracy,bits | FileCheck %s
// CHECK: none fail
func.func @products(%t: tensor<2xf32>) -> tensor<2xf32> {
  %first = arith.constant dense<0> : tensor<2xindex>
  %u = math.tanh %t : tensor<2xf32>
  %v = theria.gather %u[%first] : (tensor<2xf32>, tensor<2xindex>) -> tensor<2xf32>
  %w = arith.mulf %t, %v : tensor<2xf32>
  return %w : tensor<2xf32>
}
