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
