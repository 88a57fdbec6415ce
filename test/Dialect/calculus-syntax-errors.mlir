// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func private @f(f32) -> f32
func.func @wrt_out_of_range(%x: f32) {
  // expected-error@+1 {{expected 'wrt' among the 1 arguments, but found 3; count arguments from 0}}
  %0:2 = theria.jvp @f(%x) tangents(%x) wrt = [3] : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @wrt_negative(%x: f32) {
  // expected-error@+1 {{expected 'wrt' among the 1 arguments, but found -1}}
  %0 = theria.hvp @f(%x) cotangents(%x) tangents(%x) wrt = [-1] : (f32) -> f32
  return
}

// -----

func.func private @f(f32) -> f32
func.func @too_many_tangents(%x: f32) {
  // expected-error@+1 {{expected 1 tangents, one for each argument in 'wrt' or each floating-point argument, but found 2; list them in order}}
  %0:2 = theria.jvp @f(%x) tangents(%x, %x) : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @too_many_arguments(%x: f32) {
  // expected-error@+1 {{expected 2 arguments, one for each type, but found 1; list them in order}}
  %0:2 = theria.jvp @f(%x) tangents(%x) : (f32, f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @too_many_cotangents(%x: f32) {
  // expected-error@+1 {{expected 1 cotangents, one for each floating-point result of the function, but found 2; list them in order}}
  %0:2 = theria.vjp @f(%x) cotangents(%x, %x) : (f32) -> (f32)
  return
}

// -----

func.func private @f() -> f32
func.func @no_type_to_take(%x: f32) {
  // expected-error@+1 {{expected the types of the cotangents, as there is no first argument to take them from; write cotangents(%g : type)}}
  theria.hvp @f() cotangents(%x) tangents() : () -> ()
  return
}

// -----

func.func private @f(f32) -> f32
func.func @hvp_types(%x: f32) {
  // expected-error@+1 {{expected 2 cotangents, one for each floating-point result of the function, but found 1; list them in order}}
  %0 = theria.hvp @f(%x) cotangents(%x : f32, f32) tangents(%x) : (f32) -> f32
  return
}

// -----

func.func private @f(f32) -> f32
func.func @no_cotangents(%x: f32) {
  // expected-error@+1 {{expected 'cotangents'}}
  %0 = theria.hvp @f(%x) tangents(%x) : (f32) -> f32
  return
}

// -----

func.func private @f(f32) -> f32
func.func @not_a_symbol(%x: f32) {
  // expected-error@+1 {{invalid kind of attribute specified}}
  %0:2 = theria.jvp "f"(%x) tangents(%x) : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @wrt_generic(%x: f32) {
  // expected-error@+1 {{Invalid attribute `wrt` in property conversion: [0]}}
  %0:2 = "theria.jvp"(%x, %x) <{callee = @f, wrt = [0], operandSegmentSizes = array<i32: 1, 1>}> : (f32, f32) -> (f32, f32)
  return
}
