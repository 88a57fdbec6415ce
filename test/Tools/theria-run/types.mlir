// A file's element type must be the argument's.
// RUN: mkdir -p %t
// RUN: python3 %S/Inputs/npy.py save %t/f4.npy '<f4' 3 1.00390625 1.01171875 -2
// RUN: python3 %S/Inputs/npy.py save %t/f8.npy '<f8' 3 1 2 3
// RUN: python3 %S/Inputs/npy.py save %t/i4.npy '<i4' 3 1 2 3
// RUN: python3 %S/Inputs/npy.py save %t/u4.npy '<u4' 3 1 2 4294967295

// RUN: not theria-run %s --function=single --input=@%t/f8.npy 2>&1 | FileCheck %s --check-prefix=DOUBLE
// DOUBLE: error: input 0 (%x: tensor<3xf32>): {{.*}}f8.npy: expected element type 'f4' for f32, but found 'f8';
// DOUBLE-SAME: convert it with .astype('f4')
// RUN: not theria-run %s --function=single --input=@%t/i4.npy 2>&1 | FileCheck %s --check-prefix=INTEGER
// INTEGER: expected element type 'f4' for f32, but found 'i4'
// RUN: not theria-run %s --function=mask --input=@%t/i4.npy 2>&1 | FileCheck %s --check-prefix=MASK
// MASK: expected element type 'b1' for i1, but found 'i4'
// RUN: not theria-run %s --function=single --input=3xf64=ones 2>&1 | FileCheck %s --check-prefix=FILLED
// FILLED: error: input 0 (%x: tensor<3xf32>): expected element type f32, but found tensor<3xf64>
// A signless integer has no sign: it takes both, and is written as signed.
// RUN: theria-run %s --function=signless --input=@%t/u4.npy --output=@%t/signless.npy
// RUN: python3 %S/Inputs/npy.py show %t/signless.npy | FileCheck %s --check-prefix=SIGNLESS
// SIGNLESS: <i4 (3,) 1 2 -1

// NumPy has no bf16: read from f4, rounded to nearest even, and written as f4.
// RUN: theria-run %s --function=brain --input=@%t/f4.npy --output=@%t/bf16.npy
// RUN: python3 %S/Inputs/npy.py show %t/bf16.npy | FileCheck %s --check-prefix=BRAIN
// BRAIN: <f4 (3,) 1.0 1.015625 -2.0
// RUN: not theria-run %s --function=brain --input=@%t/f8.npy 2>&1 | FileCheck %s --check-prefix=BRAIN-DOUBLE
// BRAIN-DOUBLE: expected element type 'f4' for bf16, but found 'f8'

// RUN: not theria-run %s --function=unsigned --fill=ones 2>&1 | FileCheck %s --check-prefix=UNSIGNED
// UNSIGNED: types.mlir:[[#@LINE+1]]:1: error: expected ranked tensors or scalars of {{.*}}, but result 0 of @unsigned
func.func private @unsigned() -> tensor<3xui32> {
  %x = tensor.empty() : tensor<3xui32>
  return %x : tensor<3xui32>
}
// RUN: not theria-run %s --function=complex --fill=ones 2>&1 | FileCheck %s --check-prefix=COMPLEX
// COMPLEX: types.mlir:[[#@LINE+1]]:1: error: expected ranked tensors or scalars of {{.*}}, but argument %x of @complex
func.func @complex(%x: tensor<3xcomplex<f32>>) {
  return
}
// What a .npy file cannot hold is refused before it is run.
// RUN: python3 -c "t = 'tensor<' + '1x' * 65 + 'f32>'; print(f'func.func @deep(%x: {t}) -> {t} {{ return %x : {t} }}')" > %t/deep.mlir
// RUN: not theria-run %t/deep.mlir --fill=ones 2>&1 | FileCheck %s --check-prefix=DEEP
// DEEP: deep.mlir:1:1: error: expected tensors of rank 64 at most, as in .npy files, but argument %x of @deep has rank 65; reshape it in the function
func.func @single(%x: tensor<3xf32>) -> tensor<3xf32> {
  return %x : tensor<3xf32>
}
func.func @mask(%x: tensor<3xi1>) -> tensor<3xi1> {
  return %x : tensor<3xi1>
}
func.func @signless(%x: tensor<3xi32>) -> tensor<3xi32> {
  return %x : tensor<3xi32>
}
func.func @brain(%x: tensor<3xbf16>) -> tensor<3xbf16> {
  return %x : tensor<3xbf16>
}
