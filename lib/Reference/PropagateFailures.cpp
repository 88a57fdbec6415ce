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

/// Branches after `call` to a new block that returns, before which it records
/// that memory is exhausted where the call was an allocation.
static void branchAfter(LLVM::CallOp call, FailureReporter &reporter) {
  Location loc = call.getLoc();
  auto function = call->getParentOfType<LLVM::LLVMFuncOp>();
  Block *before = call->getBlock();
  Block *after = before->splitBlock(call->getNextNode());
  OpBuilder builder = OpBuilder::atBlockEnd(&function.getBody().emplaceBlock());
  Block *failed = builder.getBlock();
  bool allocates = call.getCallee() == kAllocate;
  if (allocates)
    reporter.report(builder, loc,
                    "expected memory for {0} bytes, but the system has none "
                    "left; make the tensors smaller",
                    call.getArgOperands());
  returnNothing(builder, loc, function);

  builder.setInsertionPointToEnd(before);
  Value condition;
  if (allocates) {
    Value null = LLVM::ZeroOp::create(builder, loc, call.getResult().getType());
    condition = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, call.getResult(), null);
  } else {
    condition = reporter.failed(builder, loc);
  }
  LLVM::CondBrOp::create(builder, loc, condition, failed, after);
}

void PropagateFailures::runOnOperation() {
  llvm::DenseSet<StringRef> failing = findFailing(getOperation());
  SmallVector<LLVM::CallOp> calls;
  getOperation().walk([&](LLVM::CallOp call) {
    if (call.getCallee() && failing.contains(*call.getCallee()))
      calls.push_back(call);
  });
  FailureReporter reporter(getOperation());
  for (LLVM::CallOp call : calls)
    branchAfter(call, reporter);
}

} // namespace theria::reference
