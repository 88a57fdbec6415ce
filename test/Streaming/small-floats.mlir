// Pairs of small floats are computed in f32 and rounded where they are stored: a sum over many blocks loses no more than
// that. Summed in bf16, twos would stop at 512, and in f16 at 4096.
// RUN: theria-run %s --function=sums --fill=ones --tile=2x2 | FileCheck %s --check-prefixes=SUMS
// RUN: sed 's/bf16/f16/g' %s > %t.f16.mlir
// RUN: theria-run %t.f16.mlir --function=sums --fill=ones --tile=2x2 | FileCheck %s --check-prefixes=SUMS
// SUMS: result 0: tensor<8192x{{b?f16}}>, first values 8192, 8192,
// SUMS: result 1: tensor<8192x{{b?f16}}>, first values 8192, 8192,

// No pair is bf16, and neither are statistics or what follows from them; what comes in and goes out is.
// RUN: theria-opt %s --theria-stream --mlir-print-ir-after=theria-widen-floats 2>&1 | FileCheck %s

!p = tensor<8192x8192xbf16, #theria.pair<rows = 0, cols = 1>>
!r = tensor<8192xbf16>

func.func @sums(%a: !r, %b: !r) -> (!r, !r) {
  %s = theria.einsum "i,j->ij" %a, %b : (!r, !r) -> !p
  %t = math.absf %s : !p
  %rows = theria.einsum "ij->i" %t : (!p) -> !r
  %columns = theria.einsum "ij->j" %t : (!p) -> !r
  return %rows, %columns : !r, !r
}

// CHECK-LABEL: func.func @statistic(
// CHECK-SAME: %[[A:.*]]: tensor<8192xbf16>, %[[B:.*]]: tensor<8192xbf16>, %[[TABLE:.*]]: tensor<4xbf16>)
// CHECK-DAG: %[[WIDE_A:.*]] = arith.extf %[[A]] : tensor<8192xbf16> to tensor<8192xf32>
// CHECK-DAG: %[[WIDE_B:.*]] = arith.extf %[[B]] : tensor<8192xbf16> to tensor<8192xf32>
// CHECK: %[[S:.*]] = theria.einsum "i,j->ij" %[[WIDE_A]], %[[WIDE_B]] : {{.*}} -> tensor<8192x8192xf32, #theria.pair
// CHECK: %[[T:.*]] = math.absf %[[S]] : tensor<8192x8192xf32, #theria.pair
// CHECK: %[[R:.*]] = theria.einsum "ij->i" %[[T]] : {{.*}} -> tensor<8192xf32>
// CHECK: %[[MEAN:.*]] = arith.mulf %[[R]], %[[WIDE_A]] : tensor<8192xf32>
// CHECK: %[[REST:.*]] = theria.einsum "i,ij->j" %[[MEAN]], %[[T]] : {{.*}} -> tensor<8192xf32>
// CHECK: %[[OUT:.*]] = arith.truncf %[[REST]] : tensor<8192xf32> to tensor<8192xbf16>
// CHECK: %[[DENSE:.*]] = math.exp %[[TABLE]] : tensor<4xbf16>
// CHECK: return %[[OUT]], %[[DENSE]] :
func.func @statistic(%a: !r, %b: !r, %table: tensor<4xbf16>) -> (!r, tensor<4xbf16>) {
  %s = theria.einsum "i,j->ij" %a, %b : (!r, !r) -> !p
  %t = math.absf %s : !p
  %r = theria.einsum "ij->i" %t : (!p) -> !r
  %mean = arith.mulf %r, %a : !r
  %rest = theria.einsum "i,ij->j" %mean, %t : (!r, !p) -> !r
  %dense = math.exp %table : tensor<4xbf16>
  return %rest, %dense : !r, tensor<4xbf16>
}
