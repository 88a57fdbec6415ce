// RUN: theria-opt %s --theria-stream="schedule=one-sided row-tile=32 column-tile=16" --theria-vectorise-tiles | FileCheck %s

!p = tensor<40x24xf32, #theria.pair<rows = 0, cols = 1>>

// Tiles are vectors of two dimensions, rounded up to multiples of 16; sums along rows are R×1.
// CHECK-LABEL: func.func @sums
// CHECK: scf.forall (%{{.*}}) in (2)
// CHECK: vector.transfer_read %{{.*}}, %{{.*}} : tensor<?x5xf32>, vector<32x16xf32>
// CHECK: scf.for {{.*}} -> (vector<32x1xf32>, vector<32x16xf32>)
// CHECK: vector.contract {{.*}} : vector<32x16xf32>, vector<16x16xf32> into vector<32x16xf32>
// CHECK: vector.multi_reduction <add>, {{.*}} [1] : vector<32x16xf32> to vector<32xf32>
// What a maximum would see of what rounds a size up is left out.
// CHECK: %[[INSIDE:.*]] = arith.cmpi slt, %{{.*}} : vector<1x16xindex>
// CHECK: vector.multi_reduction <maximumf>, {{.*}} [1] : vector<16x16xf32> to vector<16xf32>
// Where a number is not finite, a mask takes the products of columns and rows one at a time.
// CHECK: scf.if %{{.*}} -> (vector<32x16xf32>)
// CHECK: scf.for %[[AT:[a-z0-9]*]] = %{{.*}} -> (vector<32x16xf32>)
// CHECK: vector.extract %{{.*}}[%[[AT]]]
// CHECK-DAG: vector.transfer_write {{.*}} : vector<32xf32>, tensor<?xf32>
// CHECK-DAG: vector.transfer_write {{.*}} : vector<32x16xf32>, tensor<?x5xf32>
func.func @sums(%a: tensor<40x5xf32>, %b: tensor<24x5xf32>) -> (tensor<40xf32>, tensor<40x5xf32>) {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<40x5xf32>, tensor<24x5xf32>) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij->i" %e : (!p) -> tensor<40xf32>
  %o = theria.einsum "ij,jd->id" %e, %b : (!p, tensor<24x5xf32>) -> tensor<40x5xf32>
  return %r, %o : tensor<40xf32>, tensor<40x5xf32>
}
