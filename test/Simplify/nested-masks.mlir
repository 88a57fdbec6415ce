// An einsum of an einsum under a mask becomes one where both have the same mask, label by label.
// RUN: theria-opt %s --theria-simplify | FileCheck %s --check-prefix=IR
// RUN: theria-run %s --function=both --input=5xf64=normal:1 --input=7x4xf64=normal:2 --input=5x7xi1=uniform:3 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=other --input=5xf64=normal:1 --input=7x4xf64=normal:2 --input=5x7xi1=uniform:3 --input=5x7xi1=uniform:5 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=turned --input=5xf64=normal:1 --input=5x4xf64=normal:2 --input=5x5xi1=uniform:3 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=summed --input=5x7xf64=normal:1 --input=5x7xi1=uniform:3 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=clash --input=3x2xf64=normal:1 --input=2x4xf64=normal:2 --input=4x5xf64=normal:3 --check --check-lines=accuracy,stages | FileCheck %s
// CHECK: none fail

// IR-LABEL: func.func @both
// IR-NEXT: theria.einsum "i,jd->id" %arg0, %arg1 where "ij" %arg2
// IR-NEXT: return
func.func @both(%x: tensor<5xf64>, %v: tensor<7x4xf64>, %m: tensor<5x7xi1>) -> tensor<5x4xf64> {
  %s = theria.einsum "i->ij" %x where "ij" %m : (tensor<5xf64>, tensor<5x7xi1>) -> tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %s, %v where "ij" %m : (tensor<5x7xf64>, tensor<7x4xf64>, tensor<5x7xi1>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// IR-LABEL: func.func @other
// IR: where "ij" %arg2
// IR: where "ij" %arg3
func.func @other(%x: tensor<5xf64>, %v: tensor<7x4xf64>, %m: tensor<5x7xi1>, %n: tensor<5x7xi1>) -> tensor<5x4xf64> {
  %s = theria.einsum "i->ij" %x where "ij" %m : (tensor<5xf64>, tensor<5x7xi1>) -> tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %s, %v where "ij" %n : (tensor<5x7xf64>, tensor<7x4xf64>, tensor<5x7xi1>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// IR-LABEL: func.func @turned
// IR: where "ij" %arg2
// IR: where "ji" %arg2
func.func @turned(%x: tensor<5xf64>, %v: tensor<5x4xf64>, %m: tensor<5x5xi1>) -> tensor<5x4xf64> {
  %s = theria.einsum "i->ij" %x where "ij" %m : (tensor<5xf64>, tensor<5x5xi1>) -> tensor<5x5xf64>
  %r = theria.einsum "ij,jd->id" %s, %v where "ji" %m : (tensor<5x5xf64>, tensor<5x4xf64>, tensor<5x5xi1>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// The label that the inner one sums has another meaning outside.
func.func @clash(%a: tensor<3x2xf64>, %b: tensor<2x4xf64>, %c: tensor<4x5xf64>) -> tensor<3x5xf64> {
  %s = theria.einsum "ik,kj->ij" %a, %b : (tensor<3x2xf64>, tensor<2x4xf64>) -> tensor<3x4xf64>
  %r = theria.einsum "ij,jk->ik" %s, %c : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %r : tensor<3x5xf64>
}

// Under no mask of its own, the outer one takes the inner one's.
// IR-LABEL: func.func @summed
// IR-NEXT: theria.einsum "ij->i" %arg0 where "ij" %arg1
// IR-NEXT: return
func.func @summed(%x: tensor<5x7xf64>, %m: tensor<5x7xi1>) -> tensor<5xf64> {
  %s = theria.einsum "ij->ij" %x where "ij" %m : (tensor<5x7xf64>, tensor<5x7xi1>) -> tensor<5x7xf64>
  %r = theria.einsum "ij->i" %s : (tensor<5x7xf64>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// Beside another factor, a mask would leave out what the factor makes NaN.
// IR-LABEL: func.func @beside
// IR: theria.einsum "ij->ij" %arg0 where "ij" %arg2
// IR-NOT: where
// IR: return
func.func @beside(%x: tensor<5x7xf64>, %y: tensor<5x7xf64>, %m: tensor<5x7xi1>) -> tensor<5xf64> {
  %s = theria.einsum "ij->ij" %x where "ij" %m : (tensor<5x7xf64>, tensor<5x7xi1>) -> tensor<5x7xf64>
  %r = theria.einsum "ij,ij->i" %s, %y : (tensor<5x7xf64>, tensor<5x7xf64>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}
