// Scalars from the command line, one value of each type, also over a whole tensor.
// RUN: theria-run %s --function=floats --input=0.1 --input=0.1 --input=0.1 --input=-0x1p-3 --input=inf --input=nan \
// RUN:   | FileCheck %s --check-prefix=FLOATS
// FLOATS: result 0: f64, value 0.1
// FLOATS-NEXT: result 1: f32, value 0.1
// FLOATS-NEXT: result 2: f16, value 0.099975586
// FLOATS-NEXT: result 3: bf16, value -0.125
// FLOATS-NEXT: result 4: f32, value inf
// FLOATS-NEXT: result 5: tensor<f32>, value nan
// RUN: theria-run %s --function=integers --input=true --input=-128 --input=32767 --input=+3 --input=-7 \
// RUN:   | FileCheck %s --check-prefix=INTEGERS
// INTEGERS: result 0: i1, value true
// INTEGERS-NEXT: result 1: i8, value -128
// INTEGERS-NEXT: result 2: tensor<i16>, value 32767
// INTEGERS-NEXT: result 3: i64, value 3
// INTEGERS-NEXT: result 4: index, value -7
// RUN: theria-run %s --function=tensor --input=2x3xf32=0.25 | FileCheck %s --check-prefix=TENSOR
// TENSOR: result 0: tensor<2x3xf32>, values 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, norm 0.612372436

// One rounding only: through f64 this would be a tie that goes to 1.
// RUN: theria-run %s --function=half --input=1.00048828125000000000001 | FileCheck %s --check-prefix=HALF
// HALF: result 0: f16, value 1.0009766

// RUN: not theria-run %s --function=half --input=70000 2>&1 | FileCheck %s --check-prefix=OVERFLOW
// OVERFLOW: error: input 0 (%x: f16): expected a value in the range of f16, but found 70000
// RUN: not theria-run %s --function=half --input=one 2>&1 | FileCheck %s --check-prefix=WORD
// WORD: error: input 0 (%x: f16): expected a number for f16, but found 'one'
// RUN: not theria-run %s --function=half --input= 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: expected @FILE.npy, SHAPExTYPE=FILL or a number, but found nothing
// RUN: not theria-run %s --function=byte --input=128 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: error: input 0 (%x: i8): expected a value in the range of i8, but found 128
// RUN: not theria-run %s --function=byte --input=-129 2>&1 | FileCheck %s --check-prefix=LOW
// LOW: expected a value in the range of i8, but found -129
// RUN: not theria-run %s --function=byte --input=99999999999999999999 2>&1 | FileCheck %s --check-prefix=LONG
// LONG: expected a value in the range of i8, but found 99999999999999999999
// RUN: not theria-run %s --function=byte --input=1.5 2>&1 | FileCheck %s --check-prefix=FRACTION
// FRACTION: expected an integer for i8, but found '1.5'
// RUN: not theria-run %s --function=bool --input=2 2>&1 | FileCheck %s --check-prefix=BOOL
// BOOL: expected true or false for i1, but found '2'
// RUN: not theria-run %s --function=tensor --input=0.25 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: error: input 0 (%x: tensor<2x3xf32>): expected @FILE.npy or SHAPExTYPE=FILL for a tensor, but found '0.25'

func.func @floats(%a: f64, %b: f32, %c: f16, %d: bf16, %e: f32, %f: tensor<f32>)
    -> (f64, f32, f16, bf16, f32, tensor<f32>) {
  return %a, %b, %c, %d, %e, %f : f64, f32, f16, bf16, f32, tensor<f32>
}
func.func @integers(%a: i1, %b: i8, %c: tensor<i16>, %d: i64, %e: index) -> (i1, i8, tensor<i16>, i64, index) {
  return %a, %b, %c, %d, %e : i1, i8, tensor<i16>, i64, index
}
func.func @tensor(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  return %x : tensor<2x3xf32>
}
func.func @half(%x: f16) -> f16 {
  return %x : f16
}
func.func @byte(%x: i8) -> i8 {
  return %x : i8
}
func.func @bool(%x: i1) -> i1 {
  return %x : i1
}
