// Powers with an exponent, or of a base, of type index.
// RUN: theria-opt %s --theria-legalise-floats | FileCheck %s --check-prefix=CAST
// RUN: theria-run %s --function=powers --input=-3 --input=3 --input=2xf64=0.5 --input=2xindex=-2 | FileCheck %s
// RUN: theria-run %s --function=powers --input=-3 --input=3 --input=2xf64=0.5 --input=2xindex=-2 --path=oracle | FileCheck %s
// CHECK: result 0: index, value -27
// CHECK: result 1: tensor<2xf64>, values 4, 4,

// The derivative, 2·3, of a scalar and of a tensor.
// RUN: theria-run %s --function=scalar --derive=jvp --input=3 --input=2 --input=1 | FileCheck %s --check-prefix=SIX
// RUN: theria-run %s --function=elements --derive=jvp --input=2xf64=3 --input=2xindex=2 --input=2xf64=1 | FileCheck %s --check-prefix=SIX
// SIX: tangent of result 0: {{f64, value 6|tensor<2xf64>, values 6, 6}}

// CAST-LABEL: func.func @scalar
// CAST: %[[N:.*]] = arith.index_cast %{{.*}} : index to i64
// CAST: math.fpowi %{{.*}}, %[[N]] : f64, i64
func.func @scalar(%x: f64, %n: index) -> f64 {
  %y = math.fpowi %x, %n : f64, index
  return %y : f64
}

func.func @elements(%x: tensor<2xf64>, %n: tensor<2xindex>) -> tensor<2xf64> {
  %y = math.fpowi %x, %n : tensor<2xf64>, tensor<2xindex>
  return %y : tensor<2xf64>
}

func.func @powers(%a: index, %b: index, %x: tensor<2xf64>, %n: tensor<2xindex>) -> (index, tensor<2xf64>) {
  %y = math.ipowi %a, %b : index
  %z = math.fpowi %x, %n : tensor<2xf64>, tensor<2xindex>
  return %y, %z : index, tensor<2xf64>
}
