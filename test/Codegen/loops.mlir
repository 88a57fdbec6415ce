// Elementwise operations and reductions run in vectors along the dimension of unit stride.
// RUN: theria-opt %s --theria-vectorise=vector-bytes=32 --canonicalize --cse | FileCheck %s

#ij = affine_map<(i, j) -> (i, j)>
#ji = affine_map<(i, j) -> (j, i)>
#i = affine_map<(i, j) -> (i)>
#j = affine_map<(i, j) -> (j)>

// Rows are splatted, columns loaded; functions see vectors alone, the last of which is masked.
// CHECK-LABEL: func.func @elementwise
// CHECK: %[[MASK:.*]] = vector.{{create|constant}}_mask {{.*}} : vector<8xi1>
// CHECK: scf.for
// CHECK: scf.for {{.*}} step %c8
// CHECK: vector.broadcast {{.*}} : f32 to vector<8xf32>
// CHECK: math.exp {{.*}} : vector<8xf32>
// CHECK: vector.store
// CHECK: vector.maskedload {{.*}} %[[MASK]]
// CHECK: math.exp {{.*}} : vector<8xf32>
// CHECK: vector.maskedstore {{.*}} %[[MASK]]
// CHECK-NOT: math.exp {{.*}} : f32
func.func @elementwise(%x: memref<4x43xf32>, %r: memref<4xf32>, %c: memref<43xf32>, %y: memref<4x43xf32>) {
  linalg.generic {indexing_maps = [#ij, #i, #j, #ij], iterator_types = ["parallel", "parallel"]}
      ins(%x, %r, %c : memref<4x43xf32>, memref<4xf32>, memref<43xf32>) outs(%y : memref<4x43xf32>) {
  ^bb0(%a: f32, %b: f32, %d: f32, %o: f32):
    %s = arith.subf %a, %b : f32
    %e = math.exp %s : f32
    %p = arith.mulf %e, %d : f32
    linalg.yield %p : f32
  }
  return
}

// An i1 is a byte in memory. Without masks for bytes, the rest runs in scalars.
// CHECK-LABEL: func.func @mask
// CHECK: vector.step : vector<8xindex>
// CHECK: arith.cmpi ule, {{.*}} : vector<8xindex>
// CHECK: arith.extui {{.*}} : vector<8xi1> to vector<8xi8>
// CHECK: vector.store {{.*}} : memref<?x?xi8>, vector<8xi8>
// CHECK: scf.for
// CHECK: arith.cmpi ule, {{.*}} : index
// CHECK: memref.store {{.*}} : memref<?x?xi1>
func.func @mask(%x: memref<?x?xf32>, %y: memref<?x?xi1>) {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [#ij, #ij], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xi1>) {
  ^bb0(%a: f32, %o: i1):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %b = arith.cmpi ule, %j, %i : index
    %p = arith.cmpf ogt, %a, %zero : f32
    %q = arith.andi %b, %p : i1
    linalg.yield %q : i1
  }
  return
}

// Four vectors hide the latency of the sum; halves are added until one number is left.
// CHECK-LABEL: func.func @rows
// CHECK: scf.for {{.*}} step %c32 iter_args({{.*}}) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK-COUNT-4: math.fma {{.*}} : vector<8xf32>
// CHECK: arith.select {{.*}} : vector<8xi1>, vector<8xf32>
// CHECK: vector.shuffle {{.*}} [0, 1, 2, 3]
// CHECK: vector.shuffle {{.*}} [4, 5, 6, 7]
// CHECK: arith.addf {{.*}} : vector<4xf32>
// CHECK: arith.addf {{.*}} : vector<1xf32>
// CHECK: memref.store {{.*}} : memref<4xf32>
func.func @rows(%x: memref<4x?xf32>, %y: memref<4x?xf32>, %r: memref<4xf32>) {
  linalg.generic {indexing_maps = [#ij, #ij, #i], iterator_types = ["parallel", "reduction"]}
      ins(%x, %y : memref<4x?xf32>, memref<4x?xf32>) outs(%r : memref<4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  }
  return
}

// Along columns, the results are vectors, which stay in registers.
// CHECK-LABEL: func.func @columns
// CHECK-COUNT-4: vector.load {{.*}} : memref<64xf32>, vector<8xf32>
// CHECK: scf.for {{.*}} iter_args
// CHECK-COUNT-4: arith.maximumf {{.*}} : vector<8xf32>
// CHECK: }
// CHECK-COUNT-4: vector.store {{.*}} : memref<64xf32>, vector<8xf32>
func.func @columns(%x: memref<?x64xf32>, %c: memref<64xf32>) {
  linalg.generic {indexing_maps = [#ij, #j], iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<?x64xf32>) outs(%c : memref<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.maximumf %o, %a : f32
    linalg.yield %s : f32
  }
  return
}
