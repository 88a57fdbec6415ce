//===- ExpandCalculus.cpp - derivatives replaced by operations -------------===//
#include "lib/Calculus/Calculus.h"
#include "lib/Calculus/Passes.h"

#include "dialect/Theria.h"

namespace theria::calculus {
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
} // namespace theria::calculus
