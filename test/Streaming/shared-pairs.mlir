// Pairs that all of a batch share are walked with those of each of it: a statistic of theirs is used in the sweep that finds
// it, though the others lie along more dimensions.
// RUN: theria-run %s --fill=normal:7 --check --check-lines=accuracy,stages,memory,bits | FileCheck %s
// RUN: theria-run %s --fill=normal:7 --tile=2x3 --schedule=strips --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --fill=normal:7 --tile=2x3 --schedule=recompute --check --check-lines=accuracy,stages | FileCheck %s
// CHECK: none fail

!shared = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!each = tensor<3x5x7xf64, #theria.pair<rows = 1, cols = 2>>

func.func @main(%q: tensor<5x4xf64>, %k: tensor<7x4xf64>, %v: tensor<3x7x2xf64>, %w: tensor<3x5x4xf64>)
    -> (tensor<5x4xf64>, tensor<3x5x2xf64>) {
  %s = theria.einsum "id,jd->ij" %q, %k : (tensor<5x4xf64>, tensor<7x4xf64>) -> !shared
  %lse = theria.logsumexp %s dim = 1 : (!shared) -> tensor<5xf64>
  %spread = theria.einsum "i->ij" %lse : (tensor<5xf64>) -> !shared
  %difference = arith.subf %s, %spread : !shared
  %p = math.exp %difference : !shared
  %all = theria.einsum "ij,jd->id" %p, %k : (!shared, tensor<7x4xf64>) -> tensor<5x4xf64>
  %t = theria.einsum "hid,jd->hij" %w, %k : (tensor<3x5x4xf64>, tensor<7x4xf64>) -> !each
  %pt = theria.einsum "ij,hij->hij" %p, %t : (!shared, !each) -> !each
  %out = theria.einsum "hij,hje->hie" %pt, %v : (!each, tensor<3x7x2xf64>) -> tensor<3x5x2xf64>
  return %all, %out : tensor<5x4xf64>, tensor<3x5x2xf64>
}
