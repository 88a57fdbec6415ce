// What a program says itself of derivatives, differences respect.

// d/dx of x · stop(x) is stop(x), and of that nothing: 3 at x = 3, then 0.
// RUN: theria-run %s --path=oracle --function=stopped --derive=jvp --input=3 --input=1 | FileCheck %s --check-prefix=FIRST
// FIRST: tangent of result 0: f64, value 3{{$}}
// RUN: theria-run %s --path=oracle --function=stopped --derive=jvp,jvp --input=3 --input=1 --input=1 --input=0 | FileCheck %s --check-prefix=SECOND
// SECOND: tangent of tangent of result 0: f64, value 0{{$}}
func.func @stopped(%x: f64) -> f64 {
  %c = theria.stop_gradient %x : f64
  %y = arith.mulf %x, %c : f64
  return %y : f64
}

// A rule that says 5 where the body would give 2x; differentiated again it gives 0.
// RUN: theria-run %s --path=oracle --function=ruled --derive=jvp --input=3 --input=1 | FileCheck %s --check-prefix=RULE
// RUN: theria-run %s --path=oracle --function=ruled --derive=vjp --input=3 --input=1 | FileCheck %s --check-prefix=RULE
// RULE: tangent of {{.*}}: f64, value 5{{$}}
// RUN: theria-run %s --path=oracle --function=ruled --derive=jvp,jvp --input=3 --input=1 --input=1 --input=0 | FileCheck %s --check-prefix=SECOND
func.func private @square(%x: f64) -> f64 attributes {theria.jvp = @square_jvp} {
  %y = arith.mulf %x, %x : f64
  return %y : f64
}
func.func private @square_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %y = arith.mulf %x, %x : f64
  %five = arith.constant 5.0 : f64
  %s = arith.mulf %t, %five : f64
  return %y, %s : f64, f64
}
func.func @ruled(%x: f64) -> f64 {
  %y = func.call @square(%x) : (f64) -> f64
  return %y : f64
}

// A VJP rule alone: its function is x·x, its rule says x² · ȳ, whose own derivative is 2x.
// RUN: theria-run %s --path=oracle --function=transposed --derive=vjp,jvp --input=3 --input=1 --input=1 --input=0 | FileCheck %s --check-prefix=VJP
// VJP: cotangent of %x: f64, value 9{{$}}
// VJP: tangent of cotangent of %x: f64, value 6{{$}}
func.func private @kernel(%x: f64) -> f64 attributes {theria.vjp = @kernel_vjp} {
  %y = arith.mulf %x, %x : f64
  return %y : f64
}
func.func private @kernel_vjp(%x: f64, %g: f64) -> (f64, f64) {
  %y = arith.mulf %x, %x : f64
  %r = arith.mulf %y, %g : f64
  return %y, %r : f64, f64
}
func.func @transposed(%x: f64) -> f64 {
  %y = func.call @kernel(%x) : (f64) -> f64
  return %y : f64
}

// Where two smooth pieces meet the mean of their derivatives, as everywhere in Theria: |x| at 0, and max(x, 2x).
// RUN: theria-run %s --path=oracle --function=kink --derive=jvp --input=0 --input=1 | FileCheck %s --check-prefix=KINK
// KINK: tangent of result 0: f64, value 1.5{{$}}
func.func @kink(%x: f64) -> f64 {
  %a = math.absf %x : f64
  %double = arith.addf %x, %x : f64
  %m = arith.maximumf %x, %double : f64
  %y = arith.addf %a, %m : f64
  return %y : f64
}
