//===- LowerChecks.cpp - theria.check becomes a branch --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/Failure.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_LOWERCHECKS
#include "lib/Reference/Passes.h.inc"

namespace {

struct LowerChecks : impl::LowerChecksBase<LowerChecks> {
  void runOnOperation() override {
    FailureReporter reporter(getOperation());
    SmallVector<CheckOp> checks;
    getOperation().walk([&](CheckOp check) { checks.push_back(check); });
    for (CheckOp check : checks)
      lower(check, reporter);
  }

private:
  void lower(CheckOp check, FailureReporter &reporter);
};

} // namespace

void LowerChecks::lower(CheckOp check, FailureReporter &reporter) {
  Location loc = check.getLoc();
  auto function = check->getParentOfType<func::FuncOp>();
  Block *before = check->getBlock();
  Block *after = before->splitBlock(check->getNextNode());

  OpBuilder builder = OpBuilder::atBlockEnd(&function.getBody().emplaceBlock());
  Block *failed = builder.getBlock();
  SmallVector<Value> values;
  for (Value value : check.getValues())
    values.push_back(arith::IndexCastOp::create(builder, loc, builder.getI64Type(), value));
  reporter.report(builder, loc, check.getMessage(), values);
  SmallVector<Value> nothing;
  for (Type type : function.getResultTypes())
    nothing.push_back(ub::PoisonOp::create(builder, loc, type));
  func::ReturnOp::create(builder, loc, nothing);

  builder.setInsertionPointToEnd(before);
  cf::CondBranchOp::create(builder, loc, check.getCondition(), after, ValueRange(), failed, ValueRange());
  check.erase();
}

} // namespace theria::reference
