// Values and derivatives against an independent implementation, by theria.sdpa_jvp.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-13 --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy \
// RUN:   --input=@inputs/v-1x2x7x4.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --expect=@plain/forward.0.npy --expect=@plain/forward.1.npy \
// RUN:   --expect=@plain/jvp.2.npy --expect=@plain/jvp.3.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %t_q: tensor<1x4x5x3xf64>,
    %t_k: tensor<1x2x7x3xf64>,
    %t_v: tensor<1x2x7x4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse, %ty_out, %ty_lse = theria.sdpa_jvp %q, %k, %v
      tangents(%t_q, %t_k, %t_v)
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse, %ty_out, %ty_lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
