// No broken or hostile .npy file is more than an error.
// RUN: python3 %S/Inputs/hostile.py theria-run %s %t

func.func @identity(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  return %x : tensor<2x3xf32>
}
