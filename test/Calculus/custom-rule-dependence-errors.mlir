// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// What a JVP rule may not make of its tangents: a primal result, an index, a size that is not known.

func.func private @f(f64) -> f64 attributes {theria.jvp = @f_jvp}
func.func private @f_jvp(%x: f64, %t: f64) -> (f64, f64) {
  // expected-error@+1 {{expected a result that does not depend on the tangents, but this one does; a custom JVP rule must be linear in its tangents, and its primal results independent of them}}
  %y = arith.addf %x, %t : f64
  return %y, %t : f64, f64
}

func.func @gradient(%x: f64, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %gx : f64
}

// -----

// A tangent itself.

// expected-error@+1 {{expected a result that does not depend on the tangents, but this one does}}
func.func private @f(f64) -> f64 attributes {theria.jvp = @f_jvp}
func.func private @f_jvp(%x: f64, %t: f64) -> (f64, f64) {
  return %t, %t : f64, f64
}

func.func @gradient(%x: f64, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %gx : f64
}

// -----

!x = tensor<3xf64>

func.func private @f(!x) -> !x attributes {theria.jvp = @f_jvp}
func.func private @f_jvp(%x: !x, %t: !x) -> (!x, !x) {
  %c0 = arith.constant 0 : index
  %first = tensor.extract %t[%c0] : !x
  %number = arith.fptosi %first : f64 to i64
  %index = arith.index_cast %number : i64 to index
  // expected-error@+1 {{expected an operation that is linear in the tangents, to transpose it, but 'tensor.extract' is not; a custom JVP rule must be linear in its tangents}}
  %chosen = tensor.extract %t[%index] : !x
  %ty = tensor.splat %chosen : !x
  return %x, %ty : !x, !x
}

func.func @gradient(%x: !x, %g: !x) -> !x {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (!x) -> (!x, !x)
  return %gx : !x
}

// -----

!x = tensor<?xf64>

func.func private @f(!x, index) -> !x attributes {theria.jvp = @f_jvp}
func.func private @f_jvp(%x: !x, %dim: index, %t: !x) -> (!x, !x) {
  // expected-error@+1 {{expected to know the size of a tangent, but found no value of its shape; give the tensor a static type}}
  %size = tensor.dim %t, %dim : !x
  %zero = arith.constant 0.0 : f64
  %zeros = tensor.splat %zero[%size] : !x
  %ty = arith.addf %t, %zeros : !x
  return %x, %ty : !x, !x
}

func.func @gradient(%x: !x, %dim: index, %g: !x) -> !x {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x, %dim) cotangents(%g) : (!x, index) -> (!x, !x)
  return %gx : !x
}
