// RUN: theria-opt %s --theria-lower-checks | FileCheck %s

// A check becomes a branch to a block that records the error and returns; equal messages are one constant.
// CHECK: llvm.mlir.global internal constant @theria_message("{{.*}}lower-checks.mlir:[[#@LINE+11]]:3: error: expected {0}, but found {1}\00")
// CHECK: llvm.func @theria_fail(!llvm.ptr, i64, !llvm.ptr)
// CHECK-LABEL: func.func @f
// CHECK: cf.cond_br %{{.*}}, ^[[GOOD:.*]], ^[[BAD:.*]]
// CHECK: ^[[GOOD]]:
// CHECK: return %{{.*}} : f32
// CHECK: ^[[BAD]]:
// CHECK: llvm.call @theria_fail
// CHECK: %[[NOTHING:.*]] = ub.poison : f32
// CHECK: return %[[NOTHING]] : f32
func.func @f(%ok: i1, %a: index, %b: index, %x: f32) -> f32 {
  theria.check %ok, "expected {0}, but found {1}"(%a, %b)
  return %x : f32
}
