// A kernel has code for the sizes that it is called for: 8 rows are 6 and 2, and 128 columns fill whole blocks.
// RUN: theria-opt %s --theria-vectorise=vector-bytes=64 --canonicalize --cse | FileCheck %s

// CHECK-LABEL: func.func private @theria.contract.f32.second.second.add(
// CHECK-NOT: vector.create_mask
// CHECK-COUNT-5: scf.for
// CHECK-NOT: scf.for
// CHECK-NOT: vector.create_mask
func.func @known(%a: memref<8x64xf32>, %b: memref<64x128xf32>, %c: memref<8x128xf32>) {
  linalg.matmul ins(%a, %b : memref<8x64xf32>, memref<64x128xf32>) outs(%c : memref<8x128xf32>)
  return
}
