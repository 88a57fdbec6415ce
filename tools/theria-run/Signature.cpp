//===- Signature.cpp - Inputs and outputs of a function, named ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Signature.h"

#include "tools/theria-run/Tensor.h"
#include "tools/theria-run/npy/Npy.h"

#include "llvm/Support/Format.h"

using namespace theria;
using namespace theria::run;
using llvm::ArrayRef;
using llvm::SmallVector;
using mlir::RankedTensorType;
using mlir::Type;

Type Port::elementType() const { return mlir::getElementTypeOrSelf(type); }

ArrayRef<int64_t> Port::shape() const {
  if (auto tensor = llvm::dyn_cast<RankedTensorType>(type))
    return tensor.getShape();
  return {};
}

bool Port::isFloat() const { return llvm::isa<mlir::FloatType>(elementType()); }

static void printPorts(llvm::raw_ostream &stream, const char *heading, ArrayRef<Port> ports) {
  size_t width = 0;
  for (const Port &port : ports)
    width = std::max(width, port.name.size());
  for (auto [index, port] : llvm::enumerate(ports))
    stream << heading << llvm::format(" %2zu  ", index) << llvm::left_justify(port.name, width) << "  " << port.type
           << '\n';
}

void Signature::print(llvm::raw_ostream &stream) const {
  printPorts(stream, "input ", inputs);
  printPorts(stream, "output", outputs);
}

/// Emits an error where `type` is neither a ranked tensor nor a scalar of an
/// element type that theria-run has a form for.
static mlir::LogicalResult checkType(mlir::func::FuncOp function, const llvm::Twine &what, Type type) {
  const Type element = mlir::getElementTypeOrSelf(type);
  const bool isShaped = llvm::isa<mlir::ShapedType>(type);
  auto tensor = llvm::dyn_cast<RankedTensorType>(type);
  if (tensor && static_cast<size_t>(tensor.getRank()) > maxRank)
    return function.emitError() << "expected tensors of rank " << maxRank << " at most, as in .npy files, but " << what
                                << " of @" << function.getName() << " has rank " << tensor.getRank()
                                << "; reshape it in the function";
  if (isSupportedElement(element) && (!isShaped || tensor))
    return mlir::success();
  return function.emitError() << "expected ranked tensors or scalars of f16, bf16, f32, f64, i1, "
                                 "i8, i16, i32, i64 or index, but "
                              << what << " of @" << function.getName() << " is " << type
                              << "; run a function of such types";
}

mlir::FailureOr<Signature> theria::run::getSignature(mlir::func::FuncOp function, ArrayRef<std::string> argumentNames) {
  Signature signature;
  unsigned shapeClass = 0;
  for (auto [name, type] : llvm::zip_equal(argumentNames, function.getArgumentTypes())) {
    if (mlir::failed(checkType(function, "argument " + name, type)))
      return mlir::failure();
    signature.inputs.push_back({name, type, shapeClass++});
  }
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    const std::string name = "result " + std::to_string(index);
    if (mlir::failed(checkType(function, name, type)))
      return mlir::failure();
    signature.outputs.push_back({name, type, shapeClass++});
  }
  return signature;
}

/// One step of a derivative in the inputs numbered `active`, to which those
/// that it adds are added: the next step differentiates in them too.
static Signature deriveStep(const Signature &primal, Derivative step, SmallVector<int64_t> &active) {
  const bool isReverse = step != Derivative::Jvp;
  Signature derived;
  derived.inputs = primal.inputs;
  if (step != Derivative::Hvp)
    derived.outputs = primal.outputs;

  if (isReverse)
    for (const Port &output : primal.outputs)
      if (output.isFloat())
        derived.inputs.push_back({"cotangent of " + output.name, output.type, output.shapeClass});
  if (step != Derivative::Vjp)
    for (int64_t index : active) {
      const Port &input = primal.inputs[index];
      derived.inputs.push_back({"tangent of " + input.name, input.type, input.shapeClass});
    }

  if (!isReverse)
    for (const Port &output : primal.outputs)
      if (output.isFloat())
        derived.outputs.push_back({"tangent of " + output.name, output.type, output.shapeClass});
  if (isReverse)
    for (int64_t index : active) {
      const Port &input = primal.inputs[index];
      const char *prefix = step == Derivative::Hvp ? "tangent of " : "";
      derived.outputs.push_back({prefix + ("cotangent of " + input.name), input.type, input.shapeClass});
    }
  for (size_t added = primal.inputs.size(); added < derived.inputs.size(); ++added)
    active.push_back(added);
  return derived;
}

Signature theria::run::deriveSignature(const Signature &primal, ArrayRef<Derivative> chain,
                                       std::optional<ArrayRef<int64_t>> wrt) {
  SmallVector<int64_t> active;
  for (auto [index, input] : llvm::enumerate(primal.inputs))
    if (wrt ? llvm::is_contained(*wrt, static_cast<int64_t>(index)) : input.isFloat())
      active.push_back(index);
  Signature derived = primal;
  for (Derivative step : chain)
    derived = deriveStep(derived, step, active);
  return derived;
}
