// Programs that theria-fuzz found to be refused, to crash or never to end, each certified now.
// DEFINE: %{lines} = --check --check-lines=accuracy,differences,stages

!p = tensor<3x?xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<3x?xi1, #theria.pair<rows = 0, cols = 1>>
!i = tensor<3x?xindex, #theria.pair<rows = 0, cols = 1>>
!x = tensor<?x2xf64>

// The size of a pair tensor that is an argument: a cotangent, of which a derivative of the derivative needs zeros.
// RUN: theria-run %s --function=softmax --derive=vjp,vjp --fill=normal:1 %{lines} --input=4x2xf64=normal:1 --input=_ \
// RUN:   --input=3x4xf64=normal:2 --input=3x4xf64=normal:3 --input=4x2xf64=normal:4 --input=3xf64=normal:5 | FileCheck %s
// CHECK: none fail
func.func @softmax(%a: !x, %r: tensor<3xf64>) -> !p {
  %s = theria.einsum "md,n->nm" %a, %r : (!x, tensor<3xf64>) -> !p
  %l = theria.logsumexp %s dim = 0 : (!p) -> tensor<?xf64>
  %b = theria.einsum "m->nm" %l : (tensor<?xf64>) -> !p
  %rel = arith.subf %s, %b : !p
  %e = math.exp %rel : !p
  return %e : !p
}

// theria.stop_gradient of pairs, and a stream whose sizes only a splat gives.
// RUN: theria-run %s --function=stopped --derive=jvp --fill=normal:1 %{lines} --input=4x2xf64=normal:1 --input=_ \
// RUN:   --input=4x2xf64=normal:2 --input=_ | FileCheck %s
// RUN: theria-run %s --function=constant --derive=jvp %{lines} --input=4x2xf64=normal:1 --input=4x2xf64=normal:2 | FileCheck %s
func.func @stopped(%a: !x, %r: tensor<3xf64>) -> tensor<3xf64> {
  %s = theria.einsum "md,n->nm" %a, %r : (!x, tensor<3xf64>) -> !p
  %c = theria.stop_gradient %s : !p
  %t = arith.mulf %s, %c : !p
  %y = theria.einsum "nm->n" %t : (!p) -> tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func @constant(%a: !x) -> !p {
  %zero = arith.constant 0 : index
  %size = tensor.dim %a, %zero : !x
  %half = arith.constant 0.5 : f64
  %s = tensor.splat %half[%size] : !p
  %l = theria.logsumexp %s dim = 0 : (!p) -> tensor<?xf64>
  %b = theria.einsum "m->nm" %l : (tensor<?xf64>) -> !p
  %d = arith.subf %s, %b : !p
  return %d : !p
}

// Sums of which only the mask is of pairs, and that are repeated along its rows, or along a feature.
// RUN: theria-run %s --function=masked --derive=vjp,jvp %{lines} --fill=normal:3 --input=4x2xf64=normal:1 --input=_ \
// RUN:   --input=4xf64=normal:5 --input=4x2xf64=normal:2 | FileCheck %s
func.func @masked(%a: !x, %r: tensor<3x2xf64>) -> tensor<?xf64> {
  %zero = arith.constant 0 : index
  %size = tensor.dim %a, %zero : !x
  %i = theria.coord dim = 0 sizes(%size) : !i
  %j = theria.coord dim = 1 sizes(%size) : !i
  %live = arith.cmpi sle, %j, %i : !i
  %y = theria.einsum "me,nd->m" %a, %r where "nm" %live : (!x, tensor<3x2xf64>, !m) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// A dimension of size 0: simplification went back and forth between products that all seemed to cost nothing.
// RUN: theria-run %s --function=empty --derive=jvp,vjp %{lines} --fill=normal:3 --tile=128x2 | FileCheck %s
func.func @empty(%a: tensor<1x0x1xf64>, %r: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %half = arith.constant dense<0.5> : tensor<1x0x1xf64>
  %s = arith.mulf %a, %a : tensor<1x0x1xf64>
  %t = arith.addf %s, %half : tensor<1x0x1xf64>
  %p = theria.einsum "n,bmd->nm" %r, %t : (tensor<2xf64>, tensor<1x0x1xf64>) -> tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>
  %l = theria.logsumexp %p dim = 1 : (tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<2xf64>
  %b = theria.einsum "n->nm" %l : (tensor<2xf64>) -> tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>
  %d = arith.subf %p, %b : tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>
  %e = math.exp %d : tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>
  %x = theria.einsum "nm->n" %e : (tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<2xf64>
  %y = theria.einsum "nm->n" %p : (tensor<2x0xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<2xf64>
  return %x, %y : tensor<2xf64>, tensor<2xf64>
}

// One query, and a batch of one that is a later dimension: upstream's canonicalization kept another dimension of size 1.
// RUN: theria-run %s --function=turned --derive=jvp,vjp %{lines} --fill=normal:3 --tile=1x1 | FileCheck %s
func.func @turned(%q: tensor<1x2x1x1xf64>, %k: tensor<1x2x3x1xf64>, %v: tensor<1x2x3x3xf64>) -> tensor<1x2x1x3xf64> {
  %out, %lse = theria.sdpa %q, %k, %v : (tensor<1x2x1x1xf64>, tensor<1x2x3x1xf64>, tensor<1x2x3x3xf64>) -> (tensor<1x2x1x3xf64>, tensor<1x2x1xf64>)
  %0 = theria.einsum "bhne->nebh" %out : (tensor<1x2x1x3xf64>) -> tensor<1x3x1x2xf64>
  %1 = math.tanh %0 : tensor<1x3x1x2xf64>
  %2 = theria.einsum "nebh->bhne" %1 : (tensor<1x3x1x2xf64>) -> tensor<1x2x1x3xf64>
  return %2 : tensor<1x2x1x3xf64>
}

// Sums over rows and over a batch: one-sided, the owner of a block of rows walks the batch in turn for the first of them,
// and was to keep of the other what each position of it has.
// RUN: theria-run %s --function=apart --fill=normal:3 --tile=3x2 --schedule=one-sided %{lines} | FileCheck %s
// RUN: theria-run %s --function=apart --derive=vjp,jvp --fill=normal:3 --tile=3x2 --schedule=one-sided %{lines} | FileCheck %s
!each = tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
func.func @apart(%q: tensor<2x5x3xf64>, %k: tensor<2x7x3xf64>) -> (tensor<5xf64>, tensor<2xf64>) {
  %s = theria.einsum "bnd,bmd->bnm" %q, %k : (tensor<2x5x3xf64>, tensor<2x7x3xf64>) -> !each
  %e = math.exp %s : !each
  %of_rows = theria.einsum "bnm->n" %e : (!each) -> tensor<5xf64>
  %of_batch = theria.einsum "bnm->b" %e : (!each) -> tensor<2xf64>
  return %of_rows, %of_batch : tensor<5xf64>, tensor<2xf64>
}
