// Values after every rewrite, worked out by hand. NaN stands wherever a mask must hide it.
// RUN: theria-run %s --function=reassociation | FileCheck %s --check-prefix=REASSOCIATION
// RUN: theria-run %s --function=row_constant | FileCheck %s --check-prefix=ROW
// RUN: theria-run %s --function=centred | FileCheck %s --check-prefix=CENTRED
// RUN: theria-run %s --function=scalars | FileCheck %s --check-prefix=SCALARS

!pair = tensor<2x2xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<2x2xi1, #theria.pair<rows = 0, cols = 1>>

// Row 0 has the live key 0: 1·(1·1 + 1·2) = 3. Row 1 is dead.
// REASSOCIATION:      result 0: tensor<2xf64>, values 3, 0
// REASSOCIATION-NEXT: result 1: tensor<2x2xf64>, values 1, 2, 0, 0
func.func @reassociation() -> (tensor<2xf64>, tensor<2x2xf64>) {
  %w = arith.constant dense<[[1.0, 0x7FF8000000000000], [3.0, 0x7FF8000000000000]]> : !pair
  %r = arith.constant dense<[[1.0, 1.0], [0x7FF8000000000000, 0x7FF8000000000000]]> : tensor<2x2xf64>
  %c = arith.constant dense<[[1.0, 2.0], [0x7FF8000000000000, 4.0]]> : tensor<2x2xf64>
  %m = arith.constant dense<[[true, false], [false, false]]> : !mask
  %o = theria.einsum "ij,jd->id" %w, %c where "ij" %m : (!pair, tensor<2x2xf64>, !mask) -> tensor<2x2xf64>
  %rc = theria.einsum "id,jd->ij" %r, %c where "ij" %m : (tensor<2x2xf64>, tensor<2x2xf64>, !mask) -> !pair
  %s = theria.einsum "ij,ij->i" %rc, %w where "ij" %m : (!pair, !pair, !mask) -> tensor<2xf64>
  return %s, %o : tensor<2xf64>, tensor<2x2xf64>
}

// Row 0: 1·2·(1, 2). Row 1 is dead, and so is its constant.
// ROW: result 0: tensor<2x2xf64>, values 2, 4, 0, 0
func.func @row_constant() -> tensor<2x2xf64> {
  %p = arith.constant dense<[[1.0, 0x7FF8000000000000], [3.0, 4.0]]> : !pair
  %c = arith.constant dense<[2.0, 0x7FF8000000000000]> : tensor<2xf64>
  %x = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %m = arith.constant dense<[[true, false], [false, false]]> : !mask
  %b = theria.einsum "i->ij" %c where "ij" %m : (tensor<2xf64>, !mask) -> !pair
  %pb = arith.mulf %p, %b : !pair
  %s = theria.einsum "ij,jd->id" %pb, %x where "ij" %m : (!pair, tensor<2x2xf64>, !mask) -> tensor<2x2xf64>
  return %s : tensor<2x2xf64>
}

// 1·(5−1)·1 + 2·(6−1)·2 = 24, 3·(7−2)·1 + 4·(8−2)·2 = 63; then the same with c − a.
// CENTRED:      result 0: tensor<2x1xf64>, values 24, 63
// CENTRED-NEXT: result 1: tensor<2x1xf64>, values -24, -63
// CENTRED-NEXT: result 2: tensor<2x1xf64>, values 5, 11
func.func @centred() -> (tensor<2x1xf64>, tensor<2x1xf64>, tensor<2x1xf64>) {
  %p = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : !pair
  %a = arith.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : !pair
  %c = arith.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %x = arith.constant dense<[[1.0], [2.0]]> : tensor<2x1xf64>
  %b = theria.einsum "i->ij" %c : (tensor<2xf64>) -> !pair
  %d = arith.subf %a, %b : !pair
  %pd = arith.mulf %p, %d : !pair
  %s = theria.einsum "ij,jd->id" %pd, %x : (!pair, tensor<2x1xf64>) -> tensor<2x1xf64>
  %e = arith.subf %b, %a : !pair
  %pe = arith.mulf %e, %p : !pair
  %t = theria.einsum "ij,jd->id" %pe, %x : (!pair, tensor<2x1xf64>) -> tensor<2x1xf64>
  %o = theria.einsum "ij,jd->id" %p, %x : (!pair, tensor<2x1xf64>) -> tensor<2x1xf64>
  return %s, %t, %o : tensor<2x1xf64>, tensor<2x1xf64>, tensor<2x1xf64>
}

// −3·(1 + 2), −3·(3 + 4); a broadcast summed over its two columns; 3·4·(1 + 3), 3·4·(2 + 4).
// SCALARS:      result 0: tensor<2xf64>, values -9, -21
// SCALARS-NEXT: result 1: tensor<2xf64>, values 10, 14
// SCALARS-NEXT: result 2: tensor<2xf64>, values 48, 72
func.func @scalars() -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) {
  %x = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %c = arith.constant dense<[5.0, 7.0]> : tensor<2xf64>
  %three = arith.constant dense<3.0> : tensor<2x2xf64>
  %x3 = arith.mulf %x, %three : tensor<2x2xf64>
  %n = arith.negf %x3 : tensor<2x2xf64>
  %s = theria.einsum "ij->i" %n : (tensor<2x2xf64>) -> tensor<2xf64>
  %b = theria.einsum "i->ij" %c : (tensor<2xf64>) -> tensor<2x2xf64>
  %t = theria.einsum "ij->i" %b : (tensor<2x2xf64>) -> tensor<2xf64>
  %four = arith.constant dense<4.0> : tensor<2xf64>
  %u = theria.einsum "ij,k,ij->j" %three, %four, %x : (tensor<2x2xf64>, tensor<2xf64>, tensor<2x2xf64>) -> tensor<2xf64>
  %half = arith.constant dense<0.5> : tensor<2xf64>
  %v = arith.mulf %u, %half : tensor<2xf64>
  return %s, %t, %v : tensor<2xf64>, tensor<2xf64>, tensor<2xf64>
}
