//===- ExpandCalculus.cpp - derivatives replaced by operations -------------===//
#include "lib/Calculus/Calculus.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

namespace theria {
#define GEN_PASS_DEF_EXPANDCALCULUS
#include "lib/Calculus/Passes.h.inc"

namespace {
struct ExpandCalculus : impl::ExpandCalculusBase<ExpandCalculus> {
  void runOnOperation() override {
    Calculus calculus(getOperation());
    for (auto function : llvm::to_vector(getOperation().getOps<mlir::func::FuncOp>()))
      if (failed(calculus.expand(function)))
        return signalPassFailure();
  }
};
} // namespace
} // namespace theria
