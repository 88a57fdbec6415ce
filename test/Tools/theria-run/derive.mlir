// --derive names and runs derivatives; shapes of tangents follow their primals.
// RUN: theria-run %s --function=f --derive=vjp,jvp --signature | FileCheck %s --check-prefix=VJP-JVP --match-full-lines
// VJP-JVP:      input   0  %x                                    tensor<?xf64>
// VJP-JVP-NEXT: input   1  %s                                    f64
// VJP-JVP-NEXT: input   2  %n                                    tensor<?xi32>
// VJP-JVP-NEXT: input   3  cotangent of result 0                 tensor<?xf64>
// VJP-JVP-NEXT: input   4  tangent of %x                         tensor<?xf64>
// VJP-JVP-NEXT: input   5  tangent of %s                         f64
// VJP-JVP-NEXT: input   6  tangent of cotangent of result 0      tensor<?xf64>
// VJP-JVP-NEXT: output  0  result 0                    tensor<?xf64>
// VJP-JVP-NEXT: output  1  result 1                    tensor<?xi32>
// VJP-JVP-NEXT: output  2  cotangent of %x             tensor<?xf64>
// VJP-JVP-NEXT: output  3  cotangent of %s             f64
// VJP-JVP-NEXT: output  4  tangent of result 0         tensor<?xf64>
// VJP-JVP-NEXT: output  5  tangent of cotangent of %x  tensor<?xf64>
// VJP-JVP-NEXT: output  6  tangent of cotangent of %s  f64
// RUN: theria-run %s --function=f --derive=hvp --wrt=1 --signature | FileCheck %s --check-prefix=HVP --match-full-lines
// HVP:      input   3  cotangent of result 0  tensor<?xf64>
// HVP-NEXT: input   4  tangent of %s          f64
// HVP-NEXT: output  0  tangent of cotangent of %s  f64

// With y = s·x²: ẏ = 2s·x·ẋ + x²·ṡ; x̄ = 2s·x·ȳ, s̄ = Σ x²·ȳ; s̄˙ = Σ 2x·ẋ·ȳ.
// DEFINE: %{run} = theria-run %s --function=f --input=2xf64=3 --input=2 --input=2xi32=ones
// RUN: %{run} --derive=jvp --fill=ones | FileCheck %s --check-prefix=JVP
// JVP:      result 0: tensor<2xf64>, values 18, 18
// JVP-NEXT: result 1: tensor<2xi32>, values 1, 1
// JVP-NEXT: tangent of result 0: tensor<2xf64>, values 21, 21
// RUN: %{run} --derive=vjp --input=2xf64=10 | FileCheck %s --check-prefix=VJP
// VJP:      result 0: tensor<2xf64>, values 18, 18
// VJP:      cotangent of %x: tensor<2xf64>, values 120, 120
// VJP-NEXT: cotangent of %s: f64, value 180
// RUN: %{run} --derive=hvp --wrt=0 --input=2xf64=10 --fill=ones | FileCheck %s --check-prefix=HVP0
// HVP0: tangent of cotangent of %x: tensor<2xf64>, values 40, 40
// RUN: %{run} --derive=vjp,vjp --wrt=0 --input=2xf64=10 --input=2xf64=zeros --fill=ones | FileCheck %s --check-prefix=VJP2
// VJP2:      cotangent of %x: tensor<2xf64>, values 120, 120
// VJP2-NEXT: cotangent of %x: tensor<2xf64>, values 40, 40
// VJP2-NEXT: cotangent of cotangent of result 0: tensor<2xf64>, values 12, 12

// RUN: not %{run} --derive=jvp --input=3xf64=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: error: input 3 (tangent of %x: tensor<?xf64>): expected shape 2 as %x has, but found 3
// RUN: not %{run} --derive=vjp --fill=ones 2>&1 | FileCheck %s --check-prefix=UNBOUND
// UNBOUND: error: input 3 (cotangent of result 0: tensor<?xf64>): expected a size for each '?'
// A cotangent's shape serves for every later one of that result, and _ leaves an input to --fill.
// RUN: %{run} --derive=vjp,jvp --input=2xf64=10 --input=_ --input=0 --fill=ones | FileCheck %s --check-prefix=FILL
// FILL: tangent of result 0: tensor<2xf64>, values 12, 12
// FILL: tangent of cotangent of %x: tensor<2xf64>, values 52, 52
// RUN: %{run} --derive=vjp,vjp --wrt=0 --input=2xf64=10 --fill=ones | FileCheck %s --check-prefix=ALIKE
// ALIKE: cotangent of cotangent of result 0: tensor<2xf64>, values 12, 12
// RUN: not theria-run %s --function=f --input=_ --input=_ --input=_ 2>&1 | FileCheck %s --check-prefix=NOFILL
// NOFILL: error: input 0 (%x: tensor<?xf64>): expected a value, but found '_' without --fill; give one of the two
// RUN: not %{run} --derive=vjp --input=3xf64=ones 2>&1 | FileCheck %s --check-prefix=COTANGENT
// COTANGENT: derive.mlir:{{[0-9:]+}} error: expected
// RUN: not %{run} --derive=vjp --wrt=2 --fill=ones 2>&1 | FileCheck %s --check-prefix=INTEGER
// INTEGER: derive.mlir:{{[0-9:]+}} error: expected a floating-point argument to differentiate, but argument 2 of '@f' is
// RUN: not %{run} --derive=vjp --wrt=3 --fill=ones 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: derive.mlir:{{[0-9:]+}} error: expected arguments to differentiate among the 3 of '@f', but found 3
// RUN: not %{run} --derive=vjp --wrt=-1 --fill=ones 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: derive.mlir:{{[0-9:]+}} error: expected arguments to differentiate among the 3 of '@f', but found -1

func.func @f(%x: tensor<?xf64>, %s: f64, %n: tensor<?xi32>) -> (tensor<?xf64>, tensor<?xi32>) {
  %zero = arith.constant 0 : index
  %size = tensor.dim %x, %zero : tensor<?xf64>
  %square = arith.mulf %x, %x : tensor<?xf64>
  %scale = tensor.splat %s[%size] : tensor<?xf64>
  %y = arith.mulf %square, %scale : tensor<?xf64>
  return %y, %n : tensor<?xf64>, tensor<?xi32>
}
