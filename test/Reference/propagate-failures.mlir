// RUN: theria-opt %s --theria-propagate-failures | FileCheck %s

// A call that may fail is followed by a question; one that cannot is not; an allocation by a test of its result.
llvm.func @theria_fail(!llvm.ptr, i64, !llvm.ptr)
llvm.func @_mlir_memref_to_llvm_alloc(i64) -> !llvm.ptr

llvm.func @fails(%message: !llvm.ptr, %n: i64) {
  llvm.call @theria_fail(%message, %n, %message) : (!llvm.ptr, i64, !llvm.ptr) -> ()
  llvm.return
}
llvm.func @works(%x: f32) -> f32 {
  llvm.return %x : f32
}

// CHECK-LABEL: llvm.func @calls
// CHECK: llvm.call @works
// CHECK-NEXT: llvm.call @fails
// CHECK-NEXT: %[[ANSWER:.*]] = llvm.call @theria_failed() : () -> i32
// CHECK: %[[FAILED:.*]] = llvm.icmp "ne" %[[ANSWER]]
// CHECK: llvm.cond_br %[[FAILED]], ^[[BAD:.*]], ^[[GOOD:.*]]
// CHECK: ^[[GOOD]]:
// CHECK: ^[[BAD]]:
// CHECK-NEXT: %[[NOTHING:.*]] = llvm.mlir.poison : f32
// CHECK-NEXT: llvm.return %[[NOTHING]] : f32
llvm.func @calls(%message: !llvm.ptr, %n: i64, %x: f32) -> f32 {
  %y = llvm.call @works(%x) : (f32) -> f32
  llvm.call @fails(%message, %n) : (!llvm.ptr, i64) -> ()
  llvm.return %y : f32
}

// CHECK-LABEL: llvm.func @allocates
// CHECK: %[[MEMORY:.*]] = llvm.call @_mlir_memref_to_llvm_alloc(%[[N:.*]])
// CHECK-NEXT: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK-NEXT: llvm.icmp "eq" %[[MEMORY]], %[[NULL]]
// CHECK: llvm.call @theria_fail
llvm.func @allocates(%n: i64) -> !llvm.ptr {
  %m = llvm.call @_mlir_memref_to_llvm_alloc(%n) : (i64) -> !llvm.ptr
  llvm.return %m : !llvm.ptr
}
