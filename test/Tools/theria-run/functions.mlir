// RUN: split-file %s %t
// --function may be left out where one function is public.
// RUN: theria-run %t/one.mlir --input=1 | FileCheck %s --check-prefix=ONE
// ONE: result 0: f32, value 1
// RUN: theria-run %t/one.mlir --function=helper --input=1 | FileCheck %s --check-prefix=HELPER
// RUN: theria-run %t/one.mlir --function=@helper --input=1 | FileCheck %s --check-prefix=HELPER
// HELPER: result 0: f32, value 2

// RUN: not theria-run %t/two.mlir 2>&1 | FileCheck %s --check-prefix=TWO
// TWO: two.mlir: expected one public function, but the module has @a, @b; choose one of them with --function
// RUN: not theria-run %t/two.mlir --function=c 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: two.mlir: expected a function @c with a body, but the module has @a, @b; choose one of them with --function
// RUN: not theria-run %t/two.mlir --function=outside 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: two.mlir: expected a function @outside with a body, but the module has @a, @b
// RUN: not theria-run %t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: none.mlir: expected a module with a function, but found none that has a body

// The names of arguments are those of the source; bytecode has none.
// RUN: theria-run %t/two.mlir --function=b --signature | FileCheck %s --check-prefix=SIGNATURE
// SIGNATURE:      input   0  %long_name  tensor<?x3xf32>
// SIGNATURE-NEXT: input   1  %0          i1
// SIGNATURE-NEXT: output  0  result 0  i1
// SIGNATURE-NEXT: output  1  result 1  tensor<?x3xf32>
// RUN: mlir-opt %t/one.mlir --emit-bytecode -o %t/one.mlirbc
// RUN: theria-run %t/one.mlirbc --signature | FileCheck %s --check-prefix=BYTECODE
// BYTECODE: input   0  argument 0  f32
// RUN: theria-run - --signature < %t/one.mlir | FileCheck %s --check-prefix=STDIN
// STDIN: input   0  %x  f32

// RUN: not theria-run %t/no.mlir 2>&1 | FileCheck %s --check-prefix=NOFILE
// NOFILE: error: expected a readable .mlir file, but cannot open input file '{{.*}}no.mlir'
// RUN: not theria-run %t/broken.mlir 2>&1 | FileCheck %s --check-prefix=BROKEN
// BROKEN: broken.mlir:2:10: error: use of undeclared SSA value name
// RUN: not theria-run %t/wrong.mlir 2>&1 | FileCheck %s --check-prefix=WRONG
// WRONG: wrong.mlir:2:3: error: 'func.return' op

//--- one.mlir
func.func @one(%x: f32) -> f32 {
  return %x : f32
}
func.func private @helper(%x: f32) -> f32 {
  %y = arith.addf %x, %x : f32
  return %y : f32
}
func.func private @outside(f32)
//--- two.mlir
func.func @a(%x: f32) -> f32 {
  return %x : f32
}
func.func @b(%long_name: tensor<?x3xf32>, %0: i1) -> (i1, tensor<?x3xf32>) {
  return %0, %long_name : i1, tensor<?x3xf32>
}
func.func private @outside(f32)
//--- none.mlir
func.func private @outside(f32)
//--- broken.mlir
func.func @broken() -> f32 {
  return %x : f32
}
//--- wrong.mlir
func.func @wrong() -> f32 {
  return
}
