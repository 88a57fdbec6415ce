// What theria-vectorise does not take.
// RUN: not theria-opt %s --theria-vectorise=vector-bytes=24 2>&1 | FileCheck %s --check-prefix=BYTES
// RUN: not theria-opt %s --theria-vectorise=vector-registers=8 2>&1 | FileCheck %s --check-prefix=REGISTERS
// RUN: not theria-opt %s --theria-vectorise 2>&1 | FileCheck %s --check-prefix=TENSORS

// BYTES: error: expected vector-bytes of 16, 32 or 64, but found 24; give the target's
// REGISTERS: error: expected vector-registers of 16 or 32, but found 8; give the target's

func.func @tensors(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // TENSORS: errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}} expected an operation on memrefs, but found tensors; bufferize before theria-vectorise
  %z = linalg.copy ins(%x : tensor<4xf32>) outs(%y : tensor<4xf32>) -> tensor<4xf32>
  return %z : tensor<4xf32>
}
