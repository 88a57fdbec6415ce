// Operands that do not fit together, and control flow that does not end, are said where the oracle finds them.
// RUN: split-file %s %t

// RUN: not theria-run %t/mask.mlir --path=oracle --input=2xf64=ones --input=3xi1=ones 2>&1 | FileCheck %s --check-prefix=MASK
// MASK: mask.mlir:2:8: error: expected operands of one shape, but found a mask of another; give arrays whose sizes agree
//--- mask.mlir
func.func @f(%a: tensor<?xf64>, %m: tensor<?xi1>) -> tensor<f64> {
  %y = theria.logsumexp %a dim = 0 where %m : (tensor<?xf64>, tensor<?xi1>) -> tensor<f64>
  return %y : tensor<f64>
}

// RUN: not theria-run %t/label.mlir --path=oracle --input=2xf64=ones --input=3xf64=ones 2>&1 | FileCheck %s --check-prefix=LABEL
// LABEL: label.mlir:2:8: error: expected one size for label 'i', but found 2 in operand 0 and 3 in operand 1; give arrays whose sizes agree
//--- label.mlir
func.func @f(%a: tensor<?xf64>, %b: tensor<?xf64>) -> tensor<f64> {
  %y = theria.einsum "i,i->" %a, %b : (tensor<?xf64>, tensor<?xf64>) -> tensor<f64>
  return %y : tensor<f64>
}

// RUN: not theria-run %t/gather.mlir --path=oracle --input=2xi64=zeros --input=3xi64=zeros --input=2xi1=ones 2>&1 | FileCheck %s --check-prefix=INDICES
// INDICES: gather.mlir:3:8: error: expected operands of one shape, but found indices of another; give arrays whose sizes agree
// RUN: not theria-run %t/gather.mlir --path=oracle --input=2xi64=zeros --input=2xi64=zeros --input=3xi1=ones 2>&1 | FileCheck %s --check-prefix=WHERE
// WHERE: gather.mlir:3:8: error: expected operands of one shape, but found a mask of another; give arrays whose sizes agree
// RUN: not theria-run %t/gather.mlir --path=oracle --input=2xi64=zeros --input=2xi64=-1 --input=2xi1=ones 2>&1 | FileCheck %s --check-prefix=INDEX
// INDEX: gather.mlir:3:8: error: expected an index in dim 1 of the table of size 2, but found -1; keep indices inside or mask them
//--- gather.mlir
func.func @f(%i: tensor<?xi64>, %j: tensor<?xi64>, %m: tensor<?xi1>) -> tensor<?xf64> {
  %t = arith.constant dense<1.0> : tensor<2x2xf64>
  %y = theria.gather %t[%i, %j] where %m : (tensor<2x2xf64>, tensor<?xi64>, tensor<?xi64>, tensor<?xi1>) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// RUN: not theria-run %t/heads.mlir --path=oracle --input=1x3x1x1xf64=ones --input=1x2x1x1xf64=ones 2>&1 | FileCheck %s --check-prefix=HEADS
// HEADS: heads.mlir:2:12: error: expected the query's heads to be a multiple of the key's, but found 3 and 2; group the queries
// RUN: not theria-run %t/heads.mlir --path=oracle --input=2x2x1x1xf64=ones --input=1x2x1x1xf64=ones 2>&1 | FileCheck %s --check-prefix=BATCHES
// BATCHES: heads.mlir:2:12: error: expected operands whose sizes agree with the query's, B×H×N×D, and the key's, B×Hk×M×D, but found others; give arrays whose sizes agree
//--- heads.mlir
func.func @f(%q: tensor<?x?x1x1xf64>, %k: tensor<?x?x1x1xf64>) -> tensor<?x?x1x1xf64> {
  %y, %l = theria.sdpa %q, %k, %k : (tensor<?x?x1x1xf64>, tensor<?x?x1x1xf64>, tensor<?x?x1x1xf64>) -> (tensor<?x?x1x1xf64>, tensor<?x?x1xf64>)
  return %y : tensor<?x?x1x1xf64>
}

// RUN: not theria-run %t/for.mlir --path=oracle --input=0 2>&1 | FileCheck %s --check-prefix=FOR
// FOR: for.mlir:4:8: error: expected a step of at least 1, but found 0; count upwards
//--- for.mlir
func.func @f(%step: index) -> index {
  %zero = arith.constant 0 : index
  %three = arith.constant 3 : index
  %y = scf.for %i = %zero to %three step %step iter_args(%s = %zero) -> index {
    scf.yield %i : index
  }
  return %y : index
}

// RUN: not theria-run %t/forall.mlir --path=oracle --input=3xf64=ones --input=0 2>&1 | FileCheck %s --check-prefix=FORALL
// FORALL: forall.mlir:2:8: error: expected a step of at least 1, but found 0; count upwards
//--- forall.mlir
func.func @f(%a: tensor<3xf64>, %step: index) -> tensor<3xf64> {
  %y = scf.forall (%i) = (0) to (3) step (%step) shared_outs(%o = %a) -> tensor<3xf64> {
    %s = tensor.extract_slice %o[%i] [1] [1] : tensor<3xf64> to tensor<1xf64>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i] [1] [1] : tensor<1xf64> into tensor<3xf64>
    }
  }
  return %y : tensor<3xf64>
}

// RUN: not theria-run %t/blocks.mlir --path=oracle 2>&1 | FileCheck %s --check-prefix=BLOCKS
// BLOCKS: blocks.mlir:2:8: error: expected structured control flow, but found a region of several blocks; use scf
//--- blocks.mlir
func.func @f() -> f64 {
  %y = scf.execute_region -> f64 {
    %a = arith.constant 1.0 : f64
    cf.br ^next(%a : f64)
  ^next(%b: f64):
    scf.yield %b : f64
  }
  return %y : f64
}
