//===- TypeSyntax.cpp - the types of masked operations in text ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/TypeSyntax.h"

using namespace mlir;

namespace theria {

ParseResult parseMaskedTypes(OpAsmParser &parser, SmallVectorImpl<Type> &inputs, const OptionalOperand &maskOperand,
                             Type &mask, Type &result) {
  FunctionType type;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseType(type))
    return failure();
  if (type.getNumResults() != 1)
    return parser.emitError(loc) << "expected one result type, but found " << type.getNumResults()
                                 << "; write (operand types) -> type";
  inputs.assign(type.getInputs().begin(), type.getInputs().end());
  result = type.getResult(0);
  if (!maskOperand)
    return success();
  if (inputs.empty())
    return parser.emitError(loc) << "expected the mask's type last among the operand types, but found none; add it";
  mask = inputs.pop_back_val();
  return success();
}

void printMaskedTypes(OpAsmPrinter &printer, Operation *op, TypeRange inputs, Value maskOperand, Type mask,
                      Type result) {
  SmallVector<Type> types(inputs);
  if (maskOperand)
    types.push_back(mask);
  printer.printFunctionalType(types, TypeRange(result));
}

ParseResult parseMaskedTypes(OpAsmParser &parser, Type &input, const OptionalOperand &maskOperand, Type &mask,
                             Type &result) {
  SmallVector<Type> indices;
  if (parseGatherTypes(parser, input, indices, maskOperand, mask, result))
    return failure();
  if (!indices.empty())
    return parser.emitError(parser.getNameLoc()) << "expected one operand type, but found " << indices.size() + 1
                                                 << "; list that of the operand and, where there is one, of the mask";
  return success();
}

void printMaskedTypes(OpAsmPrinter &printer, Operation *op, Type input, Value maskOperand, Type mask, Type result) {
  printGatherTypes(printer, op, input, TypeRange(), maskOperand, mask, result);
}

ParseResult parseGatherTypes(OpAsmParser &parser, Type &table, SmallVectorImpl<Type> &indices,
                             const OptionalOperand &maskOperand, Type &mask, Type &result) {
  SMLoc loc = parser.getCurrentLocation();
  if (parseMaskedTypes(parser, indices, maskOperand, mask, result))
    return failure();
  if (indices.empty())
    return parser.emitError(loc) << "expected the type of each operand, but found too few; list one for each";
  table = indices.front();
  indices.erase(indices.begin());
  return success();
}

void printGatherTypes(OpAsmPrinter &printer, Operation *op, Type table, TypeRange indices, Value maskOperand, Type mask,
                      Type result) {
  SmallVector<Type> types{table};
  types.append(indices.begin(), indices.end());
  printMaskedTypes(printer, op, types, maskOperand, mask, result);
}

} // namespace theria
