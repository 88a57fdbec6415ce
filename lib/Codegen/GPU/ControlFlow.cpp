//===- ControlFlow.cpp - loops and branches of other types ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/ControlFlow.h"

using namespace mlir;

namespace theria::gpu {

scf::ForOp moveLoop(OpBuilder &builder, scf::ForOp op, ValueRange inits) {
  auto loop = scf::ForOp::create(builder, op.getLoc(), op.getLowerBound(), op.getUpperBound(), op.getStep(), inits);
  Block *body = loop.getBody();
  // A loop that carries nothing is made with its end.
  body->clear();
  body->getOperations().splice(body->end(), op.getBody()->getOperations());
  op.getInductionVar().replaceAllUsesWith(loop.getInductionVar());
  return loop;
}

scf::IfOp moveBranch(OpBuilder &builder, scf::IfOp op, TypeRange types) {
  auto branch = scf::IfOp::create(builder, op.getLoc(), types, op.getCondition(), /*addThenBlock=*/true,
                                  /*addElseBlock=*/!op.getElseRegion().empty());
  for (auto [from, to] : llvm::zip(op->getRegions(), branch->getRegions())) {
    if (from.empty())
      continue;
    Block &block = to.front();
    block.clear();
    block.getOperations().splice(block.end(), from.front().getOperations());
  }
  return branch;
}

} // namespace theria::gpu
