// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

// CHECK-LABEL: func.func @contraction
// CHECK: theria.einsum "bhid,bhjd->bhij" %{{.*}}, %{{.*}} : (tensor<1x2x5x4xf32>, tensor<1x2x7x4xf32>) -> tensor<1x2x5x7xf32>
func.func @contraction(%q: tensor<1x2x5x4xf32>, %k: tensor<1x2x7x4xf32>) -> tensor<1x2x5x7xf32> {
  %s = theria.einsum "bhid,bhjd->bhij" %q, %k : (tensor<1x2x5x4xf32>, tensor<1x2x7x4xf32>) -> tensor<1x2x5x7xf32>
  return %s : tensor<1x2x5x7xf32>
}

// CHECK-LABEL: func.func @masked
// CHECK: theria.einsum "nd,md->nm" %{{.*}}, %{{.*}} where "nm" %{{.*}} : (tensor<?x4xf64>, tensor<7x4xf64>, tensor<?x7xi1>) -> tensor<?x7xf64>
func.func @masked(%q: tensor<?x4xf64>, %k: tensor<7x4xf64>, %m: tensor<?x7xi1>) -> tensor<?x7xf64> {
  %s = theria.einsum "nd,md->nm" %q, %k where "nm" %m : (tensor<?x4xf64>, tensor<7x4xf64>, tensor<?x7xi1>) -> tensor<?x7xf64>
  return %s : tensor<?x7xf64>
}

// The mask may have labels of the operands, the result, or both, in any order.
// CHECK-LABEL: func.func @mask_of_a_summed_label
// CHECK: theria.einsum "nm->n" %{{.*}} where "mn" %{{.*}} : (tensor<5x7xf32>, tensor<7x5xi1>) -> tensor<5xf32>
func.func @mask_of_a_summed_label(%s: tensor<5x7xf32>, %m: tensor<7x5xi1>) -> tensor<5xf32> {
  %r = theria.einsum "nm->n" %s where "mn" %m : (tensor<5x7xf32>, tensor<7x5xi1>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

// CHECK-LABEL: func.func @broadcast
// CHECK: theria.einsum "i->bij" %{{.*}} sizes(%{{.*}}, %{{.*}}) : (tensor<4xf32>) -> tensor<?x4x?xf32>
func.func @broadcast(%x: tensor<4xf32>, %b: index, %j: index) -> tensor<?x4x?xf32> {
  %y = theria.einsum "i->bij" %x sizes(%b, %j) : (tensor<4xf32>) -> tensor<?x4x?xf32>
  return %y : tensor<?x4x?xf32>
}

// CHECK-LABEL: func.func @of_scalars
// CHECK: theria.einsum "->" %{{.*}} : (tensor<bf16>) -> tensor<bf16>
// CHECK: theria.einsum ",i->i" %{{.*}}, %{{.*}} : (tensor<bf16>, tensor<3xbf16>) -> tensor<3xbf16>
func.func @of_scalars(%x: tensor<bf16>, %y: tensor<3xbf16>) -> (tensor<bf16>, tensor<3xbf16>) {
  %a = theria.einsum "->" %x : (tensor<bf16>) -> tensor<bf16>
  %b = theria.einsum ",i->i" %x, %y : (tensor<bf16>, tensor<3xbf16>) -> tensor<3xbf16>
  return %a, %b : tensor<bf16>, tensor<3xbf16>
}

// Integers, predicates and coordinates are broadcast and transposed.
// CHECK-LABEL: func.func @of_integers
// CHECK: theria.einsum "ij->jik" %{{.*}} : (tensor<2x3xi1>) -> tensor<3x2x4xi1>
// CHECK: theria.einsum "i->ij" %{{.*}} : (tensor<2xindex>) -> tensor<2x3xindex>
func.func @of_integers(%m: tensor<2x3xi1>, %n: tensor<2xindex>) -> (tensor<3x2x4xi1>, tensor<2x3xindex>) {
  %a = theria.einsum "ij->jik" %m : (tensor<2x3xi1>) -> tensor<3x2x4xi1>
  %b = theria.einsum "i->ij" %n : (tensor<2xindex>) -> tensor<2x3xindex>
  return %a, %b : tensor<3x2x4xi1>, tensor<2x3xindex>
}

// CHECK-LABEL: func.func @of_pairs
// CHECK: theria.einsum "nm,nd->mnd" %{{.*}}, %{{.*}} where "nm" %{{.*}} -> tensor<7x5x4xf32, #theria.pair<rows = 1, cols = 0>>
func.func @of_pairs(%p: tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>, %x: tensor<5x4xf32>,
                    %m: tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>)
    -> tensor<7x5x4xf32, #theria.pair<rows = 1, cols = 0>> {
  %r = theria.einsum "nm,nd->mnd" %p, %x where "nm" %m
     : (tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>, tensor<5x4xf32>,
        tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>)
     -> tensor<7x5x4xf32, #theria.pair<rows = 1, cols = 0>>
  return %r : tensor<7x5x4xf32, #theria.pair<rows = 1, cols = 0>>
}
