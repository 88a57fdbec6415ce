// The generator of docs/theria-run.md, written a second time, gives the same numbers.
// RUN: mkdir -p %t
// RUN: theria-run %s --function=doubles --input=4x5xf64=normal:7 --input=20xf64=uniform:18446744073709551615 \
// RUN:   --output=@%t/normal.npy --output=@%t/uniform.npy
// RUN: python3 %S/Inputs/generator.py %t/normal.npy normal 7
// RUN: python3 %S/Inputs/generator.py %t/uniform.npy uniform 18446744073709551615

// Smaller types hold the same numbers rounded, whatever the shape.
// RUN: theria-run %s --function=small --input=20xf32=normal:7 --input=5x4xf16=normal:7 --input=20xbf16=normal:7 \
// RUN:   --output=@%t/f32.npy --output=@%t/f16.npy --output=@%t/bf16.npy
// RUN: python3 %S/Inputs/generator.py %t/f32.npy normal 7 6e-8
// RUN: python3 %S/Inputs/generator.py %t/f16.npy normal 7 5e-4
// RUN: python3 %S/Inputs/generator.py %t/bf16.npy normal 7 4e-3

// Input number i of --fill has the seed SEED + i.
// RUN: theria-run %s --function=doubles --fill=normal:6 --output=_ --output=@%t/normal.npy
// RUN: python3 %S/Inputs/generator.py %t/normal.npy normal 7

// A uniform i1 is a fair coin.
// RUN: theria-run %s --function=coins --fill=uniform:3 | FileCheck %s --check-prefix=COINS
// COINS: result 0: tensor<10000xi1>, first values {{.*}}, norm 70.{{[0-9]+}}
// RUN: not theria-run %s --function=coins --fill=normal:3 2>&1 | FileCheck %s --check-prefix=NORMAL
// NORMAL: error: input 0 (%x: tensor<10000xi1>): expected a floating-point element type for random values, but found i1

func.func @doubles(%x: tensor<4x5xf64>, %y: tensor<20xf64>) -> (tensor<4x5xf64>, tensor<20xf64>) {
  return %x, %y : tensor<4x5xf64>, tensor<20xf64>
}

func.func @small(%x: tensor<20xf32>, %y: tensor<5x4xf16>, %z: tensor<20xbf16>)
    -> (tensor<20xf32>, tensor<5x4xf16>, tensor<20xbf16>) {
  return %x, %y, %z : tensor<20xf32>, tensor<5x4xf16>, tensor<20xbf16>
}

func.func @coins(%x: tensor<10000xi1>) -> tensor<10000xi1> {
  return %x : tensor<10000xi1>
}
