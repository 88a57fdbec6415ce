//===- Einsum.cpp - contractions and reductions ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"

#include "dialect/Folds.h"
#include "dialect/TypeSyntax.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace theria {

Equation EinsumOp::getLabels() {
  Equation equation;
  Equation::parse(getEquation(), getWhereLabels().value_or(""), equation);
  return equation;
}

EinsumOp EinsumOp::create(OpBuilder &builder, Location loc, RankedTensorType type, const Equation &equation,
                          ValueRange inputs, Value mask, function_ref<Value(char)> sizeOf) {
  SmallVector<Value> sizes;
  for (char label : equation.newLabels())
    if (type.isDynamicDim(equation.result.find(label)))
      sizes.push_back(sizeOf(label));
  StringAttr where = mask ? builder.getStringAttr(equation.where) : StringAttr();
  return create(builder, loc, type, builder.getStringAttr(equation.str()), where, inputs, mask, sizes);
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// A tensor of an einsum with its labels and what to call it in an error.
struct Labelled {
  std::string name;
  StringRef labels;
  RankedTensorType type;
};

static LogicalResult verifyLabels(EinsumOp op, const Labelled &tensor) {
  for (auto [position, label] : llvm::enumerate(tensor.labels)) {
    if (!llvm::isAlpha(label))
      return op.emitOpError() << "expected letters as labels, but found '" << label << "' in \"" << op.getEquation()
                              << "\"; write one letter for each dimension, as in \"ij,jk->ik\"";
    if (tensor.labels.find(label) != position)
      return op.emitOpError() << "expected each label once in " << tensor.name << ", but found '" << label
                              << "' twice; extract the diagonal with another operation";
  }
  if (int64_t(tensor.labels.size()) != tensor.type.getRank())
    return op.emitOpError() << "expected " << tensor.name << " of rank " << tensor.labels.size() << " for the labels '"
                            << tensor.labels << "', but found " << tensor.type << "; give one label for each dimension";
  return success();
}

static LogicalResult verifySizes(EinsumOp op, ArrayRef<Labelled> tensors) {
  llvm::SmallDenseMap<char, std::pair<int64_t, const Labelled *>> sizes;
  for (const Labelled &tensor : tensors)
    for (auto [label, size] : llvm::zip_equal(tensor.labels, tensor.type.getShape())) {
      if (ShapedType::isDynamic(size))
        continue;
      auto [known, isNew] = sizes.try_emplace(label, std::make_pair(size, &tensor));
      if (!isNew && known->second.first != size)
        return op.emitOpError() << "expected one size for label '" << label << "', but found " << known->second.first
                                << " in " << known->second.second->name << " and " << size << " in " << tensor.name
                                << "; make the dimensions agree or use another label";
    }
  return success();
}

/// Every tensor that carries the row and the column label of a pair tensor is marked so.
static LogicalResult verifyPairs(EinsumOp op, ArrayRef<Labelled> tensors) {
  for (const Labelled &pair : tensors) {
    PairAttr mark = getPair(pair.type);
    if (!mark)
      continue;
    char row = pair.labels[mark.getRows()], col = pair.labels[mark.getCols()];
    for (const Labelled &tensor : tensors) {
      size_t rowAt = tensor.labels.find(row), colAt = tensor.labels.find(col);
      if (rowAt == StringRef::npos || colAt == StringRef::npos)
        continue;
      auto want = PairAttr::get(op.getContext(), rowAt, colAt);
      if (tensor.type.getEncoding() != want)
        return op.emitOpError() << "expected " << tensor.name << " to carry " << want << ", as " << pair.name
                                << " pairs the labels '" << row << "' and '" << col << "', but found " << tensor.type
                                << "; mark its type, or cast with theria.pair_cast";
    }
  }
  return success();
}

static LogicalResult verifyElements(EinsumOp op, const Equation &equation) {
  Type element = op.getType().getElementType();
  for (Value input : op.getInputs())
    if (getElementTypeOrSelf(input.getType()) != element)
      return op.emitOpError() << "expected one element type, but found " << input.getType() << " beside a result of "
                              << element << "; extend or truncate the operand first";
  bool contracts = op.getInputs().size() > 1 || !isSubset(equation.inputs.front(), equation.result);
  if (!isa<FloatType>(element) && (contracts || op.getMask()))
    return op.emitOpError() << "expected floats in a contraction, but found elements of " << element
                            << "; integers are only broadcast and transposed";
  return success();
}

LogicalResult EinsumOp::verify() {
  Equation equation;
  if (!Equation::parse(getEquation(), getWhereLabels().value_or(""), equation))
    return emitOpError() << "expected an equation as \"ij,jk->ik\", but found \"" << getEquation()
                         << "\"; write the result's labels after '->'";
  if (getInputs().empty() || equation.inputs.size() != getInputs().size())
    return emitOpError() << "expected labels for " << getInputs().size() << " operands (one or more), but found "
                         << equation.inputs.size() << " groups in \"" << getEquation()
                         << "\"; separate the operands' labels by commas";
  if (bool(getMask()) != bool(getWhereLabels()))
    return emitOpError() << "expected a mask and its labels together, but found " << (getMask() ? "a mask" : "labels")
                         << " alone; write where \"ij\" %mask";
  SmallVector<Labelled> tensors;
  for (auto [number, input] : llvm::enumerate(getInputs()))
    tensors.push_back(
        {"operand " + std::to_string(number), equation.inputs[number], cast<RankedTensorType>(input.getType())});
  tensors.push_back({"the result", equation.result, getType()});
  if (getMask())
    tensors.push_back({"the mask", equation.where, cast<RankedTensorType>(getMask().getType())});
  for (const Labelled &tensor : tensors)
    if (failed(verifyLabels(*this, tensor)) || failed(verifyMark(*this, tensor.type)))
      return failure();
  std::string all = llvm::join(equation.inputs, "") + equation.result;
  if (std::string unknown = subtract(equation.where, all); !unknown.empty())
    return emitOpError() << "expected the mask's labels among those of the equation, but found '" << unknown
                         << "' in neither operands nor result; broadcast or reduce the mask first";
  int64_t dynamic = llvm::count_if(equation.newLabels(),
                                   [&](char label) { return getType().isDynamicDim(equation.result.find(label)); });
  if (int64_t(getSizes().size()) != dynamic)
    return emitOpError() << "expected " << dynamic
                         << " sizes, one for each dynamic dimension of the result whose label is "
                         << "in no operand, but found " << getSizes().size() << "; list them in sizes(…)";
  if (failed(verifyElements(*this, equation)) || failed(verifySizes(*this, tensors)))
    return failure();
  return verifyPairs(*this, tensors);
}

OpFoldResult EinsumOp::fold(FoldAdaptor) {
  Type element = getType().getElementType();
  if (getMask()) {
    OpFoldResult folded = foldMask(*this, Builder(getContext()).getZeroAttr(element));
    if (!getMask())
      removeWhereLabelsAttr();
    return folded;
  }
  Equation equation = getLabels();
  if (getInputs().size() != 1 || !isSubset(equation.inputs.front(), equation.result))
    return {};
  Value input = getInputs().front();
  if (input.getType() == getType() && equation.inputs.front() == equation.result)
    return input;
  Attribute constant = getUniformConstant(input);
  return constant ? foldToUniform(getType(), constant) : OpFoldResult();
}

LogicalResult EinsumOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  Equation equation = getLabels();
  SmallVector<OpFoldResult> sizes;
  auto nextSize = getSizes().begin();
  for (auto [position, label] : llvm::enumerate(equation.result)) {
    bool dynamic = getType().isDynamicDim(position);
    if (!equation.inputsHave(label)) {
      sizes.push_back(dynamic ? OpFoldResult(*nextSize++) : builder.getIndexAttr(getType().getDimSize(position)));
      continue;
    }
    if (!dynamic) {
      sizes.push_back(builder.getIndexAttr(getType().getDimSize(position)));
      continue;
    }
    for (auto [labels, input] : llvm::zip_equal(equation.inputs, getInputs()))
      if (size_t at = labels.find(label); at != std::string::npos) {
        sizes.push_back(createDim(builder, getLoc(), input, at));
        break;
      }
  }
  shapes.push_back(sizes);
  return success();
}

//===----------------------------------------------------------------------===//
// Differentiation: einsums again, under the same mask
//===----------------------------------------------------------------------===//

LogicalResult EinsumOp::linearise(OpBuilder &builder, Tangents &tangents) {
  Value sum;
  for (OpOperand &operand : getInputsMutable()) {
    Value tangent = tangents.of(operand.get());
    if (!tangent)
      continue;
    auto term = cast<EinsumOp>(builder.clone(*getOperation()));
    term->setOperand(operand.getOperandNumber(), tangent);
    sum = sum ? Value(arith::AddFOp::create(builder, getLoc(), sum, term.getResult())) : term.getResult();
  }
  if (sum)
    tangents.set(getResult(), sum);
  return success();
}

LogicalResult EinsumOp::transpose(OpBuilder &builder, Cotangents &cotangents) {
  Equation labels = getLabels();
  Value cotangent = cotangents.of(getResult());
  unsigned linear = 0;
  for (auto [number, input] : llvm::enumerate(getInputs())) {
    if (!cotangents.isLinear(input))
      continue;
    if (linear++)
      return failure();
    Equation transposed = labels;
    std::swap(transposed.inputs[number], transposed.result);
    SmallVector<Value> operands(getInputs());
    operands[number] = cotangent;
    auto sizeOf = [&](char label) { return createDim(builder, getLoc(), input, transposed.result.find(label)); };
    cotangents.add(builder, input,
                   EinsumOp::create(builder, getLoc(), cast<RankedTensorType>(input.getType()), transposed, operands,
                                    getMask(), sizeOf));
  }
  return success();
}

} // namespace theria
