// RUN: theria-opt %s --theria-simplify | FileCheck %s
// Which einsums that are computed anyway are used again.

// One that stands later moves up where what it reads stands earlier.
// CHECK-LABEL: @later(
// CHECK-NEXT: %[[C:.*]] = math.exp %arg2
// CHECK-NEXT: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %[[C]]
// CHECK-NEXT: %[[S:.*]] = theria.einsum "id,id->i" %arg1, %[[O]]
// CHECK-NEXT: return %[[S]], %[[O]] :
func.func @later(%w: tensor<5x7xf64>, %r: tensor<5x4xf64>, %x: tensor<7x4xf64>) -> (tensor<5xf64>, tensor<5x4xf64>) {
  %c = math.exp %x : tensor<7x4xf64>
  %rc = theria.einsum "id,jd->ij" %r, %c : (tensor<5x4xf64>, tensor<7x4xf64>) -> tensor<5x7xf64>
  %s = theria.einsum "ij,ij->i" %rc, %w : (tensor<5x7xf64>, tensor<5x7xf64>) -> tensor<5xf64>
  %o = theria.einsum "ij,jd->id" %w, %c : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %s, %o : tensor<5xf64>, tensor<5x4xf64>
}

// One that repeats its product along a label of its own is none of a sum without that label.
// CHECK-LABEL: @repeated(
// CHECK: theria.einsum "i,i,id->d" %arg0, %arg1, %arg2 :
func.func @repeated(%c: tensor<5xf64>, %d: tensor<5xf64>, %y: tensor<5x3xf64>) -> (tensor<3xf64>, tensor<5x1xf64>) {
  %b = theria.einsum "i,i->ij" %c, %d : (tensor<5xf64>, tensor<5xf64>) -> tensor<5x1xf64>
  %r = theria.einsum "i,i,id->d" %c, %d, %y : (tensor<5xf64>, tensor<5xf64>, tensor<5x3xf64>) -> tensor<3xf64>
  return %r, %b : tensor<3xf64>, tensor<5x1xf64>
}

// Through a negation, a product and a contraction.
// CHECK-LABEL: @three_deep(
// CHECK: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %arg2
// CHECK: theria.einsum "{{id,id|ad,ad|ia,ia}}->{{[ia]}}" %{{.*}}, %[[O]]
func.func @three_deep(%w: tensor<5x7xf64>, %r: tensor<5x4xf64>, %c: tensor<7x4xf64>) -> (tensor<5xf64>, tensor<5x4xf64>, tensor<5x7xf64>) {
  %o = theria.einsum "ij,jd->id" %w, %c : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %rc = theria.einsum "id,jd->ij" %r, %c : (tensor<5x4xf64>, tensor<7x4xf64>) -> tensor<5x7xf64>
  %p = arith.mulf %rc, %w : tensor<5x7xf64>
  %n = arith.negf %p : tensor<5x7xf64>
  %s = theria.einsum "ij->i" %n : (tensor<5x7xf64>) -> tensor<5xf64>
  return %s, %o, %n : tensor<5xf64>, tensor<5x4xf64>, tensor<5x7xf64>
}

// Inside a branch too, of what was computed before it.
// CHECK-LABEL: @inside(
// CHECK: %[[C:.*]] = math.sin
// CHECK: scf.if
// CHECK: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %[[C]]
// CHECK: theria.einsum "id,id->i" %arg1, %[[O]]
func.func @inside(%w: tensor<5x7xf64>, %r: tensor<5x4xf64>, %x: tensor<7x4xf64>, %b: i1) -> tensor<5xf64> {
  %e = math.exp %x : tensor<7x4xf64>
  %f = math.exp %e : tensor<7x4xf64>
  %g = math.exp %f : tensor<7x4xf64>
  %h = math.exp %g : tensor<7x4xf64>
  %c = math.sin %h : tensor<7x4xf64>
  %t = scf.if %b -> tensor<5xf64> {
    %rc = theria.einsum "id,jd->ij" %r, %c : (tensor<5x4xf64>, tensor<7x4xf64>) -> tensor<5x7xf64>
    %s = theria.einsum "ij,ij->i" %rc, %w : (tensor<5x7xf64>, tensor<5x7xf64>) -> tensor<5xf64>
    %o = theria.einsum "ij,jd->id" %w, %c : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
    %m = theria.einsum "id->i" %o : (tensor<5x4xf64>) -> tensor<5xf64>
    %u = theria.einsum "id,i->i" %o, %m : (tensor<5x4xf64>, tensor<5xf64>) -> tensor<5xf64>
    %v = arith.addf %s, %u : tensor<5xf64>
    scf.yield %v : tensor<5xf64>
  } else {
    %s = theria.einsum "id->i" %r : (tensor<5x4xf64>) -> tensor<5xf64>
    scf.yield %s : tensor<5xf64>
  }
  return %t : tensor<5xf64>
}
