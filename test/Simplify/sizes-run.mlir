// The size of a padding or of a concatenation is arithmetic on the sizes of the operands, which runs, here and in derivatives.
// RUN: theria-opt %s --theria-simplify | FileCheck %s --implicit-check-not=affine
// RUN: theria-run %s --function=padded --input=2xf64=5 --input=1 | FileCheck %s --check-prefix=PADDED
// PADDED: result 0: tensor<3xf64>, values 0, 6, 7
// RUN: theria-run %s --function=joined --input=2xf64=1 --input=3xf64=2 | FileCheck %s --check-prefix=JOINED
// JOINED: result 0: tensor<5xf64>, values 8, 8, 16, 16, 16
// RUN: theria-run %s --function=joined --derive=vjp --input=2xf64=1 --input=3xf64=2 --input=5xf64=1 | FileCheck %s --check-prefix=VJP
// With s the joined tensor and t its sum, y = s·t: the cotangent of each element is t + Σ s = 16.
// VJP: cotangent of %x: tensor<2xf64>, values 16, 16
// VJP: cotangent of %y: tensor<3xf64>, values 16, 16, 16
// RUN: theria-run %s --function=padded --derive=vjp,vjp --input=2xf64=5 --input=1 --input=3xf64=1 --fill=ones | FileCheck %s --check-prefix=TWICE
// TWICE: cotangent of %x: tensor<2xf64>, values 1, 1

// CHECK-LABEL: @padded
// CHECK: %[[N:.*]] = tensor.dim %arg0
// CHECK: arith.addi {{.*}}%[[N]]
func.func @padded(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %p = tensor.pad %x low[%n] high[0] {
  ^bb0(%i: index):
    tensor.yield %zero : f64
  } : tensor<?xf64> to tensor<?xf64>
  %size = tensor.dim %p, %c0 : tensor<?xf64>
  %coord = theria.coord dim = 0 sizes(%size) : tensor<?xindex>
  %number = arith.index_cast %coord : tensor<?xindex> to tensor<?xi64>
  %float = arith.sitofp %number : tensor<?xi64> to tensor<?xf64>
  %y = arith.addf %float, %p : tensor<?xf64>
  return %y : tensor<?xf64>
}

// CHECK-LABEL: @joined
func.func @joined(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
  %s = tensor.concat dim(0) %x, %y : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  %t = theria.einsum "a,b->a" %s, %s : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  return %t : tensor<?xf64>
}
