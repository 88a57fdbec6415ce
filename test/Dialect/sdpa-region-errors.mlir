// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

func.func @not_captured(%x: !x, %t: f32) {
  // expected-error@+1 {{expected every value that the score region uses to be listed, but found one of type 'f32' from outside; add it to score(…)}}
  %o:2 = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %y = arith.addf %s, %t : f32
    theria.yield %y : f32
  } : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @not_captured_by_where(%x: !x, %n: index) {
  // expected-error@+1 {{expected every value that the where region uses to be listed, but found one of type 'index' from outside; add it to where(…)}}
  %o:2 = theria.sdpa %x, %x, %x where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %y = arith.cmpi ult, %i, %n : index
    theria.yield %y : i1
  } : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @too_many_arguments(%x: !x, %t: f32) {
  // expected-error@+1 {{expected the score region to take ('f32', 'index', 'index', 'index', 'index', 'f32'), but found ('f32', 'index', 'index', 'index', 'index', 'f32', 'f32'); its coordinates are of type index}}
  %o:2 = theria.sdpa %x, %x, %x score(%t) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %u: f32, %w: f32):
    theria.yield %s : f32
  } : (!x, !x, !x, f32) -> (!x, !r)
  return
}

func.func @integer_coordinates(%x: !x) {
  // expected-error@+1 {{expected the where region to take ('index', 'index', 'index', 'index'), but found ('i32', 'i32', 'i32', 'i32')}}
  %o:2 = theria.sdpa %x, %x, %x where {
  ^bb0(%b: i32, %h: i32, %i: i32, %j: i32):
    %y = arith.cmpi ult, %i, %j : i32
    theria.yield %y : i1
  } : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @yields_another_type(%x: !x) {
  // expected-error@+1 {{expected the score region to end in one theria.yield of 'f32'; yield a single scalar of this type}}
  %o:2 = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    theria.yield %i : index
  } : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @no_terminator(%x: !x) {
  // expected-error@+1 {{expected the score region to end in one theria.yield of 'f32'}}
  %o:2 = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %y = arith.addf %s, %s : f32
  } : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @empty_block(%x: !x) {
  // expected-error@+1 {{expected the where region to end in one theria.yield of 'i1'}}
  %o:2 = theria.sdpa %x, %x, %x where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
  } : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @captures_without_region(%x: !x, %t: f32) {
  // expected-error@+1 {{expected a score region for its 1 captured values, but found none; remove them or write the region}}
  %o:2 = "theria.sdpa"(%x, %x, %x, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 1, 0>}> ({}, {})
       : (!x, !x, !x, f32) -> (!x, !r)
  return
}

// -----

func.func @yield_elsewhere(%x: f32) {
  // expected-error@+1 {{expects parent op to be one of 'theria.sdpa, theria.sdpa_jvp, theria.sdpa_vjp, theria.sdpa_hvp'}}
  theria.yield %x : f32
}

// -----

// In the generic form, a region's operations may be invalid themselves.
func.func @yields_nothing(%x: tensor<1x1x2x4xf32>) {
  theria.sdpa %x, %x, %x where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    // expected-error@+1 {{'theria.yield' op requires a single operand}}
    "theria.yield"() : () -> ()
  } : (tensor<1x1x2x4xf32>, tensor<1x1x2x4xf32>, tensor<1x1x2x4xf32>) -> (tensor<1x1x2x4xf32>, tensor<1x1x2xf32>)
  return
}
