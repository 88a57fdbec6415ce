// logsumexp and reduce_max: what is live decides, whatever stands elsewhere.
// RUN: theria-run %s --function=f64 | FileCheck %s
// RUN: theria-run %s --function=f16 | FileCheck %s
// RUN: theria-run %s --function=bf16 | FileCheck %s
// RUN: theria-run %s --function=large | FileCheck %s --check-prefix=LARGE

// Rows: log(e¹ + e²) beside a masked NaN; nothing but −∞; +∞; a live NaN; nothing live; nothing live but +∞ and NaN.
// CHECK: values 2.3{{1[0-9]*}}, -inf, inf, nan, -inf, -inf
// CHECK: values 2, -inf, inf, nan, -inf, -inf
func.func private @reduce(%x: tensor<6x3xf64>) -> (tensor<6xf64>, tensor<6xf64>) {
  %m = arith.constant dense<[[true, true, false], [true, true, true], [true, true, true], [true, true, true],
                             [false, false, false], [false, false, false]]> : tensor<6x3xi1>
  %l = theria.logsumexp %x dim = 1 where %m : (tensor<6x3xf64>, tensor<6x3xi1>) -> tensor<6xf64>
  %max = theria.reduce_max %x dim = 1 where %m : (tensor<6x3xf64>, tensor<6x3xi1>) -> tensor<6xf64>
  return %l, %max : tensor<6xf64>, tensor<6xf64>
}

func.func private @values() -> tensor<6x3xf64> {
  %inf = arith.constant 0x7FF0000000000000 : f64
  %minusInf = arith.constant 0xFFF0000000000000 : f64
  %nan = arith.constant 0x7FF8000000000000 : f64
  %c1 = arith.constant 1.0 : f64
  %c2 = arith.constant 2.0 : f64
  %x = tensor.from_elements %c1, %c2, %nan, %minusInf, %minusInf, %minusInf, %inf, %c1, %minusInf, %c1, %nan, %inf,
      %c1, %c2, %c1, %inf, %nan, %c1 : tensor<6x3xf64>
  return %x : tensor<6x3xf64>
}

func.func @f64() -> (tensor<6xf64>, tensor<6xf64>) {
  %x = call @values() : () -> tensor<6x3xf64>
  %l, %max = call @reduce(%x) : (tensor<6x3xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  return %l, %max : tensor<6xf64>, tensor<6xf64>
}

func.func @f16() -> (tensor<6xf16>, tensor<6xf16>) {
  %wide = call @values() : () -> tensor<6x3xf64>
  %x = arith.truncf %wide : tensor<6x3xf64> to tensor<6x3xf16>
  %m = arith.constant dense<[[true, true, false], [true, true, true], [true, true, true], [true, true, true],
                             [false, false, false], [false, false, false]]> : tensor<6x3xi1>
  %l = theria.logsumexp %x dim = 1 where %m : (tensor<6x3xf16>, tensor<6x3xi1>) -> tensor<6xf16>
  %max = theria.reduce_max %x dim = 1 where %m : (tensor<6x3xf16>, tensor<6x3xi1>) -> tensor<6xf16>
  return %l, %max : tensor<6xf16>, tensor<6xf16>
}

func.func @bf16() -> (tensor<6xbf16>, tensor<6xbf16>) {
  %wide = call @values() : () -> tensor<6x3xf64>
  %x = arith.truncf %wide : tensor<6x3xf64> to tensor<6x3xbf16>
  %m = arith.constant dense<[[true, true, false], [true, true, true], [true, true, true], [true, true, true],
                             [false, false, false], [false, false, false]]> : tensor<6x3xi1>
  %l = theria.logsumexp %x dim = 1 where %m : (tensor<6x3xbf16>, tensor<6x3xi1>) -> tensor<6xbf16>
  %max = theria.reduce_max %x dim = 1 where %m : (tensor<6x3xbf16>, tensor<6x3xi1>) -> tensor<6xbf16>
  return %l, %max : tensor<6xbf16>, tensor<6xbf16>
}

// exp(1000) overflows, its logarithm does not: 1000 + log 2.
// LARGE: values 1000.69314718
func.func @large() -> tensor<1xf64> {
  %x = arith.constant dense<1000.0> : tensor<2x1xf64>
  %l = theria.logsumexp %x dim = 0 : (tensor<2x1xf64>) -> tensor<1xf64>
  return %l : tensor<1xf64>
}
