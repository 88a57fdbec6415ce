// The tangent of a call is what a linearisation makes; written in a program, it is an error for every derivative.
// RUN: not theria-opt %s --theria-expand-calculus 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not theria-run %s --function=t --fill=1 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not theria-run %s --function=t --fill=1 --derive=jvp 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not theria-run %s --function=t --fill=1 --derive=vjp 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not theria-run %s --function=t --fill=1 --derive=hvp 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: theria-opt %s --theria-orders -o %t 2>&1 | FileCheck %s --check-prefix=ORDERS

func.func private @opaque(f32) -> f32 attributes {theria.vjp = @opaque_vjp}
func.func private @opaque_vjp(f32, f32) -> (f32, f32)

// ORDERS-LABEL: @t :
// ORDERS: JVP no
// ORDERS-NEXT: because expected a derivative that a program can ask for
// ORDERS: VJP no
// ORDERS: HVP no
func.func @t(%x: f32) -> f32 {
  // CHECK: tangent-call.mlir:[[#@LINE+1]]:9: error: expected a derivative that a program can ask for, but found the tangent of a call, which only a linearisation makes; write theria.jvp @opaque instead
  %ty = theria.tangent_call @opaque vjp @opaque_vjp(%x) tangents(%x) : (f32, f32) -> f32
  return %ty : f32
}
