//===- ObjectCode.cpp - From the LLVM dialect to an object ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/ObjectCode.h"

#include "tools/theria-run/npy/Buffer.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ExecutionEngine/Orc/CompileUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

using namespace theria::run;
using llvm::Expected;

static Expected<llvm::orc::JITTargetMachineBuilder> hostTarget() {
  auto target = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (target) {
    target->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
    target->setRelocationModel(llvm::Reloc::PIC_);
    target->setCodeModel(llvm::CodeModel::Small);
  }
  return target;
}

std::string theria::run::describeHost() {
  auto target = hostTarget();
  if (!target) {
    llvm::consumeError(target.takeError());
    return "";
  }
  return target->getTargetTriple().str() + " " + target->getCPU() + " " + target->getFeatures().getString();
}

/// Defines `packedEntry`.
static llvm::Error addPackedEntry(llvm::Module &module) {
  llvm::Function *entry = module.getFunction("_mlir_ciface___theria_entry");
  if (!entry)
    return error("expected an entry in the lowered module, but found none");
  llvm::IRBuilder<> builder(module.getContext());
  auto *type = llvm::FunctionType::get(builder.getVoidTy(), builder.getPtrTy(), /*isVarArg=*/false);
  auto *packed = llvm::Function::Create(type, llvm::Function::ExternalLinkage, packedEntry, module);
  builder.SetInsertPoint(llvm::BasicBlock::Create(module.getContext(), "", packed));
  llvm::SmallVector<llvm::Value *> arguments;
  for (llvm::Argument &argument : entry->args()) {
    llvm::Value *at = builder.CreateConstGEP1_64(builder.getPtrTy(), packed->getArg(0), argument.getArgNo());
    arguments.push_back(builder.CreateLoad(argument.getType(), builder.CreateLoad(builder.getPtrTy(), at)));
  }
  builder.CreateCall(entry, arguments);
  builder.CreateRetVoid();
  return llvm::Error::success();
}

Expected<std::unique_ptr<llvm::MemoryBuffer>> theria::run::compileObject(mlir::ModuleOp module) {
  auto target = hostTarget();
  if (!target)
    return target.takeError();
  auto machine = target->createTargetMachine();
  if (!machine)
    return machine.takeError();
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code = mlir::translateModuleToLLVMIR(module, context);
  if (!code)
    return error("expected a module that LLVM can compile, but its translation failed");
  code->setDataLayout((*machine)->createDataLayout());
  code->setTargetTriple((*machine)->getTargetTriple());
  if (llvm::Error err = addPackedEntry(*code))
    return err;
  return llvm::orc::SimpleCompiler(**machine)(*code);
}
