//===- Decompose.cpp - composite operations replaced by definitions --------===//
#include "lib/Calculus/Calculus.h"
#include "lib/Calculus/Passes.h"

#include "dialect/Theria.h"

namespace theria::calculus {
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
} // namespace theria::calculus
