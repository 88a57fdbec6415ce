//===- Instrument.cpp - Sanitizers of generated code ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Instrument.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Transforms/Instrumentation/AddressSanitizer.h"
#include "llvm/Transforms/Instrumentation/ThreadSanitizer.h"

#include <optional>

using namespace llvm;

namespace {

/// A load or store that LLVM's pass for ThreadSanitizer leaves out.
struct VectorAccess {
  Value *pointer;
  Type *type;
  /// Which elements are accessed; null: all.
  Value *mask;
  bool isWrite;
};

} // namespace

/// The pass knows accesses of 1 to 16 bytes, without masks.
static std::optional<VectorAccess> findVectorAccess(Instruction &instruction) {
  if (auto *intrinsic = dyn_cast<IntrinsicInst>(&instruction)) {
    if (intrinsic->getIntrinsicID() == Intrinsic::masked_load)
      return VectorAccess{intrinsic->getArgOperand(0), intrinsic->getType(), intrinsic->getArgOperand(1), false};
    if (intrinsic->getIntrinsicID() == Intrinsic::masked_store)
      return VectorAccess{intrinsic->getArgOperand(1), intrinsic->getArgOperand(0)->getType(),
                          intrinsic->getArgOperand(2), true};
    return std::nullopt;
  }
  Value *pointer = getLoadStorePointerOperand(&instruction);
  Type *type = pointer ? getLoadStoreType(&instruction) : nullptr;
  if (!type || !isa<FixedVectorType>(type))
    return std::nullopt;
  const uint64_t bytes = instruction.getDataLayout().getTypeStoreSize(type);
  if (bytes <= 16 && isPowerOf2_64(bytes))
    return std::nullopt;
  return VectorAccess{pointer, type, nullptr, isa<StoreInst>(instruction)};
}

/// Tells ThreadSanitizer of the bytes of an access, before it.
static void reportAccess(Instruction &instruction, const VectorAccess &access) {
  IRBuilder<> builder(&instruction);
  Module &code = *instruction.getModule();
  FunctionCallee report = code.getOrInsertFunction(access.isWrite ? "__tsan_write_range" : "__tsan_read_range",
                                                   builder.getVoidTy(), builder.getPtrTy(), builder.getInt64Ty());
  const DataLayout &layout = code.getDataLayout();
  if (!access.mask) {
    builder.CreateCall(report, {access.pointer, builder.getInt64(layout.getTypeStoreSize(access.type))});
    return;
  }
  auto *vector = cast<FixedVectorType>(access.type);
  Value *bytes = builder.getInt64(layout.getTypeStoreSize(vector->getElementType()));
  for (unsigned lane = 0; lane < vector->getNumElements(); ++lane) {
    Value *pointer = builder.CreateConstGEP1_64(vector->getElementType(), access.pointer, lane);
    Value *isOn = builder.CreateExtractElement(access.mask, lane);
    builder.CreateCall(report, {pointer, builder.CreateSelect(isOn, bytes, builder.getInt64(0))});
  }
}

/// Constructors of a module do not run here: its constants have no red zones, and the runtime is the process's.
static void addAddressSanitizer(ModulePassManager &manager, Module &code) {
  for (GlobalVariable &global : code.globals()) {
    GlobalValue::SanitizerMetadata metadata;
    metadata.NoAddress = true;
    global.setSanitizerMetadata(metadata);
  }
  for (Function &function : code)
    function.addFnAttr(Attribute::SanitizeAddress);
  // Checks by calls take far less time to compile than checks in place.
  AddressSanitizerOptions options;
  options.InstrumentationWithCallsThreshold = 0;
  manager.addPass(AddressSanitizerPass(options, /*UseGlobalGC=*/false, /*UseOdrIndicator=*/false, AsanDtorKind::None,
                                       AsanCtorKind::None));
}

static void addThreadSanitizer(ModulePassManager &manager, Module &code) {
  for (Function &function : code) {
    function.addFnAttr(Attribute::SanitizeThread);
    for (Instruction &instruction : instructions(function))
      if (std::optional<VectorAccess> access = findVectorAccess(instruction))
        reportAccess(instruction, *access);
  }
  manager.addPass(createModuleToFunctionPassAdaptor(ThreadSanitizerPass()));
}

bool theria::run::needsSanitizer() { return LLVM_ADDRESS_SANITIZER_BUILD || LLVM_THREAD_SANITIZER_BUILD; }

void theria::run::instrument(Module &code) {
  ModulePassManager manager;
  if (LLVM_ADDRESS_SANITIZER_BUILD)
    addAddressSanitizer(manager, code);
  else if (LLVM_THREAD_SANITIZER_BUILD)
    addThreadSanitizer(manager, code);
  else
    return;
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  PassBuilder builder;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  manager.run(code, modules);
}
