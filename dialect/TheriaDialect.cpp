//===- TheriaDialect.cpp - registration, encodings, rule attributes -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"
#include "dialect/TypeSyntax.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

#include "dialect/TheriaDialect.cpp.inc"

#include "dialect/TheriaEnums.cpp.inc"

#include "dialect/DifferentiableOpInterface.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/TheriaAttributes.cpp.inc"

#define GET_OP_CLASSES
#include "dialect/TheriaOps.cpp.inc"

namespace theria {

namespace {
/// Every operation may stand wherever its function is called.
struct Inlining : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final { return true; }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final { return true; }
};
} // namespace

void TheriaDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/TheriaAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/TheriaOps.cpp.inc"
      >();
  addInterfaces<Inlining>();
}

Operation *TheriaDialect::materializeConstant(OpBuilder &builder, Attribute value, Type type, Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

LogicalResult PairAttr::verify(function_ref<InFlightDiagnostic()> emitError, unsigned rows, unsigned cols) {
  if (rows == cols)
    return emitError() << "expected the rows and the columns of a pair tensor to be two dimensions, but both are "
                       << rows << "; name the query dimension in 'rows' and the key dimension in 'cols'";
  return success();
}

LogicalResult PairAttr::verifyEncoding(ArrayRef<int64_t> shape, Type,
                                       function_ref<InFlightDiagnostic()> emitError) const {
  if (std::max(getRows(), getCols()) < shape.size())
    return success();
  return emitError() << "expected the rows and columns of a pair tensor among its " << shape.size()
                     << " dimensions, but found rows = " << getRows() << ", cols = " << getCols()
                     << "; count dimensions from 0";
}

PairAttr getPair(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? dyn_cast_or_null<PairAttr>(tensor.getEncoding()) : PairAttr();
}

LogicalResult verifyMark(Operation *op, RankedTensorType type) {
  if (!type.getEncoding() || getPair(type))
    return success();
  return op->emitOpError() << "expected an encoding #theria.pair or none, but found " << type
                           << "; other encodings have no meaning here";
}

//===----------------------------------------------------------------------===//
// Custom rules
//===----------------------------------------------------------------------===//

static void append(SmallVectorImpl<Type> &list, TypeRange types, ArrayRef<int64_t> positions) {
  for (int64_t position : positions)
    list.push_back(types[position]);
}

FunctionType getRuleType(FunctionType type, bool jvp) {
  SmallVector<int64_t> inputs = differentiablePositions(type.getInputs());
  SmallVector<int64_t> outputs = differentiablePositions(type.getResults());
  SmallVector<Type> arguments(type.getInputs()), results(type.getResults());
  if (jvp) {
    append(arguments, type.getInputs(), inputs);
    append(results, type.getResults(), outputs);
  } else {
    append(arguments, type.getResults(), outputs);
    append(results, type.getInputs(), inputs);
  }
  return FunctionType::get(type.getContext(), arguments, results);
}

LogicalResult TheriaDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == reportName && isa<FunctionOpInterface>(op) && isa<DictionaryAttr>(attribute.getValue()))
    return success();
  if (name != jvpRuleName && name != vjpRuleName)
    return op->emitOpError() << "has the unknown attribute '" << name << "'; the dialect defines '" << jvpRuleName
                             << "' and '" << vjpRuleName << "' on functions";
  auto function = dyn_cast<func::FuncOp>(op);
  auto symbol = dyn_cast<FlatSymbolRefAttr>(attribute.getValue());
  if (!function || !symbol)
    return op->emitOpError() << "expected '" << name << "' to name a rule of a func.func, as in '" << name
                             << " = @rule'";
  auto rule = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, symbol);
  if (!rule)
    return op->emitOpError() << "expected '" << name << "' to name a function, but found no " << symbol
                             << "; declare the rule in this module";
  FunctionType want = getRuleType(function.getFunctionType(), name == jvpRuleName);
  if (rule.getFunctionType() != want)
    return op->emitOpError() << "expected its rule " << symbol << " to have type " << want << ", but found "
                             << rule.getFunctionType() << "; a rule has the signature of '" << name.drop_front(7)
                             << " f'";
  return success();
}

static LogicalResult refuseAttribute(Operation *op, NamedAttribute attribute, StringRef what) {
  return op->emitOpError() << "expected '" << attribute.getName().getValue() << "' on a function, but found it on "
                           << what << "; the dialect defines no attribute of arguments or results";
}

LogicalResult TheriaDialect::verifyRegionArgAttribute(Operation *op, unsigned, unsigned, NamedAttribute attribute) {
  return refuseAttribute(op, attribute, "an argument");
}

LogicalResult TheriaDialect::verifyRegionResultAttribute(Operation *op, unsigned, unsigned, NamedAttribute attribute) {
  return refuseAttribute(op, attribute, "a result");
}

} // namespace theria
