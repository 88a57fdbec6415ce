//===- Passes.td - code for CPUs ---------------------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_CODEGEN_CPU_PASSES
#define THERIA_CODEGEN_CPU_PASSES

include "mlir/Pass/PassBase.td"

def Vectorise : Pass<"theria-vectorise", "::mlir::ModuleOp"> {
  let summary = "Lower linalg on memrefs to vector loops and register-blocked kernels";
  let description = [{
    Runs after bufferization and deallocation; leaves no linalg and no
    `memref.copy`.

    - A contraction C += A*B of f32 or f64 whose result has a unit stride along
      a dimension that one operand lacks becomes calls of a private function
      that is shared by every contraction of the same kind (element type, unit
      stride of A along k, along m or nowhere, C zeroed before or not), with
      sizes and strides as arguments; it has no code for sizes that are known not
      to occur. It keeps a block of C in registers over
      the whole of k: 6 rows by 2 vectors of 16 registers, by 4 of 32. Where B
      has no unit stride it is first packed, a panel at a time.
    - An operation whose results have a unit stride along a parallel dimension
      runs in vectors along it; a reduction over other dimensions stays in
      registers.
    - A reduction along a dimension of unit stride runs in vector accumulators,
      combined in a fixed order.
    - Where some input has its unit stride along another dimension, square tiles
      are transposed in registers.
    - Everything else becomes scalar loops.

    The order of every sum follows from shapes, types and options alone. Every
    product that is added becomes a fused multiply-add where the target has one.
    Math functions of vectors are left to later passes.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "int64_t", "32",
           "Bytes of a vector register: 16, 32 or 64">,
    Option<"vectorRegisters", "vector-registers", "int64_t", "0",
           "Number of vector registers: 16 or 32; 0: 32 of 64 bytes, 16 others">,
    Option<"fma", "fma", "bool", "true",
           "Whether the target has a fused multiply-add">];
  let dependentDialects = [
      "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
      "::mlir::func::FuncDialect", "::mlir::linalg::LinalgDialect",
      "::mlir::LLVM::LLVMDialect",
      "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
      "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

def OutlineLoops : Pass<"theria-outline-loops", "::mlir::ModuleOp"> {
  let summary = "Make every operation on arrays a call, equal ones of one function";
  let description = [{
    Runs after bufferization and deallocation, before `theria-vectorise`. An
    operation of linalg on more than a few elements moves into a private
    function, `@theria.loops…`, of what it uses; operations that differ in what
    they use alone share one. Less is compiled then, and in parts that do not
    depend on each other. Contractions stay, which `theria-vectorise` makes
    calls of shared kernels.
  }];
  let dependentDialects = [
      "::mlir::func::FuncDialect", "::mlir::linalg::LinalgDialect",
      "::mlir::LLVM::LLVMDialect"];
}

def Distribute : Pass<"theria-distribute", "::mlir::func::FuncOp"> {
  let summary = "Cut operations on whole tensors into parts for threads";
  let description = [{
    An operation of linalg on tensors that stands in no `scf.forall`, and has
    work for more than one part, becomes an `scf.forall` over parts along its
    outermost parallel dimensions. The parts, and thus the order of every sum,
    follow from the shape alone.
  }];
  let dependentDialects = [
      "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
      "::mlir::linalg::LinalgDialect", "::mlir::scf::SCFDialect",
      "::mlir::tensor::TensorDialect"];
}

def Parallelise : Pass<"theria-parallelise", "::mlir::ModuleOp"> {
  let summary = "Run scf.forall on threads";
  let description = [{
    The body of every `scf.forall` without results becomes a private function of
    the number of the iteration and of a context that holds what it uses; the
    loop becomes a call of the runtime's `theria_parallel`, which knows whether
    an iteration could use several threads itself, by a loop within the body.
  }];
  let dependentDialects = [
      "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
      "::mlir::LLVM::LLVMDialect"];
}

def Partition : Pass<"theria-partition", "::mlir::ModuleOp"> {
  let summary = "Make modules within the module that can be compiled at a time";
  let description = [{
    Every function goes into one of a few nested modules of about the same size,
    with declarations of the functions it calls there and copies of constants.
    The parts follow from the program alone, not from the number of threads.
    Nothing but these modules is left.
  }];
  let options = [
    Option<"operations", "operations", "int64_t", "200",
           "Operations that a part has, roughly, before there is another">];
}

def MergeParts : Pass<"theria-merge-parts", "::mlir::ModuleOp"> {
  let summary = "Make one module of what theria-partition made";
  let description = [{
    What nested modules hold moves to the module around them; where two define
    the same name, the latter gets another one.
  }];
}

#endif // THERIA_CODEGEN_CPU_PASSES
