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
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicsNVPTX.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace theria::emulation {

static bool isCall(const Instruction &instruction, StringRef prefix) {
  const auto *call = dyn_cast<CallInst>(&instruction);
  return call && call->getCalledFunction() && call->getCalledFunction()->getName().starts_with(prefix);
}

/// Whether one multiplies by wgmma; with `inRegisters`, what a thread holds of A.
static bool isWgmma(const Instruction &instruction, bool inRegisters) {
  const auto *call = dyn_cast<CallInst>(&instruction);
  const auto *assembly = call ? dyn_cast<InlineAsm>(call->getCalledOperand()) : nullptr;
  if (!assembly)
    return false;
  const StringRef text = assembly->getAsmString();
  return text.contains("wgmma.mma_async") && !(inRegisters && text.contains("left,"));
}

static constexpr StringLiteral kBarrier = "llvm.nvvm.barrier", kShuffle = "llvm.nvvm.shfl.sync",
                               kProduct = "llvm.nvvm.mma", kCopy = "llvm.nvvm.cp.async.cg",
                               kWait = "llvm.nvvm.cp.async.wait", kProxy = "llvm.nvvm.fence.proxy",
                               kFence = "llvm.nvvm.wgmma.fence", kCommit = "llvm.nvvm.wgmma.commit";

/// Moves an address by one element.
static void shift(Instruction &access, unsigned operand, Type *type) {
  IRBuilder<> builder(&access);
  access.setOperand(operand, builder.CreateConstGEP1_64(type, access.getOperand(operand), 1));
}

/// Exchanges two registers of A.
static void exchange(Instruction &product) {
  const auto &call = cast<CallInst>(product);
  const unsigned first = call.isInlineAsm() ? call.arg_size() - 5 : 0;
  Value *held = product.getOperand(first);
  product.setOperand(first, product.getOperand(first + 1));
  product.setOperand(first + 1, held);
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
  if (text.getAsInteger(10, number) || !is_contained({"barrier", "branch", "shuffle", "fragment", "load", "store",
                                                      "copy", "wait", "proxy", "fence", "commit", "panel"},
                                                     kind))
    return createStringError("expected barrier, branch, shuffle, fragment, copy, wait, proxy, fence, commit, panel, "
                             "load or store, then :NUMBER, but found '" +
                             fault + "'");
  auto matches = [kind = kind](const Instruction &one) {
    if (kind == "load")
      return isa<LoadInst>(one);
    if (kind == "store")
      return isa<StoreInst>(one);
    if (kind == "panel" || (kind == "fragment" && isWgmma(one, /*inRegisters=*/true)))
      return isWgmma(one, /*inRegisters=*/false);
    StringRef prefix = StringSwitch<StringRef>(kind)
                           .Case("shuffle", kShuffle)
                           .Case("fragment", kProduct)
                           .Case("copy", kCopy)
                           .Case("wait", kWait)
                           .Case("proxy", kProxy)
                           .Case("fence", kFence)
                           .Case("commit", kCommit)
                           .Default(kBarrier);
    return isCall(one, prefix);
  };
  unsigned next = 0;
  for (Function &function : module)
    for (Instruction &one : make_early_inc_range(instructions(function))) {
      if (!matches(one) || next++ != number)
        continue;
      if (is_contained({"barrier", "wait", "proxy", "fence", "commit"}, kind))
        one.eraseFromParent();
      else if (kind == "branch")
        skip(one);
      else if (kind == "shuffle") // The lane whose number differs in another bit too.
        one.setOperand(2, IRBuilder<>(&one).CreateXor(one.getOperand(2), 16));
      else if (kind == "fragment")
        exchange(one);
      else if (kind == "panel") { // 16 bytes further.
        const unsigned last = cast<CallInst>(one).arg_size() - 1;
        one.setOperand(last, IRBuilder<>(&one).CreateAdd(one.getOperand(last),
                                                         ConstantInt::get(one.getOperand(last)->getType(), 1)));
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
