// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// Einsums are equal up to the names of their labels and the order of their operands.

// CHECK-LABEL: @renamed
func.func @renamed(%p: tensor<3x5xf64>, %v: tensor<5x4xf64>) -> (tensor<3x4xf64>, tensor<3x4xf64>) {
  // CHECK: %[[O:.*]] = theria.einsum "ij,je->ie"
  // CHECK-NOT: einsum
  // CHECK: return %[[O]], %[[O]] :
  %a = theria.einsum "ij,je->ie" %p, %v : (tensor<3x5xf64>, tensor<5x4xf64>) -> tensor<3x4xf64>
  %b = theria.einsum "xy,ax->ay" %v, %p : (tensor<5x4xf64>, tensor<3x5xf64>) -> tensor<3x4xf64>
  return %a, %b : tensor<3x4xf64>, tensor<3x4xf64>
}

// -----

// CHECK-LABEL: @repeated
func.func @repeated(%x: tensor<5x4xf64>) -> (tensor<4x4xf64>, tensor<4x4xf64>) {
  // CHECK: %[[G:.*]] = theria.einsum "ia,ib->ab"
  // CHECK-NOT: einsum
  // CHECK: return %[[G]], %[[G]] :
  %a = theria.einsum "ia,ib->ab" %x, %x : (tensor<5x4xf64>, tensor<5x4xf64>) -> tensor<4x4xf64>
  %b = theria.einsum "kd,kc->cd" %x, %x : (tensor<5x4xf64>, tensor<5x4xf64>) -> tensor<4x4xf64>
  return %a, %b : tensor<4x4xf64>, tensor<4x4xf64>
}

// -----

// Different: the result's order, the mask, what the mask means.
// CHECK-LABEL: @different
func.func @different(%x: tensor<4x4xf64>, %y: tensor<4x4xf64>, %m: tensor<4x4xi1>)
    -> (tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>) {
  // CHECK-COUNT-4: theria.einsum
  // CHECK: return
  %a = theria.einsum "ij,jk->ik" %x, %y : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %b = theria.einsum "ij,jk->ki" %x, %y : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %c = theria.einsum "ij,jk->ik" %x, %y where "ij" %m : (tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xi1>) -> tensor<4x4xf64>
  %d = theria.einsum "ij,jk->ik" %x, %y where "ji" %m : (tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xi1>) -> tensor<4x4xf64>
  return %a, %b, %c, %d : tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>
}

// -----

// Other operations are merged too, with the order of a product's factors not counted; a branch does not see the other.
// CHECK-LABEL: @merged
func.func @merged(%x: tensor<4xf64>, %y: tensor<4xf64>, %c: i1) -> (tensor<4xf64>, f64) {
  // CHECK: %[[P:.*]] = arith.mulf
  // CHECK: %[[S:.*]] = arith.addf %[[P]], %[[P]]
  // CHECK: scf.if
  // CHECK: theria.einsum
  // CHECK: else
  // CHECK: theria.einsum
  %a = arith.mulf %x, %y : tensor<4xf64>
  %b = arith.mulf %y, %x : tensor<4xf64>
  %s = arith.addf %a, %b : tensor<4xf64>
  %r = scf.if %c -> f64 {
    %t = theria.einsum "i,i->" %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<f64>
    %e = tensor.extract %t[] : tensor<f64>
    scf.yield %e : f64
  } else {
    %t = theria.einsum "j,j->" %y, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<f64>
    %e = tensor.extract %t[] : tensor<f64>
    %n = arith.negf %e : f64
    scf.yield %n : f64
  }
  return %s, %r : tensor<4xf64>, f64
}

// -----

// Under another mask, or none, the sum is another one.
// CHECK-LABEL: @masks
func.func @masks(%x: tensor<3x4xf64>, %m: tensor<3x4xi1>, %n: tensor<3x4xi1>) -> (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) {
  // CHECK-COUNT-3: theria.einsum "ij->i"
  %a = theria.einsum "ij->i" %x where "ij" %m : (tensor<3x4xf64>, tensor<3x4xi1>) -> tensor<3xf64>
  %b = theria.einsum "ij->i" %x where "ij" %n : (tensor<3x4xf64>, tensor<3x4xi1>) -> tensor<3xf64>
  %c = theria.einsum "ij->i" %x : (tensor<3x4xf64>) -> tensor<3xf64>
  return %a, %b, %c : tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
}

// -----

// What is made of equal einsums is equal too.
// CHECK-LABEL: @made_of
func.func @made_of(%p: tensor<3x5xf64>, %v: tensor<5x4xf64>) -> (tensor<3x4xf64>, tensor<3x4xf64>) {
  // CHECK: %[[E:.*]] = math.exp
  // CHECK-NEXT: return %[[E]], %[[E]] :
  %a = theria.einsum "ij,je->ie" %p, %v : (tensor<3x5xf64>, tensor<5x4xf64>) -> tensor<3x4xf64>
  %b = theria.einsum "xy,ax->ay" %v, %p : (tensor<5x4xf64>, tensor<3x5xf64>) -> tensor<3x4xf64>
  %c = math.exp %a : tensor<3x4xf64>
  %d = math.exp %b : tensor<3x4xf64>
  return %c, %d : tensor<3x4xf64>, tensor<3x4xf64>
}
