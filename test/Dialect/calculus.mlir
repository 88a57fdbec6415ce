// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

!x = tensor<4xf32>

func.func private @f(!x, i32, tensor<3xf64>) -> (!x, i1)

// Tangents of the floats, of the primals' types; results: those of f, then the tangents.
// CHECK-LABEL: func.func @jvp
func.func @jvp(%x: !x, %n: i32, %y: tensor<3xf64>) {
  // CHECK: theria.jvp @f(%[[X:.*]], %[[N:.*]], %[[Y:.*]]) tangents(%[[X]], %[[Y]]) : (tensor<4xf32>, i32, tensor<3xf64>) -> (tensor<4xf32>, i1, tensor<4xf32>)
  %0:3 = theria.jvp @f(%x, %n, %y) tangents(%x, %y) : (!x, i32, tensor<3xf64>) -> (!x, i1, !x)
  // CHECK: theria.jvp @f(%[[X]], %[[N]], %[[Y]]) tangents(%[[Y]]) wrt = [2] : (tensor<4xf32>, i32, tensor<3xf64>) -> (tensor<4xf32>, i1, tensor<4xf32>)
  %1:3 = theria.jvp @f(%x, %n, %y) tangents(%y) wrt = [2] : (!x, i32, tensor<3xf64>) -> (!x, i1, !x)
  // CHECK: theria.jvp @f(%[[X]], %[[N]], %[[Y]]) tangents() wrt = [] :
  %2:3 = theria.jvp @f(%x, %n, %y) tangents() wrt = [] : (!x, i32, tensor<3xf64>) -> (!x, i1, !x)
  return
}

// CHECK-LABEL: func.func @vjp
func.func @vjp(%x: !x, %n: i32, %y: tensor<3xf64>) {
  // CHECK: theria.vjp @f(%[[X:.*]], %[[N:.*]], %[[Y:.*]]) cotangents(%[[X]]) : (tensor<4xf32>, i32, tensor<3xf64>) -> (tensor<4xf32>, i1, tensor<4xf32>, tensor<3xf64>)
  %0:4 = theria.vjp @f(%x, %n, %y) cotangents(%x) : (!x, i32, tensor<3xf64>) -> (!x, i1, !x, tensor<3xf64>)
  // CHECK: theria.vjp @f(%[[X]], %[[N]], %[[Y]]) cotangents(%[[X]]) wrt = [0] {note = 1 : i32} :
  %1:3 = theria.vjp @f(%x, %n, %y) cotangents(%x) wrt = [0] {note = 1 : i32} : (!x, i32, tensor<3xf64>) -> (!x, i1, !x)
  return
}

func.func private @loss(!x, f64) -> f32
func.func private @same(!x, !x) -> !x

// The cotangents' types may be left out where they are that of the first argument.
// CHECK-LABEL: func.func @hvp
func.func @hvp(%x: !x, %a: f64, %g: f32) {
  // CHECK: theria.hvp @loss(%[[X:.*]], %[[A:.*]]) cotangents(%[[G:.*]] : f32) tangents(%[[X]], %[[A]]) : (tensor<4xf32>, f64) -> (tensor<4xf32>, f64)
  %0:2 = theria.hvp @loss(%x, %a) cotangents(%g : f32) tangents(%x, %a) : (!x, f64) -> (!x, f64)
  // CHECK: theria.hvp @loss(%[[X]], %[[A]]) cotangents(%[[G]] : f32) tangents(%[[A]]) wrt = [1] : (tensor<4xf32>, f64) -> f64
  %1 = theria.hvp @loss(%x, %a) cotangents(%g : f32) tangents(%a) wrt = [1] : (!x, f64) -> f64
  // CHECK: theria.hvp @same(%[[X]], %[[X]]) cotangents(%[[X]] : tensor<4xf32>) tangents(%[[X]], %[[X]]) :
  %2:2 = theria.hvp @same(%x, %x) cotangents(%x) tangents(%x, %x) : (!x, !x) -> (!x, !x)
  return
}

func.func private @nothing()

// CHECK-LABEL: func.func @of_nothing
func.func @of_nothing() {
  // CHECK: theria.jvp @nothing() tangents() : () -> ()
  theria.jvp @nothing() tangents() : () -> ()
  // CHECK: theria.vjp @nothing() cotangents() : () -> ()
  theria.vjp @nothing() cotangents() : () -> ()
  // CHECK: theria.hvp @nothing() cotangents() tangents() : () -> ()
  theria.hvp @nothing() cotangents() tangents() : () -> ()
  return
}

func.func private @opaque(!x, i32) -> (!x, i1) attributes {theria.vjp = @opaque_vjp}
func.func private @opaque_vjp(!x, i32, !x) -> (!x, i1, !x)

// CHECK-LABEL: func.func @tangent_call
func.func @tangent_call(%x: !x, %n: i32) -> !x {
  // CHECK: theria.tangent_call @opaque vjp @opaque_vjp(%[[X:.*]], %{{.*}}) tangents(%[[X]]) : (tensor<4xf32>, i32, tensor<4xf32>) -> tensor<4xf32>
  %ty = theria.tangent_call @opaque vjp @opaque_vjp(%x, %n) tangents(%x) : (!x, i32, !x) -> !x
  return %ty : !x
}
