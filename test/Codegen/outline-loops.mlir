// Operations on arrays that differ in what they use alone become calls of one function, which gets of an array what its
// type leaves open: a pointer to the first element, then unknown sizes and strides.
// RUN: theria-opt %s --theria-outline-loops --canonicalize --cse | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @equal(
// CHECK: call @theria.loops(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> ()
// CHECK: call @theria.loops(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> ()
// CHECK: call @theria.loops_0(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> ()
// CHECK: return
func.func @equal(%x: memref<4x64x32xf32>, %y: memref<64x32xf32>, %i: index) {
  %one = arith.constant 1.0 : f32
  %part = memref.subview %x[%i, 0, 0] [1, 64, 32] [1, 1, 1]
    : memref<4x64x32xf32> to memref<64x32xf32, strided<[32, 1], offset: ?>>
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%part : memref<64x32xf32, strided<[32, 1], offset: ?>>) outs(%y : memref<64x32xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %one : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%y : memref<64x32xf32>) outs(%part : memref<64x32xf32, strided<[32, 1], offset: ?>>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %one : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%y : memref<64x32xf32>) outs(%part : memref<64x32xf32, strided<[32, 1], offset: ?>>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.mulf %a, %a : f32
    linalg.yield %s : f32
  }
  return
}

// CHECK-LABEL: func.func @open(
// CHECK: call @theria.loops_1(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) : (f32, !llvm.ptr, i64, i64) -> ()
func.func @open(%x: memref<64x?xf32, strided<[?, 1], offset: ?>>, %s: f32) {
  linalg.fill ins(%s : f32) outs(%x : memref<64x?xf32, strided<[?, 1], offset: ?>>)
  return
}

// A call would cost more than a few elements, and kernels have their own functions.
// CHECK-LABEL: func.func @stays(
// CHECK-NOT: call
// CHECK: return
func.func @stays(%few: memref<8xf32>, %a: memref<64x32xf32>, %b: memref<32x64xf32>, %c: memref<64x64xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%few : memref<8xf32>)
  linalg.fill ins(%zero : f32) outs(%c : memref<64x64xf32>)
  linalg.matmul ins(%a, %b : memref<64x32xf32>, memref<32x64xf32>) outs(%c : memref<64x64xf32>)
  return
}

// CHECK-LABEL: func.func private @theria.loops(
// CHECK: linalg.generic
// CHECK: arith.addf
