//===- EmitPtx.cpp - kernels become PTX -----------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/Translate.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_EMITPTX
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

struct EmitPtx : impl::EmitPtxBase<EmitPtx> {
  using Base::Base;

  void runOnOperation() override {
    for (auto kernels : llvm::make_early_inc_range(getOperation().getOps<mlir::gpu::GPUModuleOp>())) {
      auto text = emitPtx(kernels, chip);
      if (!text) {
        kernels.emitError(llvm::toString(text.takeError()));
        return signalPassFailure();
      }
      OpBuilder builder(kernels);
      Attribute target = NVVM::NVVMTargetAttr::get(&getContext(), 2, "nvptx64-nvidia-cuda", chip);
      auto object = mlir::gpu::ObjectAttr::get(&getContext(), target, mlir::gpu::CompilationTarget::Assembly,
                                               builder.getStringAttr(*text), DictionaryAttr(), nullptr);
      mlir::gpu::BinaryOp::create(builder, kernels.getLoc(), kernels.getName(), nullptr,
                                  builder.getArrayAttr({object}));
      kernels.erase();
    }
  }
};

} // namespace
} // namespace theria::gpu
