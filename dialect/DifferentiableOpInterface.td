//===- DifferentiableOpInterface.td - rules of operations --*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIFFERENTIABLE_OP_INTERFACE_TD
#define THERIA_DIFFERENTIABLE_OP_INTERFACE_TD

include "mlir/IR/OpBase.td"

def DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let cppNamespace = "::theria";
  let description = [{
    An operation's differentiation rule. An op declares its kind and, as the kind asks for it, how it is linearised,
    transposed or decomposed; JVP, VJP and every further derivative follow. No method has a default, so that
    an operation without a kind does not compile.
  }];
  let methods = [
    InterfaceMethod<"The kind of rule.", "::theria::RuleKind", "getRuleKind">,
    InterfaceMethod<[{
        Emits the tangents of the results, linear in the tangents of the operands. The op stands in the function that is
        being built: its operands and results are the primal values.
      }], "::llvm::LogicalResult", "linearise", (ins "::mlir::OpBuilder &":$builder, "::theria::Tangents &":$tangents)>,
    InterfaceMethod<[{
        Emits the cotangents of the linear operands from those of the results, for an op that is linear in them.
      }], "::llvm::LogicalResult", "transpose",
      (ins "::mlir::OpBuilder &":$builder, "::theria::Cotangents &":$cotangents)>,
    InterfaceMethod<"Replaces a composite op by operations that define it.", "::llvm::LogicalResult", "decompose",
      (ins "::mlir::RewriterBase &":$rewriter)>
  ];
}

#endif // THERIA_DIFFERENTIABLE_OP_INTERFACE_TD
