// RUN: theria-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{expected 'theria.jvp' to name a function, but found no @missing; declare the rule in this module}}
func.func private @no_rule(f32) -> f32 attributes {theria.jvp = @missing}

// -----

// expected-error@+1 {{expected 'theria.vjp' to name a rule of a func.func, as in 'theria.vjp = @rule'}}
func.func private @not_a_name(f32) -> f32 attributes {theria.vjp = "rule"}

// -----

// expected-error@+1 {{expected its rule @rule to have type '(f32, i32, f32) -> (f32, i1, f32)', but found '(f32, f32) -> f32'; a rule has the signature of 'jvp f'}}
func.func private @type_of_jvp(f32, i32) -> (f32, i1) attributes {theria.jvp = @rule}
func.func private @rule(f32, f32) -> f32

// -----

// expected-error@+1 {{expected its rule @rule to have type '(tensor<2xf32>, f64) -> (f64, tensor<2xf32>)', but found '(tensor<2xf32>) -> f64'; a rule has the signature of 'vjp f'}}
func.func private @type_of_vjp(tensor<2xf32>) -> f64 attributes {theria.vjp = @rule}
func.func private @rule(tensor<2xf32>) -> f64

// -----

// expected-error@+1 {{has the unknown attribute 'theria.hvp'; the dialect defines 'theria.jvp' and 'theria.vjp' on functions}}
func.func private @no_such_rule(f32) -> f32 attributes {theria.hvp = @no_such_rule}

// -----

func.func @of_an_operation(%x: f32) -> f32 {
  // expected-error@+1 {{expected 'theria.jvp' to name a rule of a func.func, as in 'theria.jvp = @rule'}}
  %y = arith.addf %x, %x {theria.jvp = @of_an_operation} : f32
  return %y : f32
}

// -----

// expected-error@+1 {{expected 'theria.jvp' on a function, but found it on an argument; the dialect defines no attribute of arguments or results}}
func.func private @of_an_argument(f32 {theria.jvp = @rule}) -> f32

// -----

// expected-error@+1 {{expected 'theria.vjp' on a function, but found it on a result}}
func.func private @of_a_result(f32) -> (f32 {theria.vjp = @rule})
