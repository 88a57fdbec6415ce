//===- Break.cpp - kernels that are wrong on purpose ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Break.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicsNVPTX.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace theria::emulation {

static bool isCall(const Instruction &instruction, StringRef prefix) {
  const auto *call = dyn_cast<CallInst>(&instruction);
  return call && call->getCalledFunction() && call->getCalledFunction()->getName().starts_with(prefix);
}

static constexpr StringLiteral kBarrier = "llvm.nvvm.barrier", kShuffle = "llvm.nvvm.shfl.sync",
                               kProduct = "llvm.nvvm.mma", kCopy = "llvm.nvvm.cp.async.cg",
                               kWait = "llvm.nvvm.cp.async.wait";

/// Moves an address by one element.
static void shift(Instruction &access, unsigned operand, Type *type) {
  IRBuilder<> builder(&access);
  access.setOperand(operand, builder.CreateConstGEP1_64(type, access.getOperand(operand), 1));
}

/// if (thread != 0) barrier.
static void skip(Instruction &barrier) {
  IRBuilder<> builder(&barrier);
  Value *thread = builder.CreateIntrinsic(builder.getInt32Ty(), Intrinsic::nvvm_read_ptx_sreg_tid_x, {});
  Instruction *then = SplitBlockAndInsertIfThen(builder.CreateICmpNE(thread, builder.getInt32(0)), &barrier, false);
  barrier.moveBefore(then->getIterator());
}

Error breakKernels(Module &module, StringRef fault) {
  auto [kind, text] = fault.split(':');
  unsigned number = 0;
  if (text.getAsInteger(10, number) ||
      !is_contained({"barrier", "branch", "shuffle", "fragment", "load", "store", "copy", "wait"}, kind))
    return createStringError(
        "expected barrier, branch, shuffle, fragment, copy, wait, load or store, then :NUMBER, but found '" + fault +
        "'");
  auto matches = [kind = kind](const Instruction &one) {
    if (kind == "load")
      return isa<LoadInst>(one);
    if (kind == "store")
      return isa<StoreInst>(one);
    StringRef prefix = StringSwitch<StringRef>(kind)
                           .Case("shuffle", kShuffle)
                           .Case("fragment", kProduct)
                           .Case("copy", kCopy)
                           .Case("wait", kWait)
                           .Default(kBarrier);
    return isCall(one, prefix);
  };
  unsigned next = 0;
  for (Function &function : module)
    for (Instruction &one : make_early_inc_range(instructions(function))) {
      if (!matches(one) || next++ != number)
        continue;
      if (kind == "barrier" || kind == "wait")
        one.eraseFromParent();
      else if (kind == "branch")
        skip(one);
      else if (kind == "shuffle") // The lane whose number differs in another bit too.
        one.setOperand(2, IRBuilder<>(&one).CreateXor(one.getOperand(2), 16));
      else if (kind == "fragment") {
        Value *first = one.getOperand(0);
        one.setOperand(0, one.getOperand(1));
        one.setOperand(1, first);
      } else if (kind == "copy")
        shift(one, 1, Type::getInt128Ty(one.getContext()));
      else if (kind == "load")
        shift(one, LoadInst::getPointerOperandIndex(), one.getType());
      else
        shift(one, StoreInst::getPointerOperandIndex(), one.getOperand(0)->getType());
      return Error::success();
    }
  return createStringError("expected at least " + Twine(number + 1) + " places for " + kind + ", but found " +
                           Twine(next));
}

} // namespace theria::emulation
