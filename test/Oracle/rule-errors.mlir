// Rules that the oracle can't evaluate, or not where they are differentiated again.
// RUN: split-file %s %t

// Differences need results, and a VJP alone says none.
// RUN: not theria-run %t/opaque.mlir --function=f --derive=jvp --path=oracle --fill=ones 2>&1 | FileCheck %s --check-prefix=OPAQUE
// OPAQUE: opaque.mlir:4:8: error: expected a function with a body or a JVP rule, but found @g, of which the oracle would have to guess the results; give it one
//--- opaque.mlir
func.func private @g(f64) -> f64 attributes {theria.vjp = @g_vjp}
func.func private @g_vjp(f64, f64) -> (f64, f64)
func.func @f(%x: f64) -> f64 {
  %y = func.call @g(%x) : (f64) -> f64
  return %y : f64
}

// RUN: not theria-run %t/rules.mlir --function=f --derive=jvp,jvp --path=oracle --fill=ones 2>&1 | FileCheck %s --check-prefix=RULES
// RULES: rules.mlir:6:8: error: expected a rule without calls of functions with rules where it is differentiated again, but found one of @h; check lower orders, or without the oracle
// Once, it is evaluated as it stands; that the function passes its argument on takes no digits from the difference.
// RUN: theria-run %t/rules.mlir --function=f --derive=jvp --path=oracle --input=3 --input=1 | FileCheck %s --check-prefix=ONCE
// ONCE: tangent of result 0: f64, value 3{{$}}
//--- rules.mlir
func.func private @g(%x: f64) -> f64 attributes {theria.jvp = @g_jvp} {
  return %x : f64
}
func.func private @g_jvp(%x: f64, %t: f64) -> (f64, f64) {
  // The tangent is 3 here.
  %s = func.call @h(%x) : (f64) -> f64
  %r = arith.mulf %s, %t : f64
  return %x, %r : f64, f64
}
func.func private @h(%x: f64) -> f64 attributes {theria.jvp = @h_jvp} {
  return %x : f64
}
func.func private @h_jvp(%x: f64, %t: f64) -> (f64, f64) {
  return %x, %t : f64, f64
}
func.func @f(%x: f64) -> f64 {
  %y = func.call @g(%x) : (f64) -> f64
  return %y : f64
}

// RUN: not theria-run %t/stopped.mlir --function=f --derive=jvp,jvp --path=oracle --fill=ones 2>&1 | FileCheck %s --check-prefix=STOPPED
// STOPPED: stopped.mlir:5:8: error: expected a rule without theria.stop_gradient where it is differentiated again, but found one; check lower orders, or without the oracle
//--- stopped.mlir
func.func private @g(%x: f64) -> f64 attributes {theria.jvp = @g_jvp} {
  return %x : f64
}
func.func private @g_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %s = theria.stop_gradient %x : f64
  %r = arith.mulf %s, %t : f64
  return %x, %r : f64, f64
}
func.func @f(%x: f64) -> f64 {
  %y = func.call @g(%x) : (f64) -> f64
  return %y : f64
}
