// Transposes move square tiles through registers; what no vector fits runs in scalars.
// RUN: theria-opt %s --theria-vectorise=vector-bytes=32 --canonicalize --cse | FileCheck %s

#ij = affine_map<(i, j) -> (i, j)>
#ji = affine_map<(i, j) -> (j, i)>

// CHECK-LABEL: func.func @transpose
// CHECK-COUNT-8: vector.load {{.*}} : memref<64x48xf32>, vector<8xf32>
// CHECK-COUNT-24: vector.shuffle
// CHECK-COUNT-8: vector.store {{.*}} : memref<48x64xf32>, vector<8xf32>
// CHECK-NOT: memref.load
func.func @transpose(%x: memref<64x48xf32>, %y: memref<48x64xf32>) {
  linalg.transpose ins(%x : memref<64x48xf32>) outs(%y : memref<48x64xf32>) permutation = [1, 0]
  return
}

// What is computed on the way is computed on vectors.
// CHECK-LABEL: func.func @fused
// CHECK: vector.shuffle
// CHECK: math.exp {{.*}} : vector<4xf64>
func.func @fused(%x: memref<?x?xf64>, %y: memref<?x?xf64>, %z: memref<?x?xf64>) {
  linalg.generic {indexing_maps = [#ji, #ij, #ij], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : memref<?x?xf64>, memref<?x?xf64>) outs(%z : memref<?x?xf64>) {
  ^bb0(%a: f64, %b: f64, %o: f64):
    %s = arith.subf %a, %b : f64
    %e = math.exp %s : f64
    linalg.yield %e : f64
  }
  return
}

// CHECK-LABEL: func.func @copy
// CHECK: vector.load
// CHECK: vector.store
// CHECK-NOT: memref.copy
func.func @copy(%x: memref<8x64xf32, strided<[128, 1], offset: ?>>, %y: memref<8x64xf32>) {
  memref.copy %x, %y : memref<8x64xf32, strided<[128, 1], offset: ?>> to memref<8x64xf32>
  return
}

// No dimension has a unit stride.
// CHECK-LABEL: func.func @strided
// CHECK-NOT: vector
// CHECK: memref.load
// CHECK: memref.store
func.func @strided(%x: memref<8xf32, strided<[3]>>, %y: memref<8xf32, strided<[2]>>) {
  linalg.copy ins(%x : memref<8xf32, strided<[3]>>) outs(%y : memref<8xf32, strided<[2]>>)
  return
}
