// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x2x7x3.npy --input=@inputs/k-1x1x7x3.npy --input=@inputs/v-1x1x7x5.npy --input=@softcap-gated-documents/gates-2.npy --input=@softcap-gated-documents/tau-scalar.npy --input=@softcap-gated-documents/document-7.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@softcap-gated-documents/forward.0.npy \
// RUN:   --expect=@softcap-gated-documents/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x1x7x3.npy --input=@inputs/d0-1x1x7x5.npy --input=@inputs/d0-2.npy \
// RUN:   --input=@inputs/d0-scalar.npy --expect=@softcap-gated-documents/forward.0.npy \
// RUN:   --expect=@softcap-gated-documents/forward.1.npy --expect=@softcap-gated-documents/jvp.2.npy \
// RUN:   --expect=@softcap-gated-documents/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x2x7x5.npy \
// RUN:   --input=@inputs/d0-1x2x7.npy --expect=@softcap-gated-documents/forward.0.npy \
// RUN:   --expect=@softcap-gated-documents/forward.1.npy --expect=@softcap-gated-documents/vjp.2.npy \
// RUN:   --expect=@softcap-gated-documents/vjp.3.npy --expect=@softcap-gated-documents/vjp.4.npy \
// RUN:   --expect=@softcap-gated-documents/vjp.5.npy --expect=@softcap-gated-documents/vjp.6.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x2x7x5.npy \
// RUN:   --input=@inputs/d0-1x2x7.npy --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x1x7x3.npy \
// RUN:   --input=@inputs/d0-1x1x7x5.npy --input=@inputs/d0-2.npy --input=@inputs/d0-scalar.npy \
// RUN:   --expect=@softcap-gated-documents/hvp.0.npy --expect=@softcap-gated-documents/hvp.1.npy \
// RUN:   --expect=@softcap-gated-documents/hvp.2.npy --expect=@softcap-gated-documents/hvp.3.npy \
// RUN:   --expect=@softcap-gated-documents/hvp.4.npy
// RUN: %{run} --derive=hvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x2x7x5.npy \
// RUN:   --input=@inputs/d0-1x2x7.npy --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x1x7x3.npy \
// RUN:   --input=@inputs/d0-1x1x7x5.npy --input=@inputs/d0-2.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@inputs/d1-1x2x7x3.npy --input=@inputs/d1-1x1x7x3.npy --input=@inputs/d1-1x1x7x5.npy \
// RUN:   --input=@inputs/d1-2.npy --input=@inputs/d1-scalar.npy --expect=@softcap-gated-documents/hvp.0.npy \
// RUN:   --expect=@softcap-gated-documents/hvp.1.npy --expect=@softcap-gated-documents/hvp.2.npy \
// RUN:   --expect=@softcap-gated-documents/hvp.3.npy --expect=@softcap-gated-documents/hvp.4.npy \
// RUN:   --expect=@softcap-gated-documents/hvp-vjp.5.npy --expect=@softcap-gated-documents/hvp-vjp.6.npy \
// RUN:   --expect=@softcap-gated-documents/hvp-vjp.7.npy --expect=@softcap-gated-documents/hvp-vjp.8.npy \
// RUN:   --expect=@softcap-gated-documents/hvp-vjp.9.npy --expect=@softcap-gated-documents/hvp-vjp.10.npy \
// RUN:   --expect=@softcap-gated-documents/hvp-vjp.11.npy --expect=@softcap-gated-documents/hvp-vjp.12.npy \
// RUN:   --expect=@softcap-gated-documents/hvp-vjp.13.npy --expect=@softcap-gated-documents/hvp-vjp.14.npy \
// RUN:   --expect=@softcap-gated-documents/hvp-vjp.15.npy --expect=@softcap-gated-documents/hvp-vjp.16.npy

func.func @attention(
    %q: tensor<1x2x7x3xf64>,
    %k: tensor<1x1x7x3xf64>,
    %v: tensor<1x1x7x5xf64>,
    %gates: tensor<2xf64>,
    %tau: f64,
    %document: tensor<7xi32>)
    -> (tensor<1x2x7x5xf64>, tensor<1x2x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      softcap(2.0)
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
      where(%document) {
      ^bb0(%b: index, %h: index, %i: index, %j: index):
        %mine = tensor.extract %document[%i] : tensor<7xi32>
        %theirs = tensor.extract %document[%j] : tensor<7xi32>
        %live = arith.cmpi eq, %mine, %theirs : i32
        theria.yield %live : i1
      }
      : (tensor<1x2x7x3xf64>, tensor<1x1x7x3xf64>, tensor<1x1x7x5xf64>, tensor<2xf64>, f64, tensor<7xi32>)
      -> (tensor<1x2x7x5xf64>, tensor<1x2x7xf64>)
  return %out, %lse : tensor<1x2x7x5xf64>, tensor<1x2x7xf64>
}
