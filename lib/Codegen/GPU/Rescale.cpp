//===- Rescale.cpp - sums that are seldom scaled --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum beside a running maximum is scaled where the maximum grows, which it seldom does once a walk has seen some
// columns; else the factor is 1, and a warp of which all rows have that leaves out the products, to the same bits.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;

namespace theria::gpu {

Value TileDistributor::differsFromOne(Value line) {
  Value &known = differing[line];
  if (known && known.getParentBlock() == builder.getInsertionBlock())
    return known;
  Value held = piece(line);
  if (!held)
    return {};
  auto type = cast<VectorType>(held.getType());
  Value one = arith::ConstantOp::create(builder, loc, builder.getFloatAttr(type.getElementType(), 1.0)), any;
  for (int64_t row = 0; row < type.getDimSize(0); ++row) {
    Value differs = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE, element(held, row, 0), one);
    any = any ? Value(arith::OrIOp::create(builder, loc, any, differs)) : differs;
  }
  Value all = arith::ConstantIntOp::create(builder, loc, builder.getI32Type(), -1);
  return known = NVVM::VoteSyncOp::create(builder, loc, builder.getI1Type(), all, any, NVVM::VoteSyncKind::any);
}

LogicalResult TileDistributor::rescale(arith::MulFOp op) {
  Value line = op.getRhs().getDefiningOp<vector::BroadcastOp>().getSource();
  Value before = piece(op.getLhs()), factors = piece(line), differs = differsFromOne(line);
  if (!before || !factors || !differs)
    return refuse(op);
  auto branch = scf::IfOp::create(builder, loc, before.getType(), differs, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  Value factor = vector::BroadcastOp::create(builder, loc, before.getType(), factors);
  Value scaled = arith::MulFOp::create(builder, loc, before, factor, op.getFastmath());
  scf::YieldOp::create(builder, loc, scaled);
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, before);
  give(op, branch.getResult(0));
  return success();
}

} // namespace theria::gpu
