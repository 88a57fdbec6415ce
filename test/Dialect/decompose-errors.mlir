// RUN: theria-opt %s --theria-decompose --split-input-file --verify-diagnostics

!x = tensor<1x1x4x4xf32>
func.func @loop(%x: !x, %n: index) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score(%n) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %c = arith.constant 1 : index
    // expected-error@+1 {{expected an elementwise operation on scalars, tensor.extract, func.call or scf.if in a region that is evaluated for every pair; compute the value outside and capture it}}
    %t = scf.for %k = %c to %n step %c iter_args(%a = %s) -> (f32) {
      %y = arith.mulf %a, %s : f32
      scf.yield %y : f32
    }
    theria.yield %t : f32
  } : (!x, !x, !x, index) -> (!x, tensor<1x1x4xf32>)
  return %out : !x
}

// -----

!x = tensor<1x1x4x4xf32>
func.func @table_of_scores(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    // expected-error@+1 {{expected an elementwise operation on scalars, tensor.extract, func.call or scf.if}}
    %t = tensor.from_elements %s, %s : tensor<2xf32>
    %c = arith.constant 1 : index
    %y = tensor.extract %t[%c] : tensor<2xf32>
    theria.yield %y : f32
  } : (!x, !x, !x) -> (!x, tensor<1x1x4xf32>)
  return %out : !x
}

// -----

!x = tensor<1x1x4x4xf32>
func.func private @opaque(f32) -> f32
func.func @opaque_call(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    // expected-error@+1 {{expected a function with one block that does not call itself, as it is evaluated for every element; write its body into the region}}
    %t = func.call @opaque(%s) : (f32) -> f32
    theria.yield %t : f32
  } : (!x, !x, !x) -> (!x, tensor<1x1x4xf32>)
  return %out : !x
}

// -----

!x = tensor<1x1x4x4xf32>
func.func private @recursive(%s: f32) -> f32 {
  // expected-error@+1 {{expected a function with one block that does not call itself}}
  %t = func.call @recursive(%s) : (f32) -> f32
  return %t : f32
}
func.func @recursive_call(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %t = func.call @recursive(%s) : (f32) -> f32
    theria.yield %t : f32
  } : (!x, !x, !x) -> (!x, tensor<1x1x4xf32>)
  return %out : !x
}

// -----

!x = tensor<1x1x4x4xf32>
func.func @check(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %ok = arith.cmpi ult, %i, %j : index
    // expected-error@+1 {{expected an elementwise operation on scalars, tensor.extract, func.call or scf.if}}
    theria.check %ok, "expected i below j, but found {0} and {1}" (%i, %j)
    theria.yield %ok : i1
  } : (!x, !x, !x) -> (!x, tensor<1x1x4xf32>)
  return %out : !x
}

// -----

!x = tensor<1x1x4x4xf32>
func.func @branch_with_effects(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %ok = arith.cmpi ult, %i, %j : index
    %false = arith.constant false
    // expected-error@+1 {{expected branches without effects in a region that is evaluated for every pair, but found some; move them out of the region}}
    scf.if %ok {
      theria.check %false, "expected no such pair"
    }
    theria.yield %ok : i1
  } : (!x, !x, !x) -> (!x, tensor<1x1x4xf32>)
  return %out : !x
}
