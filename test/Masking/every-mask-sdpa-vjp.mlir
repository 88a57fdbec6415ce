// Nothing read outside the live pairs: NaN and infinity everywhere else, by theria.sdpa_vjp.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-13 --input=@every-mask/q-2x2x3x5.npy \
// RUN:   --input=@every-mask/k-2x2x9x5.npy --input=@every-mask/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy \
// RUN:   --input=@every-mask/bias-2x1x3x9.npy --input=@every-mask/mask-1x2x1x9.npy --input=@every-mask/rows-2.npy \
// RUN:   --input=@every-mask/keys-2.npy --input=@every-mask/gates-2.npy --input=@every-mask/tau-scalar.npy \
// RUN:   --input=@every-mask/out-d0-2x2x3x1.npy --input=@every-mask/lse-d0-2x2x3.npy \
// RUN:   --expect=@every-mask/forward.0.npy --expect=@every-mask/forward.1.npy --expect=@every-mask/vjp.2.npy \
// RUN:   --expect=@every-mask/vjp.3.npy --expect=@every-mask/vjp.4.npy --expect=@every-mask/vjp.5.npy \
// RUN:   --expect=@every-mask/vjp.6.npy --expect=@every-mask/vjp.7.npy --expect=@every-mask/vjp.8.npy

func.func @attention(
    %q: tensor<2x2x3x5xf64>,
    %k: tensor<2x2x9x5xf64>,
    %v: tensor<2x2x9x1xf64>,
    %scale: f64,
    %bias: tensor<2x1x3x9xf64>,
    %mask: tensor<1x2x1x9xi1>,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>,
    %gates: tensor<2xf64>,
    %tau: f64,
    %c_out: tensor<2x2x3x1xf64>,
    %c_lse: tensor<2x2x3xf64>)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>, tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, f64, tensor<2x1x3x9xf64>, tensor<2xf64>, f64) {
  %out, %lse, %cx_q, %cx_k, %cx_v, %cx_scale, %cx_bias, %cx_gates, %cx_tau = theria.sdpa_vjp %q, %k, %v
      cotangents(%c_out, %c_lse)
      scale(%scale)
      causal(bottom_right)
      window(4, 0)
      bias(%bias)
      mask(%mask)
      lengths(%rows, %keys)
      score(%gates, %tau) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %gate = tensor.extract %gates[%h] : tensor<2xf64>
        %cold = arith.negf %tau : f64
        %factor = math.exp %cold : f64
        %scaled = arith.mulf %s, %factor : f64
        %e = math.exp %scaled : f64
        %soft = math.log1p %e : f64
        %curve = arith.mulf %gate, %soft : f64
        %t = arith.addf %s, %curve : f64
        theria.yield %t : f64
      }
      where {
      ^bb0(%b: index, %h: index, %i: index, %j: index):
        %sum = arith.addi %i, %j : index
        %all = arith.addi %sum, %h : index
        %three = arith.constant 3 : index
        %rest = arith.remui %all, %three : index
        %one = arith.constant 1 : index
        %live = arith.cmpi ne, %rest, %one : index
        theria.yield %live : i1
      }
      : (tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, tensor<2x2x3x1xf64>, tensor<2x2x3xf64>, f64, tensor<2x1x3x9xf64>, tensor<1x2x1x9xi1>, tensor<2xi32>, tensor<2xi32>, tensor<2xf64>, f64)
      -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>, tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, f64, tensor<2x1x3x9xf64>, tensor<2xf64>, f64)
  return %out, %lse, %cx_q, %cx_k, %cx_v, %cx_scale, %cx_bias, %cx_gates, %cx_tau : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>, tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, f64, tensor<2x1x3x9xf64>, tensor<2xf64>, f64
}
