//===- WrongPasses.cpp - passes that leave a wrong program ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each fault changes the program after a pass has run.
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"
#include "test/Check/Faults.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

using namespace mlir;
using namespace theria;

/// The normaliser counts keys that the mask leaves out.
static void maskLate(Operation *root) {
  root->walk([](LogsumexpOp op) { op.getMaskMutable().clear(); });
}

/// What was added up before a larger maximum came is not made smaller.
static void keepStaleMaximum(Operation *root) {
  root->walk([](arith::MaximumFOp maximum) {
    for (auto growth : maximum->getBlock()->getOps<math::ExpOp>()) {
      if (growth.getType() != maximum.getType())
        continue;
      OpBuilder builder(growth);
      Value none = arith::SubFOp::create(builder, growth.getLoc(), growth.getOperand(), growth.getOperand());
      growth->setOperand(0, none);
    }
  });
}

/// The innermost loops end a block early.
static void missLastBlock(Operation *root) {
  root->walk([](scf::ForOp loop) {
    if (!loop.getBody()->getOps<scf::ForOp>().empty())
      return;
    OpBuilder builder(loop);
    loop.setUpperBound(arith::SubIOp::create(builder, loop.getLoc(), loop.getUpperBound(), loop.getStep()));
  });
}

/// Where a difference is meant, a sum.
static void addForSubtract(Operation *root) {
  root->walk([](arith::SubFOp op) {
    OpBuilder builder(op);
    op.replaceAllUsesWith(arith::AddFOp::create(builder, op.getLoc(), op.getLhs(), op.getRhs()).getResult());
    op.erase();
  });
}

/// Adds a scalar to each element of the function's first result.
static void addToResult(func::FuncOp function, llvm::function_ref<Value(OpBuilder &, Location)> make) {
  Operation *end = function.getBody().front().getTerminator();
  OpBuilder builder(end);
  Value result = end->getOperand(0), scalar = make(builder, end->getLoc());
  Value scalars = tensor::SplatOp::create(builder, end->getLoc(), scalar, result.getType());
  end->setOperand(0, arith::AddFOp::create(builder, end->getLoc(), result, scalars));
}

/// The result depends on how many threads there are.
static void countThreads(Operation *root) {
  auto module = cast<ModuleOp>(root);
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  auto type = builder.getFunctionType({}, builder.getI32Type());
  auto threads = func::FuncOp::create(builder, module.getLoc(), "omp_get_max_threads", type);
  threads.setPrivate();
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isDeclaration() && function.isPublic())
      addToResult(function, [&](OpBuilder &builder, Location loc) -> Value {
        Value count = func::CallOp::create(builder, loc, threads).getResult(0);
        return arith::SIToFPOp::create(builder, loc, builder.getF64Type(), count);
      });
}

/// 256 MiB are written that no result needs.
static void wasteMemory(Operation *root) {
  for (auto function : cast<ModuleOp>(root).getOps<func::FuncOp>())
    if (!function.isDeclaration() && function.isPublic())
      addToResult(function, [&](OpBuilder &builder, Location loc) -> Value {
        Type element = builder.getF64Type();
        Value zero = arith::ConstantOp::create(builder, loc, builder.getFloatAttr(element, 0));
        Value start = arith::ConstantIndexOp::create(builder, loc, 0);
        auto type = RankedTensorType::get({1 << 25}, element);
        Value empty = bufferization::AllocTensorOp::create(builder, loc, type, ValueRange());
        Value filled = linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
        return tensor::ExtractOp::create(builder, loc, filled, start);
      });
}

/// Every thread works at the first part of a loop.
static void sharePart(Operation *root) {
  root->walk([](func::FuncOp function) {
    if (!function.getName().starts_with("theria.parallel"))
      return;
    OpBuilder builder = OpBuilder::atBlockBegin(&function.getBody().front());
    auto zero = arith::ConstantOp::create(builder, function.getLoc(), builder.getI64IntegerAttr(0));
    function.getArgument(0).replaceAllUsesWith(zero);
  });
}

/// Arrays have half the memory that they need.
static void halveArrays(Operation *root) {
  root->walk([](LLVM::CallOp call) {
    if (call.getCallee() != "_mlir_memref_to_llvm_alloc")
      return;
    OpBuilder builder(call);
    Value one = LLVM::ConstantOp::create(builder, call.getLoc(), builder.getI64IntegerAttr(1));
    call.setOperand(0, LLVM::LShrOp::create(builder, call.getLoc(), call.getOperand(0), one));
  });
}

namespace {
struct WrongPass {
  StringRef name, pass;
  void (*change)(Operation *root);
};
} // namespace

static constexpr WrongPass wrongPasses[] = {
    {"late-mask", "theria-decompose", maskLate},
    {"wrong-simplification", "theria-simplify", addForSubtract},
    {"stale-maximum", "theria-form-sweeps", keepStaleMaximum},
    {"missed-block", "theria-form-sweeps", missLastBlock},
    {"wrong-code", "theria-lower-reductions", addForSubtract},
    {"thread-count", "theria-strip-pairs", countThreads},
    {"memory", "theria-strip-pairs", wasteMemory},
    {"race", "theria-parallelise", sharePart},
    {"overflow", "finalize-memref-to-llvm", halveArrays},
};

/// Runs what an action does, then `fault` where it was its pass.
static void runWithFault(const WrongPass &fault, llvm::function_ref<void()> run, const tracing::Action &action) {
  run();
  auto *execution = dyn_cast<PassExecutionAction>(&action);
  if (!execution || execution->getPass().getArgument() != fault.pass)
    return;
  for (IRUnit unit : action.getContextIRUnits())
    if (auto *root = dyn_cast<Operation *>(unit))
      fault.change(root);
}

bool theria::test::addWrongPass(DialectRegistry &registry, StringRef name) {
  const auto *found = llvm::find_if(wrongPasses, [&](const WrongPass &fault) { return fault.name == name; });
  if (found == std::end(wrongPasses))
    return false;
  static const WrongPass *chosen;
  chosen = found;
  registry.addExtension(+[](MLIRContext *context, TheriaDialect *) {
    context->registerActionHandler(
        [](llvm::function_ref<void()> run, const tracing::Action &action) { runWithFault(*chosen, run, action); });
  });
  return true;
}
