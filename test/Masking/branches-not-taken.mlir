// What a branch of a region computes of captured values alone, too, is as if it were computed for the pairs that take it
// only: no NaN leaves a branch that no pair takes, and no table is read there.

// RUN: theria-run %s --function=logarithm --derive=vjp --input=1x1x2x2xf64=ones --input=0.0 --input=1x1x2x2xf64=ones | FileCheck %s --check-prefix=LOG
// LOG: cotangent of %c: f64, value 0{{$}}
// RUN: theria-run %s --function=logarithm --derive=vjp,jvp --input=1x1x2x2xf64=ones --input=0.0 --fill=ones | FileCheck %s --check-prefix=LOG2
// LOG2-NOT: nan
// LOG2: tangent of cotangent of %c: f64, value 0{{$}}
// RUN: theria-run %s --function=lookup --input=1x1x2x2xf64=ones --input=3xf64=ones --input=7 | FileCheck %s --check-prefix=ONES
// RUN: theria-run %s --function=predicate --input=1x1x2x2xf64=ones --input=3xi1=ones --input=7 | FileCheck %s --check-prefix=ONES
// RUN: theria-run %s --function=helper --input=1x1x2x2xf64=ones --input=3xf64=ones --input=7 | FileCheck %s --check-prefix=ONES
// ONES: result 0: tensor<1x1x2x2xf64>, values {{.*}}, norm 2{{$}}

!q = tensor<1x1x2x2xf64>
!r = tensor<1x1x2xf64>

func.func @logarithm(%q: !q, %c: f64) -> !q {
  %o, %l = theria.sdpa %q, %q, %q causal score(%c) { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %p = arith.cmpi sgt, %j, %i : index
    %y = scf.if %p -> f64 {
      %e = math.log %c : f64
      %t = arith.addf %s, %e : f64
      scf.yield %t : f64
    } else {
      scf.yield %s : f64
    }
    theria.yield %y : f64
  } : (!q, !q, !q, f64) -> (!q, !r)
  return %o : !q
}

func.func @lookup(%q: !q, %t: tensor<3xf64>, %n: index) -> !q {
  %o, %l = theria.sdpa %q, %q, %q score(%t, %n) { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %p = arith.cmpi eq, %j, %n : index
    %y = scf.if %p -> f64 {
      %e = tensor.extract %t[%n] : tensor<3xf64>
      scf.yield %e : f64
    } else {
      scf.yield %s : f64
    }
    theria.yield %y : f64
  } : (!q, !q, !q, tensor<3xf64>, index) -> (!q, !r)
  return %o : !q
}

func.func @predicate(%q: !q, %t: tensor<3xi1>, %n: index) -> !q {
  %o, %l = theria.sdpa %q, %q, %q where(%t, %n) { ^bb0(%b: index, %h: index, %i: index, %j: index):
    %p = arith.cmpi eq, %j, %n : index
    %true = arith.constant true
    %y = scf.if %p -> i1 {
      %e = tensor.extract %t[%n] : tensor<3xi1>
      scf.yield %e : i1
    } else {
      scf.yield %true : i1
    }
    theria.yield %y : i1
  } : (!q, !q, !q, tensor<3xi1>, index) -> (!q, !r)
  return %o : !q
}

func.func private @read(%t: tensor<3xf64>, %n: index) -> f64 {
  %e = tensor.extract %t[%n] : tensor<3xf64>
  return %e : f64
}
func.func @helper(%q: !q, %t: tensor<3xf64>, %n: index) -> !q {
  %o, %l = theria.sdpa %q, %q, %q score(%t, %n) { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %p = arith.cmpi eq, %j, %n : index
    %y = scf.if %p -> f64 {
      %e = func.call @read(%t, %n) : (tensor<3xf64>, index) -> f64
      scf.yield %e : f64
    } else {
      scf.yield %s : f64
    }
    theria.yield %y : f64
  } : (!q, !q, !q, tensor<3xf64>, index) -> (!q, !r)
  return %o : !q
}
