// Constants that leave an einsum are multiplied in f64 and rounded once; where the type does not hold the product, they stay.
// RUN: theria-opt %s --theria-simplify | FileCheck %s
// RUN: theria-run %s --function=count --input=2xf16=1 | FileCheck %s --check-prefix=COUNT
// RUN: theria-run %s --function=too_large --input=2xf16=0.001 | FileCheck %s --check-prefix=LARGE
// RUN: theria-run %s --function=too_small --input=2xf16=60000 | FileCheck %s --check-prefix=SMALL
// RUN: theria-run %s --function=inside --input=1x70000xf16=1 | FileCheck %s --check-prefix=INSIDE

// 70000 is no f16, but 70000·0.001 = 70.0; 0.001 itself is rounded to 0.00100040436.
// CHECK-LABEL: @count
// CHECK: %[[SCALE:.*]] = arith.constant dense<7.0
// CHECK: arith.mulf %arg0, %[[SCALE]]
// COUNT: values 70, 70
func.func @count(%x: tensor<2xf16>) -> tensor<2xf16> {
  %c = arith.constant dense<0.001> : tensor<2x70000xf16>
  %r = theria.einsum "ij,i->i" %c, %x : (tensor<2x70000xf16>, tensor<2xf16>) -> tensor<2xf16>
  return %r : tensor<2xf16>
}

// CHECK-LABEL: @too_large
// CHECK: theria.einsum "ij,i->i"
// LARGE: values 70{{(\.[0-9]*)?}}, 70
func.func @too_large(%x: tensor<2xf16>) -> tensor<2xf16> {
  %c = arith.constant dense<1.0> : tensor<2x70000xf16>
  %r = theria.einsum "ij,i->i" %c, %x : (tensor<2x70000xf16>, tensor<2xf16>) -> tensor<2xf16>
  return %r : tensor<2xf16>
}

// Neither do 10⁻⁴ and 10⁻⁵ become 10⁻⁹, which in f16 is 0: 60000·10⁻⁹ is 6·10⁻⁵.
// SMALL: values 6.0{{[0-9]*}}e-05, 6.0{{[0-9]*}}e-05
func.func @too_small(%x: tensor<2xf16>) -> tensor<2xf16> {
  %c = arith.constant dense<1.0e-4> : tensor<2xf16>
  %d = arith.constant dense<1.0e-5> : tensor<2xf16>
  %r = theria.einsum "i,i,i->i" %c, %d, %x : (tensor<2xf16>, tensor<2xf16>, tensor<2xf16>) -> tensor<2xf16>
  return %r : tensor<2xf16>
}

// A constant of one leaves, also in f16.
// CHECK-LABEL: @unit
// CHECK: theria.einsum "ij->i" %arg0
func.func @unit(%x: tensor<2x3xf16>) -> tensor<2xf16> {
  %c = arith.constant dense<1.0> : tensor<2x3xf16>
  %r = theria.einsum "ij,ij->i" %c, %x : (tensor<2x3xf16>, tensor<2x3xf16>) -> tensor<2xf16>
  return %r : tensor<2xf16>
}

// An infinite constant is as infinite outside.
// CHECK-LABEL: @infinite
// CHECK: %[[S:.*]] = theria.einsum "ij->i" %arg0
// CHECK: arith.mulf %[[S]]
func.func @infinite(%x: tensor<2x3xf32>) -> tensor<2xf32> {
  %c = arith.constant dense<0x7F800000> : tensor<2x3xf32>
  %r = theria.einsum "ij,ij->i" %c, %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// Under a mask, a sum of ones counts what is live.
// CHECK-LABEL: @live
// CHECK: theria.einsum "ij->i" {{.*}} where "ij" %arg1
func.func @live(%x: tensor<2xf32>, %m: tensor<2x3xi1>) -> tensor<2xf32> {
  %c = arith.constant dense<1.0> : tensor<2x3xf32>
  %r = theria.einsum "ij,i->i" %c, %x where "ij" %m : (tensor<2x3xf32>, tensor<2xf32>, tensor<2x3xi1>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// How often a constant is summed is not known here.
// CHECK-LABEL: @unknown
// CHECK: theria.einsum "ij->i"
func.func @unknown(%x: tensor<2xf32>, %n: index) -> tensor<2xf32> {
  %one = arith.constant 1.0 : f32
  %c = tensor.splat %one[%n] : tensor<2x?xf32>
  %r = theria.einsum "ij,i->i" %c, %x : (tensor<2x?xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// Nor does what would leave a sum too large behind: Σ_j 0.001·x_ij is 70, and Σ_j x_ij no f16.
// CHECK-LABEL: @inside
// CHECK: %[[R:.*]] = theria.einsum "ij,ij->i"
// CHECK: return %[[R]] :
// INSIDE: values 70{{(\.[0-9]*)?}}
func.func @inside(%x: tensor<1x70000xf16>) -> tensor<1xf16> {
  %c = arith.constant dense<0.001> : tensor<1x70000xf16>
  %r = theria.einsum "ij,ij->i" %c, %x : (tensor<1x70000xf16>, tensor<1x70000xf16>) -> tensor<1xf16>
  return %r : tensor<1xf16>
}
