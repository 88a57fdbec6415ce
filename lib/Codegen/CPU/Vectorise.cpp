//===- Vectorise.cpp - linalg on memrefs to vectors ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Contraction.h"
#include "lib/Codegen/CPU/LoopNest.h"
#include "lib/Codegen/CPU/Passes.h"

#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"

using namespace mlir;

namespace theria::cpu {
#define GEN_PASS_DEF_VECTORISE
#include "lib/Codegen/CPU/Passes.h.inc"

namespace {

struct Vectorise : impl::VectoriseBase<Vectorise> {
  using VectoriseBase::VectoriseBase;

  LogicalResult initialize(MLIRContext *context) override;
  void runOnOperation() override;

private:
  LogicalResult lower(linalg::LinalgOp op, VectorTarget target);
};

} // namespace

LogicalResult Vectorise::initialize(MLIRContext *context) {
  if (vectorBytes != 16 && vectorBytes != 32 && vectorBytes != 64)
    return emitError(UnknownLoc::get(context))
           << "expected vector-bytes of 16, 32 or 64, but found " << vectorBytes.getValue() << "; give the target's";
  if (vectorRegisters != 0 && vectorRegisters != 16 && vectorRegisters != 32)
    return emitError(UnknownLoc::get(context)) << "expected vector-registers of 16 or 32, but found "
                                               << vectorRegisters.getValue() << "; give the target's";
  return success();
}

void generalise(ModuleOp module) {
  module.walk([](memref::CopyOp copy) {
    OpBuilder builder(copy);
    linalg::makeMemRefCopyOp(builder, copy.getLoc(), copy.getSource(), copy.getTarget());
    copy.erase();
  });
  SmallVector<linalg::LinalgOp> named;
  module.walk([&](linalg::LinalgOp op) {
    if (!isa<linalg::GenericOp, linalg::FillOp>(op))
      named.push_back(op);
  });
  IRRewriter rewriter(module.getContext());
  for (linalg::LinalgOp op : named) {
    rewriter.setInsertionPoint(op);
    (void)linalg::generalizeNamedOp(rewriter, op);
  }
}

/// One operation by the first way that it can go.
LogicalResult Vectorise::lower(linalg::LinalgOp op, VectorTarget target) {
  if (!op.hasPureBufferSemantics())
    return op.emitOpError("expected an operation on memrefs, but found tensors; bufferize before theria-vectorise");
  IRRewriter rewriter(op.getContext());
  rewriter.setInsertionPoint(op);
  if (isa<linalg::FillOp>(op)) {
    FailureOr<linalg::GenericOp> generic = linalg::generalizeNamedOp(rewriter, op);
    if (failed(generic))
      return failure();
    op = *generic;
  }
  if (auto generic = dyn_cast<linalg::GenericOp>(op.getOperation()))
    if (succeeded(transposeInRegisters(generic, target)) || succeeded(vectoriseLoops(generic, target)))
      return success();
  if (failed(linalg::linalgOpToLoops(rewriter, op)))
    return op.emitOpError("expected an operation that has loops, but found none; write it as a linalg.generic");
  rewriter.eraseOp(op);
  return success();
}

void Vectorise::runOnOperation() {
  const int64_t registers = vectorRegisters ? vectorRegisters : vectorBytes == 64 ? 32 : 16;
  const VectorTarget target = {vectorBytes, registers, fma};
  generalise(getOperation());
  ContractionKernels kernels(getOperation(), target);
  SmallVector<linalg::GenericOp> generics;
  getOperation().walk([&](linalg::GenericOp op) { generics.push_back(op); });
  for (linalg::GenericOp op : generics)
    if (op.hasPureBufferSemantics())
      (void)callContractionKernel(op, kernels);
  kernels.build();
  // Kernels pack by copies.
  generalise(getOperation());
  SmallVector<linalg::LinalgOp> rest;
  getOperation().walk([&](linalg::LinalgOp op) { rest.push_back(op); });
  for (linalg::LinalgOp op : rest)
    if (failed(lower(op, target)))
      return signalPassFailure();
}

} // namespace theria::cpu
