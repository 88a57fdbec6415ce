// RUN: theria-opt %s --theria-make-entry=function=f | FileCheck %s
// RUN: not theria-opt %s --theria-make-entry=function=g 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not theria-opt %s --theria-make-entry 2>&1 | FileCheck %s --check-prefix=WHICH
// RUN: not theria-opt %s --theria-make-entry=function=inner 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: theria-opt %s --theria-cpu="function=f path=reference" | FileCheck %s --check-prefix=CPU

// UNKNOWN: error: expected a function named @g, but found none; name one of the module's
// WHICH: error: expected one public function, but found 2; name the one to run

// CHECK: func.func private @f(
func.func @f(%x: tensor<?xf32>, %s: f64) -> (i1, tensor<2xf32>) {
  %true = arith.constant true
  %y = arith.constant dense<1.0> : tensor<2xf32>
  return %true, %y : i1, tensor<2xf32>
}

// TYPE: make-entry.mlir:[[#@LINE+2]]:1: error: expected argument 0 of @inner to be a scalar or a ranked tensor of scalars, but found 'vector<2xf32>'; call it from a function that has only those
// CHECK: func.func private @inner(
func.func @inner(%x: vector<2xf32>) {
  return
}

// CHECK: func.func @__theria_entry(%[[X:.*]]: tensor<?xf32> {bufferization.writable = false}, %[[S:.*]]: tensor<f64> {bufferization.writable = false}) -> (tensor<i1>, tensor<2xf32>) attributes {llvm.emit_c_interface} {
// CHECK: %[[SCALAR:.*]] = tensor.extract %[[S]][] : tensor<f64>
// CHECK: %[[R:.*]]:2 = call @f(%[[X]], %[[SCALAR]])
// CHECK: %[[FLAG:.*]] = tensor.from_elements %[[R]]#0 : tensor<i1>
// CHECK: return %[[FLAG]], %[[R]]#1

// CPU-NOT: llvm.func @theria.inner
// CPU: llvm.func @_mlir_ciface___theria_entry(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr)
