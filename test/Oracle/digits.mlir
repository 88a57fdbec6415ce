// The oracle computes to as many digits as asked for: known constants, and derivatives at source level by differences.
// RUN: theria-run %s --path=oracle --function=exp --input=1 --precision=200 | FileCheck %s --check-prefix=E
// RUN: theria-run %s --path=oracle --function=exp --input=1 --precision=200 --derive=jvp,jvp,jvp --fill=ones | FileCheck %s --check-prefix=E
// RUN: theria-run %s --path=oracle --function=exp --input=1 --precision=200 --derive=hvp,vjp --fill=ones | FileCheck %s --check-prefix=E
// E: 2.71828182845904523536028747135266249775724709369995957496

// 113 bits without --precision, 53 are those of f64.
// RUN: theria-run %s --path=oracle --function=pi | FileCheck %s --check-prefix=PI
// PI: result 0: f64, value 3.14159265358979323846264338327950
// RUN: theria-run %s --path=oracle --function=pi --precision=53 | FileCheck %s --check-prefix=DOUBLE
// DOUBLE: result 0: f64, value 3.1415926535897{{[0-9]*$}}
func.func @exp(%x: f64) -> f64 {
  %y = math.exp %x : f64
  return %y : f64
}
func.func @pi() -> f64 {
  %one = arith.constant 1.0 : f64
  %four = arith.constant 4.0 : f64
  %quarter = math.atan %one : f64
  %pi = arith.mulf %four, %quarter : f64
  return %pi : f64
}

// No operation rounds to its type: 1 + 2⁻³⁰ − 1 in f32 (2⁻³⁰ = 9.31322574615478515625e-10), and 2·10³⁸·10 − 10³⁹.
// RUN: theria-run %s --path=oracle --function=exact --input=9.31322574615478515625e-10 | FileCheck %s --check-prefix=EXACT
// EXACT: value 9.31322574615478515625e-10
// RUN: theria-run %s --path=reference --function=exact --input=9.31322574615478515625e-10 | FileCheck %s --check-prefix=ROUNDED
// ROUNDED: value 0
func.func @exact(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %sum = arith.addf %one, %x : f32
  %rest = arith.subf %sum, %one : f32
  return %rest : f32
}

// Files hold results rounded once to their type; --expect compares these.
// RUN: theria-run %s --path=oracle --function=pi --output=@%t.npy
// RUN: theria-run %s --path=reference --function=pi --expect=@%t.npy --rtol=2e-16
