// Values and derivatives against an independent implementation, by theria.sdpa_hvp.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-12 --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy \
// RUN:   --input=@inputs/v-1x2x7x4.npy --input=@inputs/scale-scalar.npy \
// RUN:   --input=@scale-causal-softcap-bias-alibi/bias-1x1x1x7.npy \
// RUN:   --input=@scale-causal-softcap-bias-alibi/slopes-4.npy --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-1x1x1x7.npy \
// RUN:   --input=@inputs/d0-4.npy --expect=@scale-causal-softcap-bias-alibi/hvp.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.1.npy --expect=@scale-causal-softcap-bias-alibi/hvp.2.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.3.npy --expect=@scale-causal-softcap-bias-alibi/hvp.4.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.5.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %scale: f64,
    %bias: tensor<1x1x1x7xf64>,
    %slopes: tensor<4xf64>,
    %c_out: tensor<1x4x5x4xf64>,
    %c_lse: tensor<1x4x5xf64>,
    %t_q: tensor<1x4x5x3xf64>,
    %t_k: tensor<1x2x7x3xf64>,
    %t_v: tensor<1x2x7x4xf64>,
    %t_scale: f64,
    %t_bias: tensor<1x1x1x7xf64>,
    %t_slopes: tensor<4xf64>)
    -> (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, f64, tensor<1x1x1x7xf64>, tensor<4xf64>) {
  %h_q, %h_k, %h_v, %h_scale, %h_bias, %h_slopes = theria.sdpa_hvp %q, %k, %v
      cotangents(%c_out, %c_lse)
      tangents(%t_q, %t_k, %t_v, %t_scale, %t_bias, %t_slopes)
      scale(%scale)
      causal
      softcap(3.0)
      bias(%bias)
      score(%slopes) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %slope = tensor.extract %slopes[%h] : tensor<4xf64>
        %gap = arith.subi %i, %j : index
        %far = math.absi %gap : index
        %int = arith.index_cast %far : index to i64
        %distance = arith.sitofp %int : i64 to f64
        %penalty = arith.mulf %slope, %distance : f64
        %t = arith.subf %s, %penalty : f64
        theria.yield %t : f64
      }
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<1x4x5x4xf64>, tensor<1x4x5xf64>, tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, f64, tensor<1x1x1x7xf64>, tensor<4xf64>, f64, tensor<1x1x1x7xf64>, tensor<4xf64>)
      -> (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, f64, tensor<1x1x1x7xf64>, tensor<4xf64>)
  return %h_q, %h_k, %h_v, %h_scale, %h_bias, %h_slopes : tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, f64, tensor<1x1x1x7xf64>, tensor<4xf64>
}
