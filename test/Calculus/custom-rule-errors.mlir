// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// A JVP rule must be linear in its tangents for a VJP to be made of it.

func.func private @f(%x: f64) -> f64 attributes {theria.jvp = @f_jvp} {
  return %x : f64
}
func.func private @f_jvp(%x: f64, %t: f64) -> (f64, f64) {
  // expected-error@+1 {{expected an operation that is linear in the tangents, to transpose it, but 'arith.mulf' is not; a custom JVP rule must be linear in its tangents}}
  %square = arith.mulf %t, %t : f64
  return %x, %square : f64, f64
}

func.func @gradient(%x: f64, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %gx : f64
}

// -----

// The second JVP of an opaque rule does not exist.

func.func private @kernel(f64) -> f64 attributes {theria.jvp = @kernel_jvp}
func.func private @kernel_jvp(f64, f64) -> (f64, f64)

func.func private @first(%x: f64, %t: f64) -> f64 {
  // expected-error@+1 {{expected the jvp of '@kernel_jvp', but it is missing: the function has no body and declares no rule theria.jvp}}
  %y, %ty = theria.jvp @kernel(%x) tangents(%t) : (f64) -> (f64, f64)
  return %ty : f64
}

func.func @second(%x: f64, %t: f64) -> f64 {
  // expected-note@+1 {{jvp of '@first' asked for here}}
  %y, %ty = theria.jvp @first(%x, %t) tangents(%t, %t) : (f64, f64) -> (f64, f64)
  return %ty : f64
}

// -----

// A constant beside a tangent: affine, not linear.

func.func private @f(%x: f64) -> f64 attributes {theria.jvp = @f_jvp} {
  return %x : f64
}
func.func private @f_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %one = arith.constant 1.0 : f64
  // expected-error@+1 {{expected an operation that is linear in the tangents, to transpose it, but 'arith.addf' is not; a custom JVP rule must be linear in its tangents}}
  %affine = arith.addf %t, %one : f64
  return %x, %affine : f64, f64
}

func.func @gradient(%x: f64, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %gx : f64
}

// -----

!x = tensor<3xf64>

func.func private @f(%x: !x) -> tensor<6xf64> attributes {theria.jvp = @f_jvp}
func.func private @f_jvp(%x: !x, %t: !x) -> (tensor<6xf64>, tensor<6xf64>) {
  %y = tensor.concat dim(0) %x, %x : (!x, !x) -> tensor<6xf64>
  // expected-error@+1 {{but 'tensor.concat' is not; a custom JVP rule must be linear in its tangents}}
  %ty = tensor.concat dim(0) %t, %x : (!x, !x) -> tensor<6xf64>
  return %y, %ty : tensor<6xf64>, tensor<6xf64>
}

func.func @gradient(%x: !x, %g: tensor<6xf64>) -> !x {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (!x) -> (tensor<6xf64>, !x)
  return %gx : !x
}

// -----

// The same with what is zero: arguments that are not differentiated, and constants.

func.func private @f(%x: f64, %y: f64) -> tensor<2xf64> attributes {theria.jvp = @f_jvp}
func.func private @f_jvp(%x: f64, %y: f64, %tx: f64, %ty: f64) -> (tensor<2xf64>, tensor<2xf64>) {
  %xy = arith.mulf %x, %y : f64
  %a = arith.mulf %tx, %y : f64
  %b = arith.mulf %x, %ty : f64
  %txy = arith.addf %a, %b : f64
  %zero = arith.constant 0.0 : f64
  %z = tensor.from_elements %xy, %zero : tensor<2xf64>
  %tz = tensor.from_elements %txy, %zero : tensor<2xf64>
  return %z, %tz : tensor<2xf64>, tensor<2xf64>
}

func.func @gradient(%x: f64, %y: f64, %g: tensor<2xf64>) -> f64 {
  %z, %gx = theria.vjp @f(%x, %y) cotangents(%g) {wrt = array<i64: 0>} : (f64, f64) -> (tensor<2xf64>, f64)
  return %gx : f64
}
