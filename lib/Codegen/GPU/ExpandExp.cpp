//===- ExpandExp.cpp - exponentials by the GPU's power of 2 ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// exp x = 2^t·(1 + l·ln 2) with x·log2 e = t + l, where t is rounded and l is what that loses. ex2.approx.f32 has a
// largest relative error of 2^-22.5 (PTX ISA, ex2), and so has the result, to a few units of 2^-24.
//
// With fastmath<afn>, 2^t by ex2.approx.ftz.f32: of another x within 2^-23·|x| of it, and 0 below 2^-126.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "lib/Codegen/Math/Functions.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_EXPANDEXP
#include "lib/Codegen/GPU/Passes.h.inc"

/// 2^x, element by element.
static Value powerOfTwo(OpBuilder &builder, Location loc, Value x, bool isApproximate) {
  auto power = [&](Value one) -> Value {
    if (!isApproximate)
      return LLVM::Exp2Op::create(builder, loc, one.getType(), one);
    return LLVM::CallIntrinsicOp::create(builder, loc, one.getType(), builder.getStringAttr("llvm.nvvm.ex2.approx.ftz"),
                                         one)
        .getResults();
  };
  auto vector = dyn_cast<VectorType>(x.getType());
  if (!vector)
    return power(x);
  return codegen::unrollToScalars(builder, loc, vector, [&](ArrayRef<int64_t> position) {
    return power(vector::ExtractOp::create(builder, loc, x, position));
  });
}

static Value expandExp(math::ExpOp op) {
  OpBuilder builder(op);
  codegen::Emitter emitter(builder, op.getLoc(), op.getType(), /*hasFma=*/true);
  const auto &log2e = emitter.table.log2e;
  if (bitEnumContainsAll(op.getFastmath(), arith::FastMathFlags::afn))
    return powerOfTwo(builder, op.getLoc(), (emitter.wrap(op.getOperand()) * log2e[0]).value, /*isApproximate=*/true);
  // Beyond these the result is 0 or infinite; there, what is lost would be NaN.
  codegen::Float x = clamp(emitter.wrap(op.getOperand()), -200, 200);
  codegen::Float t = x * log2e[0];
  codegen::Float lost = fma(x, log2e[1], fma(x, log2e[0], -t));
  codegen::Float power = emitter.wrap(powerOfTwo(builder, op.getLoc(), t.value, /*isApproximate=*/false));
  codegen::Float correction = lost * 0x1.62e43p-1;
  return fma(power, correction, power).value;
}

namespace {

struct ExpandExp : impl::ExpandExpBase<ExpandExp> {
  void runOnOperation() override {
    getOperation()->walk([](math::ExpOp op) {
      if (!getElementTypeOrSelf(op.getType()).isF32())
        return;
      Value result = expandExp(op);
      op.replaceAllUsesWith(result);
      op.erase();
    });
  }
};

} // namespace
} // namespace theria::gpu
