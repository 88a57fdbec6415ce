// RUN: theria-opt %s --theria-decompose --split-input-file --verify-diagnostics

// The body of a function with a custom rule would be differentiated in its place.

!q = tensor<1x1x2x2xf64>
!r = tensor<1x1x2xf64>

func.func private @f_jvp(f64, f64) -> (f64, f64)
func.func private @f(%x: f64) -> f64 attributes {theria.jvp = @f_jvp} {
  %y = math.sin %x : f64
  return %y : f64
}
func.func @rule(%q: !q) -> !q {
  %o, %l = theria.sdpa %q, %q, %q score { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    // expected-error@+1 {{expected a function without a custom rule, as its body is evaluated on all elements at once, but '@f' declares one; call a function without a rule, or call this one outside of the region and capture its result}}
    %e = func.call @f(%s) : (f64) -> f64
    theria.yield %e : f64
  } : (!q, !q, !q) -> (!q, !r)
  return %o : !q
}

// -----

// A choice between whole tensors that differs from pair to pair.

!q = tensor<1x1x2x2xf64>
!r = tensor<1x1x2xf64>
!t = tensor<3xf64>

func.func @choice_of_tensors(%q: !q, %t: !t, %u: !t) -> !q {
  %o, %l = theria.sdpa %q, %q, %q score(%t, %u) { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %p = arith.cmpi sgt, %j, %i : index
    // expected-error@+1 {{expected an elementwise operation on scalars, tensor.extract, func.call or scf.if in a region that is evaluated for every pair; compute the value outside and capture it}}
    %w = arith.select %p, %t, %u : !t
    %e = tensor.extract %w[%i] : !t
    theria.yield %e : f64
  } : (!q, !q, !q, !t, !t) -> (!q, !r)
  return %o : !q
}

// -----

!q = tensor<1x1x2x2xf64>
!r = tensor<1x1x2xf64>
!t = tensor<3xf64>

func.func @branches_of_tensors(%q: !q, %t: !t, %u: !t) -> !q {
  %o, %l = theria.sdpa %q, %q, %q score(%t, %u) { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %p = arith.cmpi sgt, %j, %i : index
    // expected-error@+1 {{expected an elementwise operation on scalars, tensor.extract}}
    %w = scf.if %p -> !t {
      scf.yield %t : !t
    } else {
      scf.yield %u : !t
    }
    %e = tensor.extract %w[%i] : !t
    theria.yield %e : f64
  } : (!q, !q, !q, !t, !t) -> (!q, !r)
  return %o : !q
}
