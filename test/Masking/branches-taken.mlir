// A branch of captured values alone, for the pairs that take it: key 1 gets the score log 2, and the weight 2 / 3.
// RUN: theria-run %s --function=f --input=2.0 | FileCheck %s --check-prefix=VALUE
// VALUE: result 0: tensor<1x1x2x1xf64>, values 2, 2
// With c = 2, each of the two outputs is 3·c / (1 + c): the derivative is 3 / (1 + c)² for each.
// RUN: theria-run %s --function=f --derive=vjp --input=2.0 --fill=ones | FileCheck %s --check-prefix=VJP
// VJP: cotangent of %c: f64, value 0.666666

!q = tensor<1x1x2x2xf64>
!v = tensor<1x1x2x1xf64>

func.func @f(%c: f64) -> !v {
  %q = arith.constant dense<0.0> : !q
  %v = arith.constant dense<[[[[0.0], [3.0]]]]> : !v
  %o, %l = theria.sdpa %q, %q, %v score(%c) { ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %c1 = arith.constant 1 : index
    %p = arith.cmpi eq, %j, %c1 : index
    %y = scf.if %p -> f64 {
      %e = math.log %c : f64
      scf.yield %e : f64
    } else {
      scf.yield %s : f64
    }
    theria.yield %y : f64
  } : (!q, !q, !v, f64) -> (!v, tensor<1x1x2xf64>)
  return %o : !v
}
