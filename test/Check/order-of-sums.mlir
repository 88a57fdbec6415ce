// Two paths may add in different orders. Here one order of the terms is exact and another rounds: both are right.
//
// RUN: theria-run %s --function=sum --input=16777216 --input=-1 --input=1 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-run %s --function=sum --input=1 --input=-1 --input=16777216 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-run %s --function=logsumexp --input=0 --input=0 --input=0 --check --check-lines=accuracy | FileCheck %s
// CHECK: accuracy holds
// CHECK-NOT: FAILS

func.func @sum(%a: f32, %b: f32, %c: f32) -> tensor<f32> {
  %terms = tensor.from_elements %a, %b, %c : tensor<3xf32>
  %sum = theria.einsum "i->" %terms : (tensor<3xf32>) -> tensor<f32>
  return %sum : tensor<f32>
}

func.func @logsumexp(%a: f32, %b: f32, %c: f32) -> tensor<f32> {
  %terms = tensor.from_elements %a, %b, %c : tensor<3xf32>
  %sum = theria.logsumexp %terms dim = 0 : (tensor<3xf32>) -> tensor<f32>
  return %sum : tensor<f32>
}
