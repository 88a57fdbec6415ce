// Functions with rules and no body, with results that are no reals, and rules that fail.
// RUN: theria-run %s --function=opaque --derive=jvp --path=oracle --input=3 --input=2 | FileCheck %s --check-prefix=OPAQUE
// The rule's primal result is x², its tangent 5·ẋ.
// OPAQUE: result 0: f64, value 9{{$}}
// OPAQUE: tangent of result 0: f64, value 10{{$}}
func.func private @square(%x: f64) -> f64 attributes {theria.jvp = @square_jvp}
func.func private @square_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %y = arith.mulf %x, %x : f64
  %five = arith.constant 5.0 : f64
  %s = arith.mulf %t, %five : f64
  return %y, %s : f64, f64
}
func.func @opaque(%x: f64) -> f64 {
  %y = func.call @square(%x) : (f64) -> f64
  return %y : f64
}

// An integer among the results has no tangent.
// RUN: theria-run %s --function=counted --derive=jvp --path=oracle --input=3 --input=2 | FileCheck %s --check-prefix=COUNTED
// RUN: theria-run %s --function=counted --derive=vjp --path=oracle --input=3 --input=2 | FileCheck %s --check-prefix=COUNTED
// COUNTED: result 0: i32, value 4
// COUNTED: result 1: f64, value 3
// COUNTED: tangent of {{.*}}: f64, value 14{{$}}
func.func private @count(%x: f64) -> (i32, f64) attributes {theria.jvp = @count_jvp} {
  %four = arith.constant 4 : i32
  return %four, %x : i32, f64
}
func.func private @count_jvp(%x: f64, %t: f64) -> (i32, f64, f64) {
  %four = arith.constant 4 : i32
  %seven = arith.constant 7.0 : f64
  %s = arith.mulf %t, %seven : f64
  return %four, %x, %s : i32, f64, f64
}
func.func @counted(%x: f64) -> (i32, f64) {
  %n, %y = func.call @count(%x) : (f64) -> (i32, f64)
  return %n, %y : i32, f64
}

// RUN: not theria-run %s --function=failing --derive=jvp --path=oracle --input=3 --input=2 2>&1 | FileCheck %s --check-prefix=FAILING
// RUN: not theria-run %s --function=failing --derive=vjp --path=oracle --input=3 --input=2 2>&1 | FileCheck %s --check-prefix=FAILING
// FAILING: declared-rules.mlir:[[#@LINE+6]]:{{[0-9]+}}: error: a rule that fails
func.func private @fail(%x: f64) -> f64 attributes {theria.vjp = @fail_vjp} {
  return %x : f64
}
func.func private @fail_vjp(%x: f64, %g: f64) -> (f64, f64) {
  %no = arith.constant false
  theria.check %no, "a rule that fails"
  return %x, %g : f64, f64
}
func.func @failing(%x: f64) -> f64 {
  %y = func.call @fail(%x) : (f64) -> f64
  return %y : f64
}
