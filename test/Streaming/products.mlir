// The products of tiles that each derivative takes: with strips 2, 6, 6 and 13; with nothing kept 2, 6, 7 and 18, of
// which 5 are for statistics; one-sided 2, 6, 5 and 4, 13 and 10.
// RUN: theria-opt %s --theria-stream=schedule=strips | FileCheck %s

// The report counts them too.
// RUN: theria-opt %s --theria-stream=schedule=strips | FileCheck %s --check-prefix=REPORT
// REPORT: @forward{{.*}} {theria.report = {{.*}}flop = 2097152 : i64{{.*}}product_count = 2 : i64
// REPORT: @jvp{{.*}} {theria.report = {{.*}}flop = 6291456 : i64{{.*}}product_count = 6 : i64
// REPORT: @vjp{{.*}} {theria.report = {{.*}}flop = 6291456 : i64{{.*}}product_count = 6 : i64
// REPORT: @gradient_and_hvp{{.*}} {theria.report = {{.*}}flop = 13631488 : i64{{.*}}product_count = 13 : i64

// RUN: theria-opt %s --theria-stream=schedule=recompute | FileCheck %s --check-prefix=AGAIN
// AGAIN: @forward{{.*}} {theria.report = {{.*}}flop = 2097152 : i64{{.*}}product_count = 2 : i64{{.*}}strip_count = 0
// AGAIN: @jvp{{.*}} {theria.report = {{.*}}flop = 6291456 : i64{{.*}}product_count = 6 : i64{{.*}}strip_count = 0
// AGAIN: @vjp{{.*}} {theria.report = {{.*}}flop = 6291456 : i64{{.*}}product_count = 7 : i64{{.*}}strip_count = 0
// AGAIN: @gradient_and_hvp{{.*}} {theria.report = {{.*}}flop = 13631488 : i64{{.*}}product_count = 18 : i64
// AGAIN-SAME: level = 0 : i64}, {{.*}}level = 0 : i64}, {{.*}}level = 0 : i64}, {{.*}}level = 0 : i64}, {{.*}}level = 0 : i64}, {{.*}}level = 1
// AGAIN-SAME: strip_count = 0

// RUN: theria-opt %s --theria-stream=schedule=one-sided | FileCheck %s --check-prefix=SIDES
// SIDES: @forward{{.*}} {theria.report = {{.*}}levels = 1 : i64{{.*}}product_count = 2 : i64
// SIDES: @jvp{{.*}} {theria.report = {{.*}}levels = 1 : i64{{.*}}product_count = 6 : i64
// SIDES: @vjp{{.*}} {theria.report = {{.*}}kind = "rows"{{.*}}levels = 2 : i64{{.*}}product_count = 5 : i64
// SIDES-SAME: kind = "columns"{{.*}}levels = 1 : i64{{.*}}product_count = 4 : i64
// SIDES: @gradient_and_hvp{{.*}} {theria.report = {{.*}}product_count = 13 : i64{{.*}}product_count = 10 : i64

!x = tensor<1x2x128x16xf32>
!r = tensor<1x2x128xf32>

func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}

// CHECK-LABEL: @forward
// CHECK-COUNT-2: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
// CHECK-NOT: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
func.func @forward(%q: !x, %k: !x, %v: !x) -> !x {
  %o = call @attention(%q, %k, %v) : (!x, !x, !x) -> !x
  return %o : !x
}

// CHECK-LABEL: @jvp
// CHECK-COUNT-6: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
// CHECK-NOT: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
func.func @jvp(%q: !x, %k: !x, %v: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x) {
  %r:2 = theria.jvp @attention(%q, %k, %v) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x)
  return %r#0, %r#1 : !x, !x
}

// CHECK-LABEL: @vjp
// CHECK-COUNT-6: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
// CHECK-NOT: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
func.func @vjp(%q: !x, %k: !x, %v: !x, %g: !x) -> (!x, !x, !x, !x) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  return %r#0, %r#1, %r#2, %r#3 : !x, !x, !x, !x
}

// CHECK-LABEL: @gradient_and_hvp
// CHECK-COUNT-13: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
// CHECK-NOT: theria.einsum "{{i[a-z],[a-z]j->ij|ij,j[a-z]->i[a-z]|ij,i[a-z]->j[a-z]}}"
func.func @gradient_and_hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x, !x, !x, !x) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x, !x)
  return %r#1, %r#2, %r#3, %h#0, %h#1, %h#2 : !x, !x, !x, !x, !x, !x
}
