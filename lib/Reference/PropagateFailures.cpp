//===- PropagateFailures.cpp - return after a call that failed ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "lib/Reference/Failure.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_PROPAGATEFAILURES
#include "lib/Reference/Passes.h.inc"

namespace {

struct PropagateFailures : impl::PropagateFailuresBase<PropagateFailures> {
  void runOnOperation() override;
};

} // namespace

static constexpr StringLiteral kAllocate = "_mlir_memref_to_llvm_alloc";

/// The functions from which a call of theria_fail or an allocation is reached.
static llvm::DenseSet<StringRef> findFailing(ModuleOp module) {
  llvm::DenseSet<StringRef> failing = {"theria_fail", "theria_parallel", kAllocate};
  for (bool changed = true; changed;) {
    changed = false;
    module.walk([&](LLVM::CallOp call) {
      auto caller = call->getParentOfType<LLVM::LLVMFuncOp>();
      if (caller && call.getCallee() && failing.contains(*call.getCallee()))
        changed |= failing.insert(caller.getSymName()).second;
    });
  }
  failing.erase("theria_fail");
  return failing;
}

static void returnNothing(OpBuilder &builder, Location loc, LLVM::LLVMFuncOp function) {
  Type type = function.getFunctionType().getReturnType();
  SmallVector<Value> nothing;
  if (!isa<LLVM::LLVMVoidType>(type))
    nothing.push_back(LLVM::PoisonOp::create(builder, loc, type));
  LLVM::ReturnOp::create(builder, loc, nothing);
}

namespace {

/// Branches after calls of one function to blocks that return.
class Returns {
public:
  Returns(LLVM::LLVMFuncOp function, FailureReporter &reporter) : function(function), reporter(reporter) {}

  void branchAfter(LLVM::CallOp call);

private:
  Block *afterAllocation(Location loc);
  Block *afterCall(Location loc);

  LLVM::LLVMFuncOp function;
  FailureReporter &reporter;
  /// Of each message one, which takes the number of bytes.
  llvm::DenseMap<Location, Block *> allocations;
  Block *calls = nullptr;
};

} // namespace

Block *Returns::afterAllocation(Location loc) {
  Block *&block = allocations[loc];
  if (block)
    return block;
  block = &function.getBody().emplaceBlock();
  OpBuilder builder = OpBuilder::atBlockEnd(block);
  reporter.report(builder, loc,
                  "expected memory for {0} bytes, but the system has none "
                  "left; make the tensors smaller",
                  block->addArgument(builder.getI64Type(), loc));
  returnNothing(builder, loc, function);
  return block;
}

Block *Returns::afterCall(Location loc) {
  if (calls)
    return calls;
  calls = &function.getBody().emplaceBlock();
  OpBuilder builder = OpBuilder::atBlockEnd(calls);
  returnNothing(builder, loc, function);
  return calls;
}

void Returns::branchAfter(LLVM::CallOp call) {
  Location loc = call.getLoc();
  Block *before = call->getBlock();
  Block *after = before->splitBlock(call->getNextNode());
  OpBuilder builder = OpBuilder::atBlockEnd(before);
  if (call.getCallee() != kAllocate) {
    Value failed = reporter.failed(builder, loc);
    LLVM::CondBrOp::create(builder, loc, failed, afterCall(loc), after);
    return;
  }
  Value null = LLVM::ZeroOp::create(builder, loc, call.getResult().getType());
  Value failed = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, call.getResult(), null);
  LLVM::CondBrOp::create(builder, loc, failed, afterAllocation(loc), call.getArgOperands(), after, ValueRange());
}

void PropagateFailures::runOnOperation() {
  llvm::DenseSet<StringRef> failing = findFailing(getOperation());
  llvm::MapVector<Operation *, SmallVector<LLVM::CallOp>> calls;
  getOperation().walk([&](LLVM::CallOp call) {
    if (call.getCallee() && failing.contains(*call.getCallee()))
      calls[call->getParentOfType<ModuleOp>()].push_back(call);
  });
  for (auto &[module, callsThere] : calls) {
    FailureReporter reporter(cast<ModuleOp>(module));
    llvm::MapVector<LLVM::LLVMFuncOp, Returns> returns;
    for (LLVM::CallOp call : callsThere) {
      auto function = call->getParentOfType<LLVM::LLVMFuncOp>();
      returns.try_emplace(function, function, reporter).first->second.branchAfter(call);
    }
  }
}

} // namespace theria::reference
