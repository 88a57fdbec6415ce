// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @wrt_of_an_integer(%x: !x, %n: i32) {
  // expected-error@+1 {{expected floating-point arguments in 'wrt', but argument 1 is 'i32'; leave it out}}
  %0:4 = theria.vjp @f(%x, %n) cotangents(%x) wrt = [0, 1] : (!x, i32) -> (!x, i1, !x, i32)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @wrt_out_of_range(%x: !x, %n: i32) {
  // expected-error@+1 {{expected 'wrt' among the 2 arguments, but found 2; count arguments from 0}}
  %0:3 = theria.vjp @f(%x, %n) cotangents(%x) wrt = [2] : (!x, i32) -> (!x, i1, !x)
  return
}

// -----

!x = tensor<4xf32>
func.func private @f(!x, i32) -> (!x, i1)
func.func @wrt_twice(%x: !x, %n: i32) {
  // expected-error@+1 {{expected the positions of 'wrt' in increasing order, but found 0 after 0; sort them}}
  %0:4 = theria.vjp @f(%x, %n) cotangents(%x) wrt = [0, 0] : (!x, i32) -> (!x, i1, !x, !x)
  return
}
