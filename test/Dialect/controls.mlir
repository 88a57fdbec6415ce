// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

!p = tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>

// CHECK-LABEL: func.func @pair_cast
// CHECK: theria.pair_cast %{{.*}} : tensor<5x7xf32> to tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>
// CHECK: theria.pair_cast %{{.*}} : tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>> to tensor<5x7xf32>
func.func @pair_cast(%d: tensor<5x7xf32>) -> tensor<5x7xf32> {
  %p = theria.pair_cast %d : tensor<5x7xf32> to !p
  %e = theria.pair_cast %p : !p to tensor<5x7xf32>
  return %e : tensor<5x7xf32>
}

// CHECK-LABEL: func.func @stop_gradient
// CHECK: theria.stop_gradient %{{.*}} : f32
// CHECK: theria.stop_gradient %{{.*}} : tensor<?x4xi32>
func.func @stop_gradient(%x: f32, %n: tensor<?x4xi32>) -> (f32, tensor<?x4xi32>) {
  %y = theria.stop_gradient %x : f32
  %m = theria.stop_gradient %n : tensor<?x4xi32>
  return %y, %m : f32, tensor<?x4xi32>
}

// Braces that hold no number are text.
// CHECK-LABEL: func.func @check
// CHECK: theria.check %{{.*}}, "expected a set {a, b}, {} or {"
// CHECK: theria.check %{{.*}}, "found {1} before {0}" (%{{.*}}, %{{.*}})
func.func @check(%ok: i1, %a: index, %b: index) {
  theria.check %ok, "expected a set {a, b}, {} or {"
  theria.check %ok, "found {1} before {0}" (%a, %b)
  return
}
