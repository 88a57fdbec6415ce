// Second derivatives of z = x²·y, with z̄ = 1 and every other cotangent and tangent 1, at x = 3, y = 2.
// DEFINE: %{run} = theria-run %s --function=f --input=3 --input=2 --fill=ones

// z, x̄ = 2xy, ȳ = x²; then 2xy + 2y + 2x, x² + 2x, and 2xy + x² for z̄.
// RUN: %{run} --derive=vjp,vjp | FileCheck %s --check-prefix=VJP-VJP
// VJP-VJP:      f64, value 18
// VJP-VJP-NEXT: f64, value 12
// VJP-VJP-NEXT: f64, value 9
// VJP-VJP-NEXT: f64, value 22
// VJP-VJP-NEXT: f64, value 15
// VJP-VJP-NEXT: f64, value 21

// z, ż = 2xy + x²; then 2xy + 2y + 2x, x² + 2x, and 2xy, x² for the tangents.
// RUN: %{run} --derive=jvp,vjp | FileCheck %s --check-prefix=JVP-VJP
// JVP-VJP:      f64, value 18
// JVP-VJP-NEXT: f64, value 21
// JVP-VJP-NEXT: f64, value 22
// JVP-VJP-NEXT: f64, value 15
// JVP-VJP-NEXT: f64, value 12
// JVP-VJP-NEXT: f64, value 9

// The inner derivative in x alone, the outer one in y alone: x̄ = 2xy is asked for, and so is ∂(z + x̄)/∂y = x² + 2x.
// RUN: theria-run %s --function=mixed --input=3 --input=2 --fill=ones | FileCheck %s --check-prefix=MIXED
// MIXED:      f64, value 12
// MIXED-NEXT: f64, value 15

// Third order: d/dx of (z + x̄ + ȳ)'s gradient in x, 2xy + 2y + 2x, is 2y + 2; only the last cotangent's sum differs.
// RUN: %{run} --derive=vjp,vjp,jvp | FileCheck %s --check-prefix=THIRD
// THIRD:      tangent of result 0: f64, value 21

// The gradient of 2z alone: 4xy and 2x²; with cotangents 1, 4y + 4x and 4x.
// RUN: theria-run %s --function=gradient --derive=vjp --input=3 --input=2 --fill=ones | FileCheck %s --check-prefix=GRADIENT
// GRADIENT:      f64, value 24
// GRADIENT-NEXT: f64, value 18
// GRADIENT-NEXT: f64, value 20
// GRADIENT-NEXT: f64, value 12
func.func @f(%x: f64, %y: f64) -> f64 {
  %xx = arith.mulf %x, %x : f64
  %z = arith.mulf %xx, %y : f64
  return %z : f64
}
func.func @in_x(%x: f64, %y: f64, %g: f64) -> (f64, f64) {
  %r:2 = theria.vjp @f(%x, %y) cotangents(%g) wrt = [0] : (f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
func.func @mixed(%x: f64, %y: f64, %g: f64, %u: f64, %w: f64) -> (f64, f64) {
  %r:3 = theria.vjp @in_x(%x, %y, %g) cotangents(%u, %w) wrt = [1] : (f64, f64, f64) -> (f64, f64, f64)
  return %r#1, %r#2 : f64, f64
}
func.func @gradient(%x: f64, %y: f64) -> (f64, f64) {
  %two = arith.constant 2.0 : f64
  %r:3 = theria.vjp @f(%x, %y) cotangents(%two) : (f64, f64) -> (f64, f64, f64)
  return %r#1, %r#2 : f64, f64
}
