// A large tensor of one value is filled while the program runs: where memory does not suffice, that is an error before it.
// RUN: theria-opt %s --pass-pipeline='builtin.module(func.func(theria-fill-constants))' | FileCheck %s
// RUN: theria-run %s --function=above | FileCheck %s --check-prefix=ABOVE
// RUN: not theria-run %s --function=huge 2>&1 | FileCheck %s --check-prefix=HUGE --implicit-check-not=error:

// ABOVE: result 0: tensor<1025xf32>, first values 2, 2,

// CHECK-LABEL: @above
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<1025xf32>
// CHECK: linalg.fill ins(%{{.*}} : f32) outs(%[[EMPTY]] : tensor<1025xf32>)
func.func @above() -> tensor<1025xf32> {
  %x = arith.constant dense<2.0> : tensor<1025xf32>
  return %x : tensor<1025xf32>
}
// What is small or differs by element stays a constant.
// CHECK-LABEL: @below
// CHECK-NEXT: arith.constant dense<{{2.0.*}}> : tensor<1024xf32>
// CHECK-NEXT: return
func.func @below() -> tensor<1024xf32> {
  %x = arith.constant dense<2.0> : tensor<1024xf32>
  return %x : tensor<1024xf32>
}
func.func @huge() -> tensor<1000000000000000xf32> {
  // HUGE: error: expected at most {{[0-9]+}} bytes, which the system has left, but the program needs 4000000000000000 (results 4000000000000000,
  %x = arith.constant dense<2.0> : tensor<1000000000000000xf32>
  return %x : tensor<1000000000000000xf32>
}
