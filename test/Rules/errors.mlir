// RUN: not theria-opt %s --theria-expand-calculus --split-input-file 2>&1 | FileCheck %s

// Forms that a rule does not cover, and operations without one.

func.func private @computed(%x: tensor<3xf32>, %p: f32) -> tensor<5xf32> {
  // CHECK: errors.mlir:[[#@LINE+1]]:{{.*}}: error: expected 'tensor.pad' to be differentiable here, but its rule does not cover this form; see docs/Derivatives.md
  %y = tensor.pad %x low[1] high[1] {
  ^bb0(%i: index):
    %square = arith.mulf %p, %p : f32
    tensor.yield %square : f32
  } : tensor<3xf32> to tensor<5xf32>
  return %y : tensor<5xf32>
}
func.func @jvp_computed(%x: tensor<3xf32>, %p: f32, %t: tensor<3xf32>, %tp: f32) -> tensor<5xf32> {
  %y, %ty = theria.jvp @computed(%x, %p) tangents(%t, %tp) : (tensor<3xf32>, f32) -> (tensor<5xf32>, tensor<5xf32>)
  return %ty : tensor<5xf32>
}

// -----

func.func private @bits(%x: f16) -> bf16 {
  // CHECK: errors.mlir:[[#@LINE+1]]:{{.*}}: error: expected 'arith.bitcast' to be differentiable here, but its rule does not cover this form
  %y = arith.bitcast %x : f16 to bf16
  return %y : bf16
}
func.func @jvp_bits(%x: f16, %t: f16) -> bf16 {
  %y, %ty = theria.jvp @bits(%x) tangents(%t) : (f16) -> (bf16, bf16)
  return %ty : bf16
}

// -----

func.func private @filled(%x: f32) -> tensor<3xf32> {
  // CHECK: errors.mlir:[[#@LINE+1]]:{{.*}}: error: expected a differentiation rule for 'tensor.generate', but it has none
  %y = tensor.generate {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func @jvp_filled(%x: f32, %t: f32) -> tensor<3xf32> {
  %y, %ty = theria.jvp @filled(%x) tangents(%t) : (f32) -> (tensor<3xf32>, tensor<3xf32>)
  return %ty : tensor<3xf32>
}
