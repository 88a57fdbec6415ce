//===- MakeEntry.cpp - an entry that takes and returns arrays -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_MAKEENTRY
#include "lib/Reference/Passes.h.inc"

namespace {

struct MakeEntry : impl::MakeEntryBase<MakeEntry> {
  using MakeEntryBase::MakeEntryBase;
  void runOnOperation() override;

private:
  FailureOr<func::FuncOp> findFunction();
};

} // namespace

/// The type under which a value passes the entry; null where it cannot.
static RankedTensorType arrayType(Type type) {
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    return tensor.getElementType().isIntOrIndexOrFloat() ? tensor : RankedTensorType();
  return type.isIntOrIndexOrFloat() ? RankedTensorType::get({}, type) : RankedTensorType();
}

static LogicalResult verifyTypes(func::FuncOp function) {
  auto verify = [&](StringRef what, TypeRange types) -> LogicalResult {
    for (auto [number, type] : llvm::enumerate(types))
      if (!arrayType(type))
        return function.emitError() << "expected " << what << " " << number << " of @" << function.getSymName()
                                    << " to be a scalar or a ranked tensor of scalars, but found " << type
                                    << "; call it from a function that has only those";
    return success();
  };
  if (failed(verify("argument", function.getArgumentTypes())))
    return failure();
  return verify("result", function.getResultTypes());
}

static void buildBody(func::FuncOp entry, func::FuncOp function) {
  Location loc = function.getLoc();
  OpBuilder builder = OpBuilder::atBlockBegin(entry.addEntryBlock());
  SmallVector<Value> arguments;
  for (auto [argument, type] : llvm::zip_equal(entry.getArguments(), function.getArgumentTypes()))
    arguments.push_back(isa<RankedTensorType>(type) ? Value(argument)
                                                    : tensor::ExtractOp::create(builder, loc, argument, ValueRange()));
  auto call = func::CallOp::create(builder, loc, function, arguments);
  SmallVector<Value> results;
  for (auto [result, type] : llvm::zip_equal(call.getResults(), entry.getResultTypes()))
    results.push_back(isa<RankedTensorType>(result.getType())
                          ? Value(result)
                          : tensor::FromElementsOp::create(builder, loc, type, result));
  func::ReturnOp::create(builder, loc, results);
}

FailureOr<func::FuncOp> MakeEntry::findFunction() {
  SmallVector<func::FuncOp> candidates;
  for (auto each : getOperation().getOps<func::FuncOp>())
    if (function.empty() ? each.isPublic() : each.getSymName() == function)
      candidates.push_back(each);
  if (candidates.size() == 1)
    return candidates.front();
  auto error = getOperation().emitError();
  if (function.empty())
    error << "expected one public function, but found " << candidates.size() << "; name the one to run";
  else
    error << "expected a function named @" << function << ", but found none; name one of the module's";
  for (auto each : getOperation().getOps<func::FuncOp>())
    if (!each.isPrivate())
      error.attachNote(each.getLoc()) << "here is @" << each.getSymName();
  return failure();
}

void MakeEntry::runOnOperation() {
  ModuleOp module = getOperation();
  FailureOr<func::FuncOp> found = findFunction();
  if (failed(found) || failed(verifyTypes(*found)))
    return signalPassFailure();
  if (Operation *other = module.lookupSymbol(kEntry)) {
    other->emitError() << "expected no symbol named @" << kEntry << ", but found this; give it another name";
    return signalPassFailure();
  }

  for (auto each : module.getOps<func::FuncOp>())
    each.setPrivate();
  SmallVector<Type> arguments, results;
  llvm::transform(found->getArgumentTypes(), std::back_inserter(arguments), arrayType);
  llvm::transform(found->getResultTypes(), std::back_inserter(results), arrayType);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  auto entry = func::FuncOp::create(builder, found->getLoc(), kEntry, builder.getFunctionType(arguments, results));
  entry->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(), builder.getUnitAttr());
  for (unsigned i = 0; i < arguments.size(); ++i)
    entry.setArgAttr(i, bufferization::BufferizationDialect::kWritableAttrName, builder.getBoolAttr(false));
  buildBody(entry, *found);
}

} // namespace theria::reference
