// What can't be had is an error before the program runs, with the bytes.
// 128 padded columns are packed. 2³³ rows by 1024 columns of f32 are 2⁴⁵ bytes, on any machine too much.
// RUN: not theria-run %s --function=large --input=8589934592x0xf32=ones --input=4x0xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=LARGE
// LARGE: error: expected at most {{[0-9]+}} bytes, which the system has left, but the program needs 35184372613120 (results 35184372088832, packed operands 524288, strips 0); make the tensors smaller

// RUN: not theria-run %s --function=static --fill=ones 2>&1 | FileCheck %s --check-prefix=STATIC
// RUN: not theria-run %s --function=static --fill=ones --path=reference 2>&1 | FileCheck %s --check-prefix=STATIC
// STATIC: error: expected at most {{[0-9]+}} bytes, which the system has left, but the program needs 35184372088832 (results 35184372088832,

// Pairs that nobody could visit.
// RUN: not theria-run %s --function=pairs --input=8589934592x0xf32=ones --input=8589934592x0xf32=ones 2>&1 | FileCheck %s --check-prefix=PAIRS
// PAIRS: error: expected sizes whose product fits 63 bits, but the rows, columns and batches of a stream have more pairs; give smaller tensors
// RUN: not theria-run %s --function=pairs --path=reference --input=8589934592x0xf32=ones --input=8589934592x0xf32=ones 2>&1 | FileCheck %s --check-prefix=BUILT
// BUILT: memory.mlir:{{[0-9]+}}:{{[0-9]+}}: error: expected sizes that are not negative and whose product fits in memory, but found 8589934592×8589934592

!d = tensor<?x?xf32>
!p = tensor<?x?xf32, #theria.pair<rows = 0, cols = 1>>

func.func @large(%a: !d, %b: !d, %c: tensor<4x1024xf32>) -> tensor<?x1024xf32> {
  %s = theria.einsum "id,jd->ij" %a, %b : (!d, !d) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij,je->ie" %e, %c : (!p, tensor<4x1024xf32>) -> tensor<?x1024xf32>
  return %r : tensor<?x1024xf32>
}

func.func @static(%a: tensor<8589934592x0xf32>, %b: tensor<4x0xf32>) -> tensor<8589934592x1024xf32> {
  %r = theria.einsum "id->ie" %a : (tensor<8589934592x0xf32>) -> tensor<8589934592x1024xf32>
  return %r : tensor<8589934592x1024xf32>
}

func.func @pairs(%a: !d, %b: !d) -> tensor<f32> {
  %s = theria.einsum "id,jd->ij" %a, %b : (!d, !d) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij->" %e : (!p) -> tensor<f32>
  return %r : tensor<f32>
}
