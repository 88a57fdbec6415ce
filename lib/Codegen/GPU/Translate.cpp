//===- Translate.cpp - kernels as LLVM IR and PTX -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Translate.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/PassInfo.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

extern "C" {
void LLVMInitializeNVPTXTargetInfo();
void LLVMInitializeNVPTXTarget();
void LLVMInitializeNVPTXTargetMC();
void LLVMInitializeNVPTXAsmPrinter();
}

using namespace llvm;

namespace theria::gpu {

static const Triple kTriple("nvptx64-nvidia-cuda");

/// The number of sm_90a is 90.
static unsigned numberOf(StringRef chip) {
  unsigned number = 0;
  if (!chip.consume_front("sm_") || chip.consumeInteger(10, number))
    return 0;
  return number;
}

/// The oldest PTX that has all of a chip: Hopper's since 8.0, Blackwell's since 8.6.
static StringRef ptxOf(StringRef chip) {
  const unsigned number = numberOf(chip);
  return number > 100    ? "+ptx88"
         : number == 100 ? "+ptx86"
         : number >= 90  ? "+ptx80"
         : number >= 89  ? "+ptx78"
                         : "+ptx71";
}

static const Target *findTarget(std::string &wrong) {
  static const bool ready = [] {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
    return true;
  }();
  (void)ready;
  return TargetRegistry::lookupTarget(kTriple, wrong);
}

bool isChip(StringRef chip) {
  std::string wrong;
  const Target *target = findTarget(wrong);
  if (!target || numberOf(chip) < 80)
    return false;
  const std::unique_ptr<MCSubtargetInfo> chips(target->createMCSubtargetInfo(kTriple, "", ""));
  return chips->isCPUStringValid(chip);
}

bool isBlackwell(StringRef chip) { return numberOf(chip) >= 100; }

bool hasWgmma(StringRef chip) { return chip == "sm_90a"; }

int64_t sharedBytesOf(StringRef chip) {
  const unsigned number = numberOf(chip);
  const bool isSmall = number == 86 || number == 89 || number >= 120;
  return (isSmall ? 99 : number < 90 ? 163 : 227) * 1024;
}

static Expected<std::unique_ptr<TargetMachine>> machineOf(StringRef chip) {
  std::string wrong;
  const Target *target = findTarget(wrong);
  if (!target)
    return createStringError("expected LLVM with code for NVIDIA GPUs, but: " + wrong);
  return std::unique_ptr<TargetMachine>(
      target->createTargetMachine(kTriple, chip, ptxOf(chip), TargetOptions(), std::nullopt));
}

Expected<std::unique_ptr<Module>> translateKernels(mlir::gpu::GPUModuleOp kernels, StringRef chip,
                                                   LLVMContext &context) {
  auto machine = machineOf(chip);
  if (!machine)
    return machine.takeError();
  std::unique_ptr<Module> module = mlir::translateModuleToLLVMIR(kernels, context, kernels.getName());
  if (!module)
    return createStringError("expected kernels that LLVM can compile, but their translation failed");
  module->setDataLayout((*machine)->createDataLayout());
  module->setTargetTriple((*machine)->getTargetTriple());
  // Of wgmma, which all threads of four warps execute together.
  for (Function &function : *module)
    for (Instruction &instruction : instructions(function))
      if (auto *call = dyn_cast<CallInst>(&instruction); call && call->isInlineAsm())
        call->setConvergent();
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  // Once unrolled, products that share an operand would hold all that they read of it from one to the next.
  PipelineTuningOptions tuning;
  tuning.LoopUnrolling = false;
  PassBuilder passes(machine->get(), tuning);
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(components);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, components, modules);
  passes.buildPerModuleDefaultPipeline(OptimizationLevel::O3).run(*module, modules);
  return std::move(module);
}

namespace {

/// LLVM's passes to PTX but for loop strength reduction. It gives each operand of each product's loop a pointer of its
/// own, all of which are loop-invariant one loop further out and stay in registers throughout a kernel.
class PtxPasses : public legacy::PassManager {
public:
  void add(Pass *pass) override {
    const PassInfo *info = Pass::lookupPassInfo(pass->getPassID());
    if (info && info->getPassArgument() == "loop-reduce")
      delete pass;
    else
      legacy::PassManager::add(pass);
  }
};

} // namespace

Expected<std::string> emitPtx(mlir::gpu::GPUModuleOp kernels, StringRef chip) {
  LLVMContext context;
  Expected<std::unique_ptr<Module>> code = translateKernels(kernels, chip, context);
  if (!code)
    return code.takeError();
  auto machine = machineOf(chip);
  if (!machine)
    return machine.takeError();
  SmallString<0> text;
  raw_svector_ostream stream(text);
  PtxPasses passes;
  if ((*machine)->addPassesToEmitFile(passes, stream, nullptr, CodeGenFileType::AssemblyFile))
    return createStringError("expected LLVM to write PTX for " + chip + ", but it can't");
  passes.run(**code);
  return text.str().str();
}

} // namespace theria::gpu
