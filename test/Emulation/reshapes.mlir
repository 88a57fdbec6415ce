// A reshape's shape is read by the host, which cannot touch the device's memory: one that is given, and one that is computed.

// RUN: rm -rf %t && mkdir %t
// RUN: theria-run %s --function=shape --output=@%t/shape.npy
// DEFINE: %{given} = --input=6xf64=normal:7 --input=@%t/shape.npy
// RUN: theria-run %s --function=given --path=reference %{given} --output=@%t/given.npy
// RUN: theria-emulate %s --function=given %{given} --expect=@%t/given.npy --rtol=0 --atol=0
// RUN: theria-run %s --function=computed --path=reference --input=5x6xf64=normal:7 --output=@%t/computed.npy
// RUN: theria-emulate %s --function=computed --input=5x6xf64=normal:7 --expect=@%t/computed.npy --rtol=0 --atol=0

func.func @shape() -> tensor<2xi64> {
  %shape = arith.constant dense<[2, 3]> : tensor<2xi64>
  return %shape : tensor<2xi64>
}

func.func @given(%x: tensor<?xf64>, %shape: tensor<2xi64>) -> tensor<?x?xf64> {
  %reshaped = tensor.reshape %x(%shape) : (tensor<?xf64>, tensor<2xi64>) -> tensor<?x?xf64>
  %sum = arith.addf %reshaped, %reshaped : tensor<?x?xf64>
  return %sum : tensor<?x?xf64>
}

func.func @computed(%x: tensor<?x?xf64>) -> tensor<?x?x?xf64> {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %two = arith.constant 2 : index
  %rows = tensor.dim %x, %zero : tensor<?x?xf64>
  %columns = tensor.dim %x, %one : tensor<?x?xf64>
  %half = arith.divui %columns, %two : index
  %shape = tensor.from_elements %rows, %two, %half : tensor<3xindex>
  %reshaped = tensor.reshape %x(%shape) : (tensor<?x?xf64>, tensor<3xindex>) -> tensor<?x?x?xf64>
  return %reshaped : tensor<?x?x?xf64>
}
