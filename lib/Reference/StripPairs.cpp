//===- StripPairs.cpp - materialise pair tensors --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "mlir/IR/AttrTypeSubElements.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_STRIPPAIRS
#include "lib/Reference/Passes.h.inc"

namespace {

struct StripPairs : impl::StripPairsBase<StripPairs> {
  void runOnOperation() override {
    getOperation().walk([](PairCastOp cast) {
      cast.getResult().replaceAllUsesWith(cast.getSource());
      cast.erase();
    });

    AttrTypeReplacer replacer;
    auto strip = [](RankedTensorType type) { return getPair(type) ? type.dropEncoding() : type; };
    replacer.addReplacement([&](RankedTensorType type) -> Type { return strip(type); });
    // A dense constant does not show its type to the replacer.
    replacer.addReplacement([&](DenseElementsAttr constant) -> Attribute {
      auto type = dyn_cast<RankedTensorType>(constant.getType());
      return type ? constant.reshape(strip(type)) : constant;
    });
    replacer.recursivelyReplaceElementsIn(getOperation(),
                                          /*replaceAttrs=*/true,
                                          /*replaceLocs=*/false,
                                          /*replaceTypes=*/true);
  }
};

} // namespace
} // namespace theria::reference
