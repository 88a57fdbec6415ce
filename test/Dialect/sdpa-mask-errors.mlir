// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

func.func @mask_type(%x: !x, %m: tensor<1x1x4x4xi8>) {
  // expected-error@+1 {{must be ranked tensor of 1-bit signless integer values, but got 'tensor<1x1x4x4xi8>'}}
  %o:2 = theria.sdpa %x, %x, %x mask(%m) : (!x, !x, !x, tensor<1x1x4x4xi8>) -> (!x, !r)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

func.func @mask_rank(%x: !x, %m: tensor<i1>) {
  // expected-error@+1 {{expected a mask of rank 4, batch×heads×rows×keys, but found 'tensor<i1>'}}
  %o:2 = theria.sdpa %x, %x, %x mask(%m) : (!x, !x, !x, tensor<i1>) -> (!x, !r)
  return
}

func.func @mask_size(%x: !x, %m: tensor<1x4x1x1xi1>) {
  // expected-error@+1 {{expected mask and the scores to agree, but found 4 in 'tensor<1x4x1x1xi1>' and 2 in}}
  %o:2 = theria.sdpa %x, %x, %x mask(%m) : (!x, !x, !x, tensor<1x4x1x1xi1>) -> (!x, !r)
  return
}

func.func @lengths_rank(%x: !x, %n: tensor<1xi32>, %m: tensor<1x2xi32>) {
  // expected-error@+1 {{expected lengths of rank 1, one for each batch element, but found 'tensor<1x2xi32>'; list them in one dimension}}
  %o:2 = theria.sdpa %x, %x, %x lengths(%n, %m) : (!x, !x, !x, tensor<1xi32>, tensor<1x2xi32>) -> (!x, !r)
  return
}

func.func @lengths_size(%x: !x, %n: tensor<2xi32>) {
  // expected-error@+1 {{expected the batch of the query and of the lengths to agree, but found 1 in}}
  %o:2 = theria.sdpa %x, %x, %x lengths(%n, %n) : (!x, !x, !x, tensor<2xi32>, tensor<2xi32>) -> (!x, !r)
  return
}

func.func @lengths_of_rows_only(%x: !x, %n: tensor<1xi32>) {
  // expected-error@+1 {{expected the lengths of rows and of keys, but found one of them; write lengths(%n, %m)}}
  %o:2 = "theria.sdpa"(%x, %x, %x, %n) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 1, 0, 0, 0>}> ({}, {})
       : (!x, !x, !x, tensor<1xi32>) -> (!x, !r)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @lengths_type(%x: !x, %n: tensor<1xi64>) {
  // expected-error@+1 {{must be ranked tensor of 32-bit signless integer values, but got 'tensor<1xi64>'}}
  %o:2 = theria.sdpa %x, %x, %x lengths(%n, %n) : (!x, !x, !x, tensor<1xi64>, tensor<1xi64>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @scale_type(%x: !x, %s: i32) {
  // expected-error@+1 {{operand #3 must be floating-point, but got 'i32'}}
  %o:2 = theria.sdpa %x, %x, %x scale(%s) : (!x, !x, !x, i32) -> (!x, tensor<1x2x4xf32>)
  return
}
