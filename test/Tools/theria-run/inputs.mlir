// Shapes, counts and forms of inputs are checked before anything runs.
// RUN: mkdir -p %t
// RUN: python3 %S/Inputs/npy.py save %t/2x3.npy '<f4' 2x3 1 2 3 4 5 6
// RUN: python3 %S/Inputs/npy.py save %t/6.npy '<f4' 6 1 2 3 4 5 6
// RUN: python3 %S/Inputs/npy.py save %t/scalar.npy '<f4' scalar 0.5
// RUN: python3 %S/Inputs/npy.py save %t/empty.npy '<f4' 0x3

// RUN: theria-run %s --input=@%t/2x3.npy --input=@%t/2x3.npy --input=@%t/scalar.npy | FileCheck %s --check-prefix=VALUES
// RUN: theria-run %s --input=@%t/2x3.npy --input=2x3xf32=zeros --fill=0.5 | FileCheck %s --check-prefix=VALUES
// VALUES: result 0: tensor<2x3xf32>, values 1, 2, 3, 4, 5, 6, norm 9.53939201
// VALUES-NEXT: result 1: f32, value 0.5
// RUN: theria-run %s --input=@%t/empty.npy --fill=ones 2>&1 | FileCheck %s --check-prefix=ZERO
// ZERO: result 0: tensor<0x3xf32>, norm 0

// RUN: not theria-run %s --input=@%t/6.npy --fill=ones 2>&1 | FileCheck %s --check-prefix=RANK
// RANK: error: input 0 (%x: tensor<?x3xf32>): expected rank 2 (?x3), but found rank 1 (6)
// RUN: not theria-run %s --input=2x4xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: error: input 0 (%x: tensor<?x3xf32>): expected shape ?x3, but found 2x4
// RUN: not theria-run %s --input=@%t/2x3.npy --input=@%t/2x3.npy --input=@%t/6.npy 2>&1 | FileCheck %s --check-prefix=SCALAR
// SCALAR: error: input 2 (%s: f32): expected rank 0 (scalar), but found rank 1 (6)
// RUN: not theria-run %s --input=@%t/2x3.npy 2>&1 | FileCheck %s --check-prefix=FEW
// FEW: error: expected 3 inputs, but found 1; give --input for %y: tensor<2x3xf32>, %s: f32, or --fill for all of them
// RUN: not theria-run %s --input=1 --input=1 --input=1 --input=1 2>&1 | FileCheck %s --check-prefix=MANY
// MANY: error: expected at most 3 inputs, but found 4; see --signature
// RUN: not theria-run %s --fill=ones 2>&1 | FileCheck %s --check-prefix=UNBOUND
// UNBOUND: error: input 0 (%x: tensor<?x3xf32>): expected a size for each '?', but --fill has none;
// UNBOUND-SAME: give its shape with --input=SHAPExTYPE=FILL

// RUN: not theria-run %s --input=@ --fill=ones 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: expected the name of a file after '@', but found nothing
// RUN: not theria-run %s --input=@%t/no.npy --fill=ones 2>&1 | FileCheck %s --check-prefix=NOFILE
// NOFILE: error: input 0 (%x: tensor<?x3xf32>): expected a readable .npy file, but {{.*}}no.npy: {{[Nn]}}o such file
// RUN: not theria-run %s --input=@%t --fill=ones 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not theria-run %s --input=@/dev/zero --fill=ones 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: is not a regular file
// RUN: not theria-run %s --input=?x3xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not theria-run %s --input=2x3=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not theria-run %s --input=-2x3xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not theria-run %s "--input=2x3xf32>, tensor<2xf32=ones" --fill=ones 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: expected a shape and element type such as 2x3xf32 before '=', but found
// RUN: not theria-run %s --input=2x3xf32=normal --fill=ones 2>&1 | FileCheck %s --check-prefix=SEED
// SEED: expected 'normal:SEED' with a seed from 0 to 2^64-1, but found 'normal'
// RUN: not theria-run %s --fill=uniform:-1 2>&1 | FileCheck %s --check-prefix=FILLSEED
// FILLSEED: error: --fill: expected 'uniform:SEED' with a seed from 0 to 2^64-1, but found 'uniform:-1'

// RUN: not theria-run %s --input=4611686018427387904x3xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=OVERFLOW
// OVERFLOW: error: input 0 (%x: tensor<?x3xf32>): expected a size that fits 64 bits, but the shape
// OVERFLOW-SAME: 4611686018427387904x3 has more bytes than that
// RUN: not theria-run %s --input=100000000000000x3xf32=ones --fill=ones 2>&1 | FileCheck %s --check-prefix=MEMORY
// MEMORY: the machine has no room for 1200000000000000 bytes; make the tensor smaller

func.func @main(%x: tensor<?x3xf32>, %y: tensor<2x3xf32>, %s: f32) -> (tensor<?x3xf32>, f32) {
  return %x, %s : tensor<?x3xf32>, f32
}
