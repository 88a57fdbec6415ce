//===- StoreBf16AsBits.cpp - bf16 as 16-bit integers ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/AttrTypeSubElements.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_STOREBF16ASBITS
#include "lib/Reference/Passes.h.inc"

namespace {

struct StoreBf16AsBits : impl::StoreBf16AsBitsBase<StoreBf16AsBits> {
  void runOnOperation() override {
    auto bits = IntegerType::get(&getContext(), 16);
    AttrTypeReplacer replacer;
    replacer.addReplacement([=](BFloat16Type) -> Type { return bits; });
    replacer.addReplacement([=](FloatAttr constant) -> Attribute {
      if (!constant.getType().isBF16())
        return constant;
      return IntegerAttr::get(bits, constant.getValue().bitcastToAPInt());
    });
    replacer.addReplacement([=](DenseElementsAttr constant) -> Attribute {
      return constant.getElementType().isBF16() ? constant.bitcast(bits) : constant;
    });
    replacer.recursivelyReplaceElementsIn(getOperation(), /*replaceAttrs=*/true, /*replaceLocs=*/false,
                                          /*replaceTypes=*/true);
  }
};

} // namespace
} // namespace theria::reference
