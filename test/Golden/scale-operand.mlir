// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@scale-operand/forward.0.npy \
// RUN:   --expect=@scale-operand/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --expect=@scale-operand/forward.0.npy --expect=@scale-operand/forward.1.npy \
// RUN:   --expect=@scale-operand/jvp.2.npy --expect=@scale-operand/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@scale-operand/forward.0.npy --expect=@scale-operand/forward.1.npy \
// RUN:   --expect=@scale-operand/vjp.2.npy --expect=@scale-operand/vjp.3.npy --expect=@scale-operand/vjp.4.npy \
// RUN:   --expect=@scale-operand/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --expect=@scale-operand/hvp.0.npy \
// RUN:   --expect=@scale-operand/hvp.1.npy --expect=@scale-operand/hvp.2.npy --expect=@scale-operand/hvp.3.npy
// RUN: %{run} --derive=hvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --input=@inputs/d1-2x2x3x5.npy \
// RUN:   --input=@inputs/d1-2x2x9x5.npy --input=@inputs/d1-2x2x9x1.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@scale-operand/hvp.0.npy --expect=@scale-operand/hvp.1.npy --expect=@scale-operand/hvp.2.npy \
// RUN:   --expect=@scale-operand/hvp.3.npy --expect=@scale-operand/hvp-vjp.4.npy \
// RUN:   --expect=@scale-operand/hvp-vjp.5.npy --expect=@scale-operand/hvp-vjp.6.npy \
// RUN:   --expect=@scale-operand/hvp-vjp.7.npy --expect=@scale-operand/hvp-vjp.8.npy \
// RUN:   --expect=@scale-operand/hvp-vjp.9.npy --expect=@scale-operand/hvp-vjp.10.npy \
// RUN:   --expect=@scale-operand/hvp-vjp.11.npy --expect=@scale-operand/hvp-vjp.12.npy \
// RUN:   --expect=@scale-operand/hvp-vjp.13.npy

func.func @attention(
    %q: tensor<2x2x3x5xf64>,
    %k: tensor<2x2x9x5xf64>,
    %v: tensor<2x2x9x1xf64>,
    %scale: f64)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      : (tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, f64)
      -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>)
  return %out, %lse : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
