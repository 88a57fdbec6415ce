// The order of a contraction's products, and where the mask goes.
// RUN: theria-opt %s --theria-lower-einsum | FileCheck %s

// (a b) c costs 2·4·512·4 products, a (b c) 512·4·512·2 and all labels at once 2·512·4·512.
// CHECK-LABEL: @chain
// CHECK-NOT: "parallel", "reduction", "reduction"
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "parallel"]{{.*}}tensor<2x512xf32>, tensor<512x4xf32>
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "parallel"]{{.*}}tensor<4x512xf32>, tensor<2x4xf32>
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @chain(%a: tensor<2x512xf32>, %b: tensor<512x4xf32>, %c: tensor<4x512xf32>) -> tensor<2x512xf32> {
  %r = theria.einsum "ij,jk,kl->il" %a, %b, %c
     : (tensor<2x512xf32>, tensor<512x4xf32>, tensor<4x512xf32>) -> tensor<2x512xf32>
  return %r : tensor<2x512xf32>
}

// The sum over the mask's label j waits for the mask; the sum over d does not. The mask replaces products.
// CHECK-LABEL: @masked
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<64x8xf32>, tensor<8x64xf32>)
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<64x8xf32>, tensor<64x64xf32>, tensor<64x64xi1>)
// CHECK: ^bb0(%[[V:.*]]: f32, %[[S:.*]]: f32, %[[M:.*]]: i1, %[[SUM:.*]]: f32):
// CHECK: %[[P:.*]] = arith.mulf %[[V]], %[[S]]
// CHECK: %[[LIVE:.*]] = arith.select %[[M]], %[[P]], %{{.*}} : f32
// CHECK: arith.addf %[[SUM]], %[[LIVE]]
func.func @masked(%q: tensor<64x8xf32>, %k: tensor<64x8xf32>, %v: tensor<64x8xf32>, %m: tensor<64x64xi1>)
    -> tensor<64x8xf32> {
  %r = theria.einsum "id,jd,je->ie" %q, %k, %v where "ij" %m
     : (tensor<64x8xf32>, tensor<64x8xf32>, tensor<64x8xf32>, tensor<64x64xi1>) -> tensor<64x8xf32>
  return %r : tensor<64x8xf32>
}

// A factor that meets the product after the masked sum is masked by what is left of the mask: whether a row was live.
// CHECK-LABEL: @row
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<4x512xf32>, tensor<512xf32>, tensor<4x512xi1>)
// CHECK: arith.ori
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<4x512xf32>, tensor<4xf32>, tensor<4xi1>)
func.func @row(%c: tensor<4x512xf32>, %a: tensor<4x512xf32>, %b: tensor<512xf32>, %m: tensor<4x512xi1>)
    -> tensor<4x512xf32> {
  %r = theria.einsum "ik,ij,j->ik" %c, %a, %b where "ij" %m
     : (tensor<4x512xf32>, tensor<4x512xf32>, tensor<512xf32>, tensor<4x512xi1>) -> tensor<4x512xf32>
  return %r : tensor<4x512xf32>
}

// bf16 accumulates in f32 and is rounded once.
// CHECK-LABEL: @small
// CHECK: arith.extf {{.*}} : tensor<3xbf16> to tensor<3xf32>
// CHECK: linalg.generic
// CHECK: arith.truncf {{.*}} : tensor<f32> to tensor<bf16>
func.func @small(%a: tensor<3xbf16>) -> tensor<bf16> {
  %r = theria.einsum "i->" %a : (tensor<3xbf16>) -> tensor<bf16>
  return %r : tensor<bf16>
}
