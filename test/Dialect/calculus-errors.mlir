// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @unknown_function(%x: !x) {
  // expected-error@+1 {{expected the name of a function, but found no @g in the module; define or declare it}}
  %0:2 = theria.jvp @g(%x) tangents(%x) : (!x) -> (!x, !x)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @argument_count(%x: !x) {
  // expected-error@+1 {{expected 2 arguments, but found 1; give one for each differentiated value, in order}}
  %0:2 = theria.jvp @f(%x) tangents(%x) : (!x) -> (!x, !x)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @argument_type(%x: !x, %n: i64) {
  // expected-error@+1 {{expected arguments #1 of type 'i32', but found 'i64'; it has the type of its value in the function}}
  %0:3 = theria.vjp @f(%x, %n) cotangents(%x) : (!x, i64) -> (!x, i1, !x)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @tangent_count(%x: !x, %n: i32) {
  // expected-error@+1 {{expected 1 tangents, but found 0; give one for each differentiated value, in order}}
  %0:3 = "theria.jvp"(%x, %n) <{callee = @f, operandSegmentSizes = array<i32: 2, 0>}> : (!x, i32) -> (!x, i1, !x)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @cotangent_count(%x: !x, %n: i32) {
  // expected-error@+1 {{expected 1 cotangents, but found 0}}
  %0:3 = theria.vjp @f(%x, %n) cotangents() : (!x, i32) -> (!x, i1, !x)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @cotangent_type(%x: !x, %n: i32, %g: f32) {
  // expected-error@+1 {{expected cotangents #0 of type 'tensor<4xf32>', but found 'f32'}}
  %0 = theria.hvp @f(%x, %n) cotangents(%g : f32) tangents(%x) : (!x, i32) -> !x
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @result_count(%x: !x, %n: i32) {
  // expected-error@+1 {{expected 3 results, but found 2}}
  %0:2 = theria.jvp @f(%x, %n) tangents(%x) : (!x, i32) -> (!x, i1)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @result_type(%x: !x, %n: i32) {
  // expected-error@+1 {{expected results #2 of type 'tensor<4xf32>', but found 'tensor<5xf32>'}}
  %0:3 = theria.vjp @f(%x, %n) cotangents(%x) : (!x, i32) -> (!x, i1, tensor<5xf32>)
  return
}
