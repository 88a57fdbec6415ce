// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func private @f(f32, i32) -> (f32, i1)
func.func private @f_vjp(f32, i32, f32) -> (f32, i1, f32)
func.func @unknown_function(%x: f32, %n: i32) {
  // expected-error@+1 {{expected the name of a function, but found no @g in the module; define or declare it}}
  %0 = theria.tangent_call @g vjp @f_vjp(%x, %n) tangents(%x) : (f32, i32, f32) -> f32
  return
}

// -----

func.func private @f(f32, i32) -> (f32, i1)
func.func private @f_vjp(f32, i32, f32) -> (f32, i1, f32)
func.func @unknown_rule(%x: f32, %n: i32) {
  // expected-error@+1 {{expected the name of a rule, but found no @g in the module; define or declare it}}
  %0 = theria.tangent_call @f vjp @g(%x, %n) tangents(%x) : (f32, i32, f32) -> f32
  return
}

// -----

func.func private @f(f32, i32) -> (f32, i1)
func.func private @f_vjp(f32, i32, f32) -> (f32, i1, f32)
func.func @rule_of_another_type(%x: f32, %n: i32) {
  // expected-error@+1 {{expected the rule @f to have type '(f32, i32, f32) -> (f32, i1, f32)', but found '(f32, i32) -> (f32, i1)'; a rule has the signature of 'vjp f'}}
  %0 = theria.tangent_call @f vjp @f(%x, %n) tangents(%x) : (f32, i32, f32) -> f32
  return
}

// -----

func.func private @f(f32, i32) -> (f32, i1)
func.func private @f_vjp(f32, i32, f32) -> (f32, i1, f32)
func.func @arguments(%x: f32) {
  // expected-error@+1 {{expected 2 arguments, but found 1}}
  %0 = theria.tangent_call @f vjp @f_vjp(%x) tangents(%x) : (f32, f32) -> f32
  return
}

// -----

func.func private @f(f32, i32) -> (f32, i1)
func.func private @f_vjp(f32, i32, f32) -> (f32, i1, f32)
func.func @tangents(%x: f32, %n: i32) {
  // expected-error@+1 {{expected 1 tangents, but found 2}}
  %0 = theria.tangent_call @f vjp @f_vjp(%x, %n) tangents(%x, %n) : (f32, i32, f32, i32) -> f32
  return
}

// -----

func.func private @f(f32, i32) -> (f32, i1)
func.func private @f_vjp(f32, i32, f32) -> (f32, i1, f32)
func.func @results(%x: f32, %n: i32) {
  // expected-error@+1 {{expected results #0 of type 'f32', but found 'f64'}}
  %0 = theria.tangent_call @f vjp @f_vjp(%x, %n) tangents(%x) : (f32, i32, f32) -> f64
  return
}
