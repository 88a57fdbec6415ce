// Functions with a body and a custom rule run, forward and differentiated: the rule says 7 where the body says cos x.

// RUN: theria-run %s --function=by_vjp --input=0.0 | FileCheck %s --check-prefix=FORWARD
// RUN: theria-run %s --function=by_jvp --input=0.0 | FileCheck %s --check-prefix=FORWARD
// FORWARD: result 0: f64, value 0
// RUN: theria-run %s --function=by_vjp --derive=vjp --input=0.0 --input=2.0 | FileCheck %s --check-prefix=VJP
// RUN: theria-run %s --function=by_jvp --derive=vjp --input=0.0 --input=2.0 | FileCheck %s --check-prefix=VJP
// VJP: cotangent of %x: f64, value 14
// RUN: theria-run %s --function=by_jvp --derive=jvp --input=0.0 --input=3.0 | FileCheck %s --check-prefix=JVP
// JVP: tangent of result 0: f64, value 21

// The primal of a rule may be a call of the function whose rule it is.
func.func private @f_vjp(%x: f64, %g: f64) -> (f64, f64) {
  %seven = arith.constant 7.0 : f64
  %y = func.call @f(%x) : (f64) -> f64
  %gx = arith.mulf %seven, %g : f64
  return %y, %gx : f64, f64
}
func.func private @f(%x: f64) -> f64 attributes {theria.vjp = @f_vjp} {
  %y = math.sin %x : f64
  return %y : f64
}
func.func @by_vjp(%x: f64) -> f64 {
  %y = func.call @f(%x) : (f64) -> f64
  return %y : f64
}

func.func private @h_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %seven = arith.constant 7.0 : f64
  %y = func.call @h(%x) : (f64) -> f64
  %ty = arith.mulf %seven, %t : f64
  return %y, %ty : f64, f64
}
func.func private @h(%x: f64) -> f64 attributes {theria.jvp = @h_jvp} {
  %y = math.sin %x : f64
  return %y : f64
}
func.func @by_jvp(%x: f64) -> f64 {
  %y = func.call @h(%x) : (f64) -> f64
  return %y : f64
}
