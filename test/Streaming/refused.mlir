// What can't be walked by blocks is refused by name, where it stands.
// RUN: theria-opt %s --theria-stream --split-input-file --verify-diagnostics

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

func.func @loop(%x: tensor<5x3xf64>, %y: tensor<7x3xf64>, %n: index) -> tensor<5xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x3xf64>, tensor<7x3xf64>) -> !p
  // expected-error @below {{expected an operation on pair tensors that can be walked by blocks, but found 'scf.for'}}
  %t = scf.for %k = %c0 to %n step %c1 iter_args(%u = %s) -> !p {
    %v = math.sin %u : !p
    scf.yield %v : !p
  }
  %r = theria.einsum "ij->i" %t : (!p) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// -----

// A contraction of pairs with pairs into pairs takes N·M·K work.
func.func @three(%x: tensor<5x3xf64>, %y: tensor<7x3xf64>, %z: tensor<6x3xf64>) -> tensor<5xf64> {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x3xf64>, tensor<7x3xf64>) -> tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
  %t = theria.einsum "jd,kd->jk" %y, %z : (tensor<7x3xf64>, tensor<6x3xf64>) -> tensor<7x6xf64, #theria.pair<rows = 0, cols = 1>>
  // expected-error @below {{expected no contraction of pairs with pairs into pairs}}
  %u = theria.einsum "ij,jk->ik" %s, %t : (tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>, tensor<7x6xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<5x6xf64, #theria.pair<rows = 0, cols = 1>>
  %e = math.exp %u : tensor<5x6xf64, #theria.pair<rows = 0, cols = 1>>
  %r = theria.einsum "ik->i" %e : (tensor<5x6xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// -----

// The columns of one pair tensor are the rows of the other.
func.func @chain(%x: tensor<5x3xf64>, %y: tensor<7x3xf64>, %z: tensor<6x3xf64>) -> tensor<5xf64> {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x3xf64>, tensor<7x3xf64>) -> tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
  // expected-error @below {{expected each dimension of connected pair tensors to be rows or columns throughout, but found one that is both}}
  %t = theria.einsum "jd,kd->jk" %y, %z : (tensor<7x3xf64>, tensor<6x3xf64>) -> tensor<7x6xf64, #theria.pair<rows = 0, cols = 1>>
  %u = theria.einsum "ij,jk->i" %s, %t : (tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>, tensor<7x6xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<5xf64>
  return %u : tensor<5xf64>
}

// -----

// A function of a sum over heads would need all heads at a time.
func.func @heads(%x: tensor<2x5x3xf64>, %y: tensor<2x7x3xf64>) -> tensor<5xf64> {
  %s = theria.einsum "hid,hjd->hij" %x, %y : (tensor<2x5x3xf64>, tensor<2x7x3xf64>) -> tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
  %e = math.exp %s : tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
  // expected-error @below {{expected a sum of pairs over a batch dimension to be a result of the program}}
  %t = theria.einsum "hij->ij" %e : (tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>) -> tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
  %u = math.log %t : tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
  %r = theria.einsum "ij->i" %u : (tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// -----

// Pairs summed over one batch dimension and repeated along another: the sum is of pairs too.
func.func @repeated(%x: tensor<2x5x3xf64>) -> tensor<4x5xf64> {
  %s = theria.einsum "gid,gjd->gij" %x, %x : (tensor<2x5x3xf64>, tensor<2x5x3xf64>) -> tensor<2x5x5xf64, #theria.pair<rows = 1, cols = 2>>
  // expected-error @below {{expected a sum of pairs over a batch dimension to be a result}}
  %t = theria.einsum "gij->hij" %s : (tensor<2x5x5xf64, #theria.pair<rows = 1, cols = 2>>) -> tensor<4x5x5xf64, #theria.pair<rows = 1, cols = 2>>
  %e = math.exp %t : tensor<4x5x5xf64, #theria.pair<rows = 1, cols = 2>>
  %r = theria.einsum "hij->hi" %e : (tensor<4x5x5xf64, #theria.pair<rows = 1, cols = 2>>) -> tensor<4x5xf64>
  return %r : tensor<4x5xf64>
}
