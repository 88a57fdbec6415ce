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
      if (failed(refuseCalls(kernels, *text)))
        return signalPassFailure();
      OpBuilder builder(kernels);
      Attribute target = NVVM::NVVMTargetAttr::get(&getContext(), 2, "nvptx64-nvidia-cuda", chip);
      auto object = mlir::gpu::ObjectAttr::get(&getContext(), target, mlir::gpu::CompilationTarget::Assembly,
                                               builder.getStringAttr(*text), DictionaryAttr(), nullptr);
      mlir::gpu::BinaryOp::create(builder, kernels.getLoc(), kernels.getName(), nullptr,
                                  builder.getArrayAttr({object}));
      kernels.erase();
    }
  }

private:
  /// PTX that calls a function from elsewhere, which the driver would refuse when it is loaded.
  static LogicalResult refuseCalls(mlir::gpu::GPUModuleOp kernels, StringRef text) {
    const size_t place = text.find(".extern .func");
    if (place == StringRef::npos)
      return success();
    // `.extern .func name (…)`, with `(.param …)` before the name where it has a result.
    StringRef rest = text.substr(place).drop_front(StringRef(".extern .func").size()).ltrim();
    if (rest.starts_with("("))
      rest = rest.split(')').second.ltrim();
    const StringRef name = rest.take_until([](char c) { return isspace(c) || c == '(' || c == ';'; });
    return kernels.emitError("expected kernels that call nothing from elsewhere, but found a call of '")
           << name << "' in their PTX; compute what it does by arithmetic, or compile for a CPU";
  }
};

} // namespace
} // namespace theria::gpu
