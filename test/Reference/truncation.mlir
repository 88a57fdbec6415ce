// Truncation to bf16 and f16 rounds once, to nearest and ties to even, also from f64 and from integers.
// RUN: theria-run %s --function=bf16 | FileCheck %s --check-prefix=BF16
// RUN: theria-run %s --function=f16 | FileCheck %s --check-prefix=F16
// RUN: theria-run %s --function=integers | FileCheck %s --check-prefix=INT
// RUN: theria-run %s --function=special | FileCheck %s --check-prefix=SPECIAL

// bf16 holds 8 digits: 1 + 2⁻⁸ is a tie, which 2⁻⁴⁰ more decides although f32 does not hold it.
// BF16: values 1, 1.0078125, 1, 1.015625
func.func @bf16() -> tensor<4xbf16> {
  %x = arith.constant dense<[1.00390625, 1.0039062500009095, 1.0039062499990905, 1.01171875]> : tensor<4xf64>
  %y = arith.truncf %x : tensor<4xf64> to tensor<4xbf16>
  return %y : tensor<4xbf16>
}

// f16 holds 11 digits; 65520 is the tie between its largest number and infinity.
// F16: values 1, 1.0009766, 1, inf, 65504
func.func @f16() -> tensor<5xf16> {
  %x = arith.constant dense<[1.00048828125, 1.0004882812509095, 1.0004882812490905, 65520.0, 65519.999999]> : tensor<5xf64>
  %y = arith.truncf %x : tensor<5xf64> to tensor<5xf16>
  return %y : tensor<5xf16>
}

// 2²⁴ + 2¹⁶ + 1 is above the tie of bf16, and a tie of f32 would hide it; unsigned 2⁶⁴ − 1 becomes 2⁶⁴.
// INT: values 16777216, 16908288
// INT: value 1.8446744e+19
func.func @integers() -> (tensor<2xbf16>, bf16) {
  %x = arith.constant dense<[16842752, 16842753]> : tensor<2xi64>
  %y = arith.sitofp %x : tensor<2xi64> to tensor<2xbf16>
  %all = arith.constant -1 : i64
  %z = arith.uitofp %all : i64 to bf16
  return %y, %z : tensor<2xbf16>, bf16
}

// SPECIAL: values nan, inf, -inf, inf, -0
func.func @special() -> tensor<5xbf16> {
  %x = arith.constant dense<[0x7FF8000000000000, 0x7FF0000000000000, 0xFFF0000000000000, 1.0e300, -0.0]> : tensor<5xf64>
  %y = arith.truncf %x : tensor<5xf64> to tensor<5xbf16>
  return %y : tensor<5xbf16>
}
