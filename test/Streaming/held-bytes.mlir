// What an owner of a block of rows holds at once decides how many rows it takes, and in which order it makes tiles.
// RUN: theria-opt %s --theria-form-sweeps="schedule=one-sided column-tile=32" | FileCheck %s --check-prefixes=CHECK,ANY
// RUN: theria-opt %s --theria-form-sweeps="schedule=one-sided column-tile=32 held-bytes=24576" | FileCheck %s --check-prefixes=CHECK,FIT
// RUN: theria-opt %s --theria-form-sweeps="schedule=one-sided column-tile=32 held-bytes=23376" | FileCheck %s --check-prefixes=CHECK,FEWER
// RUN: theria-opt %s --theria-form-sweeps="schedule=one-sided column-tile=32 held-bytes=1" | FileCheck %s --check-prefixes=CHECK,FEWEST
// Of sweeps with other schedules, nothing changes.
// RUN: theria-opt %s --theria-form-sweeps="schedule=recompute column-tile=32 held-bytes=1" | FileCheck %s --check-prefix=OTHER
// OTHER: math.exp {{.*}} : tensor<128x32xf32>

!pair = tensor<256x256xf32, #theria.pair<rows = 0, cols = 1>>
!wide = tensor<256x256xf64, #theria.pair<rows = 0, cols = 1>>

// Bytes for 32 rows: 2·48·4 of sums for each row, features padded; of each pair 2·4 of tiles, and 2·4 of a row and a
// column, of which a thread with 32·32 / 128 pairs has 1/√8. That is 32·384 + 32·32·(8 + 8/√8) = 23,376.3.
// CHECK-LABEL: func.func @sums(
// ANY: math.exp {{.*}} : tensor<128x32xf32>
// FIT: math.exp {{.*}} : tensor<32x32xf32>
// FEWER: math.exp {{.*}} : tensor<16x32xf32>
// FEWEST: math.exp {{.*}} : tensor<16x16xf32>
// Both factors are there before a sum is: what they are made of, which is as much, isn't needed any longer.
// CHECK: arith.mulf
// CHECK: arith.divf
// CHECK: theria.einsum "ij,jk->ik"
// CHECK: theria.einsum "ij,jk->ik"
func.func @sums(%x: tensor<256xf32>, %y: tensor<256xf32>, %v: tensor<256x40xf32>) -> (tensor<256x40xf32>, tensor<256x40xf32>) {
  %rows = theria.einsum "i->ij" %x : (tensor<256xf32>) -> !pair
  %cols = theria.einsum "j->ij" %y : (tensor<256xf32>) -> !pair
  %u = arith.subf %rows, %cols : !pair
  %w = math.exp %u : !pair
  %product = arith.mulf %u, %w : !pair
  %quotient = arith.divf %u, %w : !pair
  %a = theria.einsum "ij,jk->ik" %product, %v : (!pair, tensor<256x40xf32>) -> tensor<256x40xf32>
  %b = theria.einsum "ij,jk->ik" %quotient, %v : (!pair, tensor<256x40xf32>) -> tensor<256x40xf32>
  return %a, %b : tensor<256x40xf32>, tensor<256x40xf32>
}

// In f64 only three fifths of them: 32 rows would hold 32·2·16·8 + 32·32·(8 + 16/√8) = 22,177. The sum with one factor
// comes before the other factor is made.
// CHECK-LABEL: func.func @wide(
// ANY: math.exp {{.*}} : tensor<128x32xf64>
// FIT: math.exp {{.*}} : tensor<16x32xf64>
// CHECK: theria.einsum "ij,jk->ik"
// CHECK: math.log
// CHECK: theria.einsum "ij,jk->ik"
func.func @wide(%x: tensor<256xf64>, %y: tensor<256xf64>, %v: tensor<256x8xf64>) -> (tensor<256x8xf64>, tensor<256x8xf64>) {
  %rows = theria.einsum "i->ij" %x : (tensor<256xf64>) -> !wide
  %cols = theria.einsum "j->ij" %y : (tensor<256xf64>) -> !wide
  %u = arith.subf %rows, %cols : !wide
  %w = math.exp %u : !wide
  %l = math.log %w : !wide
  %a = theria.einsum "ij,jk->ik" %w, %v : (!wide, tensor<256x8xf64>) -> tensor<256x8xf64>
  %b = theria.einsum "ij,jk->ik" %l, %v : (!wide, tensor<256x8xf64>) -> tensor<256x8xf64>
  return %a, %b : tensor<256x8xf64>, tensor<256x8xf64>
}

// A dense matrix is a tile of its own, 4 bytes a pair: 128·16·4 + 128·32·4 = 24,576.
// CHECK-LABEL: func.func @dense(
// FIT: theria.einsum "ij,jk->ik" {{.*}}tensor<128x32xf32>
// FEWER: theria.einsum "ij,jk->ik" {{.*}}tensor<64x32xf32>
// FEWEST: theria.einsum "ij,jk->ik" {{.*}}tensor<16x16xf32>
func.func @dense(%s: tensor<256x48xf32>, %v: tensor<48x16xf32>) -> tensor<256x16xf32> {
  %p = theria.pair_cast %s : tensor<256x48xf32> to tensor<256x48xf32, #theria.pair<rows = 0, cols = 1>>
  %y = theria.einsum "ij,jk->ik" %p, %v
    : (tensor<256x48xf32, #theria.pair<rows = 0, cols = 1>>, tensor<48x16xf32>) -> tensor<256x16xf32>
  return %y : tensor<256x16xf32>
}
