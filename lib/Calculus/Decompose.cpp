//===- Decompose.cpp - composite operations replaced by definitions --------===//
#include "lib/Calculus/Calculus.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

namespace theria {
#define GEN_PASS_DEF_DECOMPOSE
#include "lib/Calculus/Passes.h.inc"

namespace {
struct Decompose : impl::DecomposeBase<Decompose> {
  void runOnOperation() override {
    if (failed(decomposeComposites(getOperation())))
      signalPassFailure();
  }
};
} // namespace
} // namespace theria
