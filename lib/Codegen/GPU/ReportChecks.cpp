//===- ReportChecks.cpp - checks of kernels are reported by the host ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kernel can't end the run. Each of its checks has a line of an array: whether it failed, then the smallest of each
// of its values where it did, so that what is reported does not depend on the order of threads. The host looks when all
// is done.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "dialect/Theria.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_REPORTCHECKS
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

struct ReportChecks : impl::ReportChecksBase<ReportChecks> {
  void runOnOperation() override;

private:
  void note(CheckOp check, int64_t line, Value lines);
  void start(ArrayRef<CheckOp> checks, Value lines, OpBuilder &builder);
  void report(ArrayRef<CheckOp> checks, Value lines, func::ReturnOp end);
};

} // namespace

static Value index(OpBuilder &builder, Location loc, int64_t number) {
  return arith::ConstantIndexOp::create(builder, loc, number);
}

static Value word(OpBuilder &builder, Location loc, int64_t number) {
  return arith::ConstantIntOp::create(builder, loc, builder.getI64Type(), number);
}

/// In the kernel, instead of the check. Where others don't wait for it, a thread does not go on.
void ReportChecks::note(CheckOp check, int64_t line, Value lines) {
  OpBuilder builder(check);
  Location loc = check.getLoc();
  Block *block = check->getBlock();
  auto launch = check->getParentOfType<mlir::gpu::LaunchOp>();
  const bool stops =
      launch.getFunctionAttr().getValue().starts_with(kLoop) && block->getTerminator()->getNumOperands() == 0;
  auto branch = scf::IfOp::create(builder, loc, check.getCondition(), /*withElseRegion=*/true);
  if (stops) {
    Block *then = branch.thenBlock();
    then->getOperations().splice(then->begin(), block->getOperations(), check->getIterator(),
                                 block->getTerminator()->getIterator());
    check->moveBefore(branch);
  }
  builder.setInsertionPointToStart(branch.elseBlock());
  auto put = [&](arith::AtomicRMWKind kind, int64_t position, Value number) {
    memref::AtomicRMWOp::create(builder, loc, kind, number, lines,
                                ValueRange{index(builder, loc, line), index(builder, loc, position)});
  };
  put(arith::AtomicRMWKind::maxs, 0, word(builder, loc, 1));
  for (auto [position, value] : llvm::enumerate(check.getValues()))
    put(arith::AtomicRMWKind::mins, 1 + position,
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), value));
}

/// Nothing has failed yet.
void ReportChecks::start(ArrayRef<CheckOp> checks, Value lines, OpBuilder &builder) {
  Location loc = lines.getLoc();
  for (auto [line, check] : llvm::enumerate(checks))
    for (size_t position = 0; position <= check->getNumOperands() - 1; ++position) {
      Value number = word(builder, loc, position ? std::numeric_limits<int64_t>::max() : 0);
      memref::StoreOp::create(builder, loc, number, lines,
                              ValueRange{index(builder, loc, line), index(builder, loc, position)});
    }
}

void ReportChecks::report(ArrayRef<CheckOp> checks, Value lines, func::ReturnOp end) {
  OpBuilder builder(end);
  for (auto [line, noted] : llvm::enumerate(checks)) {
    CheckOp check = noted;
    Location loc = check.getLoc();
    auto get = [&, line = line](int64_t position) -> Value {
      return memref::LoadOp::create(builder, loc, lines,
                                    ValueRange{index(builder, loc, line), index(builder, loc, position)});
    };
    Value holds = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, get(0), word(builder, loc, 0));
    SmallVector<Value> values;
    for (size_t position = 0; position < check.getValues().size(); ++position)
      values.push_back(arith::IndexCastOp::create(builder, loc, builder.getIndexType(), get(1 + position)));
    CheckOp::create(builder, loc, holds, check.getMessage(), values);
  }
}

void ReportChecks::runOnOperation() {
  func::FuncOp function = getOperation();
  SmallVector<CheckOp> checks;
  function.walk([&](CheckOp check) {
    if (check->getParentOfType<mlir::gpu::LaunchOp>())
      checks.push_back(check);
  });
  if (checks.empty())
    return;
  size_t width = 1;
  for (CheckOp check : checks)
    width = std::max(width, 1 + check.getValues().size());
  OpBuilder builder = OpBuilder::atBlockBegin(&function.getBody().front());
  auto type = MemRefType::get({int64_t(checks.size()), int64_t(width)}, builder.getI64Type());
  Value lines = memref::AllocOp::create(builder, function.getLoc(), type);
  start(checks, lines, builder);
  for (auto [line, check] : llvm::enumerate(checks))
    note(check, line, lines);
  function.walk([&](func::ReturnOp end) {
    report(checks, lines, end);
    OpBuilder after(end);
    memref::DeallocOp::create(after, end.getLoc(), lines);
  });
  for (CheckOp check : checks)
    check.erase();
}

} // namespace theria::gpu
