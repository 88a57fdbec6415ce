// Values and derivatives against an independent implementation, by theria.sdpa_vjp.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-13 --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy \
// RUN:   --input=@inputs/v-1x2x7x4.npy --input=@inputs/d0-1x4x5x4.npy --input=@inputs/d0-1x4x5.npy \
// RUN:   --expect=@plain/forward.0.npy --expect=@plain/forward.1.npy --expect=@plain/vjp.2.npy \
// RUN:   --expect=@plain/vjp.3.npy --expect=@plain/vjp.4.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %c_out: tensor<1x4x5x4xf64>,
    %c_lse: tensor<1x4x5xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>) {
  %out, %lse, %cx_q, %cx_k, %cx_v = theria.sdpa_vjp %q, %k, %v
      cotangents(%c_out, %c_lse)
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>)
  return %out, %lse, %cx_q, %cx_k, %cx_v : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>
}
