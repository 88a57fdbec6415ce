// What is kept, what is computed again, and why.

// A product of depth 2 is computed again; one of depth 16 is kept.
// RUN: theria-opt %s --theria-stream="cpu=x86-64-v3" | FileCheck %s
// RUN: theria-opt %s --theria-stream="cpu=x86-64-v3 schedule=strips" | FileCheck %s --check-prefix=STRIPS

// The sizes of caches decide: with next to none, everything is computed again.
// RUN: theria-run %s --function=deep --fill=ones --cpu=x86-64 --cpu-caches=1,1 --report --cache=off | FileCheck %s --check-prefix=SMALL
// SMALL: recomputed: theria.einsum "id,jd->ij": cycles a pair: 2 to compute it again (a product), 2.7 to keep it
// RUN: theria-run %s --function=deep --fill=ones --cpu=x86-64 --cpu-caches=1048576,1048576 --report --cache=off \
// RUN:   | FileCheck %s --check-prefix=LARGE
// LARGE: kept: theria.einsum "id,jd->ij": cycles a pair: 2 to compute it again (a product), 0.25 to keep it

// RUN: not theria-run %s --function=deep --fill=ones --schedule=all 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: error: expected auto, strips, recompute or one-sided for --schedule, but found 'all'
// RUN: not theria-run %s --function=deep --fill=ones --cpu-caches=4 2>&1 | FileCheck %s --check-prefix=BYTES
// BYTES: error: expected --cpu-caches=BYTES,BYTES of 1 to 4294967296, but found '4'; give sizes such as 1048576,4194304
// RUN: not theria-opt %s --theria-stream=schedule=all 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: error: expected auto, strips, recompute or one-sided for the option schedule, but found 'all'

!p = tensor<128x128xf32, #theria.pair<rows = 0, cols = 1>>
!r = tensor<128xf32>

func.func private @variance(%s: !p) -> !r {
  %m = theria.einsum "ij->i" %s : (!p) -> !r
  %c = theria.einsum "i->ij" %m : (!r) -> !p
  %d = arith.subf %s, %c : !p
  %v = theria.einsum "ij,ij->i" %d, %d : (!p, !p) -> !r
  return %v : !r
}

// CHECK-LABEL: func.func @shallow
// CHECK-SAME: kept = []
// CHECK-SAME: product_count = 2
// CHECK-SAME: why = "cycles a pair: 0.12 to compute it again (a product), 0.25 to keep it"
// STRIPS-LABEL: func.func @shallow
// STRIPS-SAME: kept = [{
// STRIPS-SAME: product_count = 1
func.func @shallow(%a: tensor<128x2xf32>, %b: tensor<128x2xf32>) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<128x2xf32>, tensor<128x2xf32>) -> !p
  %v = call @variance(%s) : (!p) -> !r
  return %v : !r
}

// CHECK-LABEL: func.func @deep
// CHECK-SAME: why = "cycles a pair: 1 to compute it again (a product), 0.25 to keep it"
// CHECK-SAME: product_count = 1
func.func @deep(%a: tensor<128x16xf32>, %b: tensor<128x16xf32>) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<128x16xf32>, tensor<128x16xf32>) -> !p
  %v = call @variance(%s) : (!p) -> !r
  return %v : !r
}

// Where nothing pays to be kept, statistics leave the sums, and one level is saved.
// RUN: theria-opt %s --theria-stream="cpu=x86-64-v4 second-level=1 last-level=1" | FileCheck %s --check-prefix=AGAIN
// AGAIN-LABEL: func.func @gradient_and_hvp
// AGAIN-SAME: kept = [], levels = 2
// AGAIN-SAME: product_count = 18
// STRIPS-LABEL: func.func @gradient_and_hvp
// STRIPS-SAME: levels = 3
// STRIPS-SAME: product_count = 13
!x = tensor<1x2x128x2xf32>
func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x128xf32>)
  return %o : !x
}
func.func @gradient_and_hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x, !x, !x, !x) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x, !x)
  return %r#1, %r#2, %r#3, %h#0, %h#1, %h#2 : !x, !x, !x, !x, !x, !x
}
