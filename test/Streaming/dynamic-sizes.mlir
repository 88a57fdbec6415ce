// Where sizes are not known, a row's maximum and sum are found in the walk that uses them too: no product is computed twice.
// RUN: theria-opt %s --theria-stream=schedule=strips | FileCheck %s
// CHECK: @attention{{.*}}levels = 1 : i64{{.*}}product_count = 2 : i64
// CHECK: @vjp{{.*}}levels = 2 : i64{{.*}}product_count = 6 : i64

!x = tensor<?x?x?x16xf32>
!r = tensor<?x?x?xf32>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}

func.func @vjp(%q: !x, %k: !x, %v: !x, %g: !x) -> (!x, !x, !x, !x) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  return %r#0, %r#1, %r#2, %r#3 : !x, !x, !x, !x
}

// Weights are divided by their sum, not by exp of a normaliser that has lost the digits of it: two keys with scores of
// 2^25 share a row of values of 1.
// RUN: theria-run %s --function=attention --input=1x1x1x16xf32=8192 --input=1x1x2x16xf32=1024 \
// RUN:   --input=1x1x2x16xf32=ones | FileCheck %s --check-prefix=WEIGHTS
// RUN: theria-run %s --function=attention --input=1x1x1x16xf32=8192 --input=1x1x2x16xf32=1024 \
// RUN:   --input=1x1x2x16xf32=ones --path=reference | FileCheck %s --check-prefix=WEIGHTS
// WEIGHTS: result 0: tensor<1x1x1x16xf32>, first values 1, 1, 1, 1, 1, 1, 1, 1, norm 4
