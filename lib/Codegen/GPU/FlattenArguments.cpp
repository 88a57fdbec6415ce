//===- FlattenArguments.cpp - what kernels are told of arrays -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_FLATTENARGUMENTS
#include "lib/Codegen/GPU/Passes.h.inc"

/// An array within a launch, put together from its address and what its type leaves open.
static void flatten(mlir::gpu::LaunchOp launch, Value array) {
  Location loc = array.getLoc();
  auto type = cast<MemRefType>(array.getType());
  OpBuilder builder(launch);
  auto known = memref::ExtractStridedMetadataOp::create(builder, loc, array);
  const OpFoldResult offset = known.getConstifiedMixedOffset();
  const SmallVector<OpFoldResult> sizes = known.getConstifiedMixedSizes(), strides = known.getConstifiedMixedStrides();
  builder.setInsertionPointToStart(&launch.getBody().front());
  Value inside = memref::ReinterpretCastOp::create(builder, loc, type, known.getBaseBuffer(), offset, sizes, strides);
  replaceAllUsesInRegionWith(array, inside, launch.getBody());
}

namespace {

struct FlattenArguments : impl::FlattenArgumentsBase<FlattenArguments> {
  void runOnOperation() override {
    getOperation()->walk([](mlir::gpu::LaunchOp launch) {
      llvm::SetVector<Value> used;
      getUsedValuesDefinedAbove(launch.getBody(), used);
      for (Value value : used)
        if (isa<MemRefType>(value.getType()))
          flatten(launch, value);
    });
  }
};

} // namespace
} // namespace theria::gpu
