//===- ObjectCode.cpp - From the LLVM dialect to objects -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/ObjectCode.h"

#include "tools/theria-run/Instrument.h"
#include "tools/theria-run/npy/Buffer.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Threading.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ExecutionEngine/Orc/CompileUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"

using namespace theria::run;
using llvm::Expected;

static Expected<llvm::orc::JITTargetMachineBuilder> makeTarget(llvm::StringRef cpu = "") {
  auto target = cpu.empty() ? llvm::orc::JITTargetMachineBuilder::detectHost()
                            : llvm::orc::JITTargetMachineBuilder(llvm::Triple(llvm::sys::getProcessTriple()));
  if (target) {
    if (!cpu.empty())
      target->setCPU(cpu.str());
    target->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
    target->setRelocationModel(llvm::Reloc::PIC_);
    target->setCodeModel(llvm::CodeModel::Small);
  }
  return target;
}

std::string theria::run::describeHost() {
  auto target = makeTarget();
  if (!target) {
    llvm::consumeError(target.takeError());
    return "";
  }
  return target->getTargetTriple().str() + " " + target->getCPU() + " " + target->getFeatures().getString();
}

/// Defines `packedEntry`, which calls `entry`.
static void addPackedEntry(llvm::Function &entry) {
  llvm::Module &module = *entry.getParent();
  llvm::IRBuilder<> builder(module.getContext());
  auto *type = llvm::FunctionType::get(builder.getVoidTy(), builder.getPtrTy(), /*isVarArg=*/false);
  auto *packed = llvm::Function::Create(type, llvm::Function::ExternalLinkage, packedEntry, module);
  builder.SetInsertPoint(llvm::BasicBlock::Create(module.getContext(), "", packed));
  llvm::SmallVector<llvm::Value *> arguments;
  for (llvm::Argument &argument : entry.args()) {
    llvm::Value *at = builder.CreateConstGEP1_64(builder.getPtrTy(), packed->getArg(0), argument.getArgNo());
    arguments.push_back(builder.CreateLoad(argument.getType(), builder.CreateLoad(builder.getPtrTy(), at)));
  }
  builder.CreateCall(&entry, arguments);
  builder.CreateRetVoid();
}

/// Puts a prefix before the names of all that the parts define, here or elsewhere.
static void addPrefix(llvm::Module &code, const llvm::StringSet<> &defined, llvm::StringRef prefix) {
  for (llvm::GlobalValue &value : code.global_values())
    if (!value.hasLocalLinkage() && (defined.contains(value.getName()) || value.getName() == packedEntry)) {
      value.setName(prefix + value.getName());
      value.setVisibility(llvm::GlobalValue::HiddenVisibility);
    }
}

static llvm::StringSet<> definedNames(mlir::ModuleOp module) {
  llvm::StringSet<> names;
  module.walk([&](mlir::LLVM::LLVMFuncOp function) {
    if (!function.isExternal())
      names.insert(function.getName());
  });
  return names;
}

/// What compiles the code, which is made for it from then on.
static Expected<std::unique_ptr<llvm::TargetMachine>> setTarget(llvm::Module &code, const ObjectTarget &target) {
  auto builder = makeTarget(target.cpu);
  if (!builder)
    return builder.takeError();
  auto machine = builder->createTargetMachine();
  if (!machine)
    return machine.takeError();
  code.setDataLayout((*machine)->createDataLayout());
  code.setTargetTriple((*machine)->getTargetTriple());
  return machine;
}

Expected<std::unique_ptr<llvm::MemoryBuffer>> theria::run::compileObject(llvm::Module &code,
                                                                         const ObjectTarget &target) {
  auto machine = setTarget(code, target);
  if (!machine)
    return machine.takeError();
  return llvm::orc::SimpleCompiler(**machine)(code);
}

/// The object of one part.
static Expected<std::unique_ptr<llvm::MemoryBuffer>> compilePart(mlir::ModuleOp part, const llvm::StringSet<> &defined,
                                                                 const ObjectTarget &target) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code = mlir::translateModuleToLLVMIR(part, context);
  if (!code)
    return error("expected a module that LLVM can compile, but its translation failed");
  if (llvm::Function *entry = code->getFunction("_mlir_ciface___theria_entry"))
    addPackedEntry(*entry);
  if (!target.prefix.empty())
    addPrefix(*code, defined, target.prefix);
  auto machine = setTarget(*code, target);
  if (!machine)
    return machine.takeError();
  // A sanitizer keeps its shadow at an address of the target's.
  instrument(*code);
  return llvm::orc::SimpleCompiler(**machine)(*code);
}

Expected<Objects> theria::run::compileObjects(mlir::ModuleOp module, const ObjectTarget &target) {
  auto parts = llvm::to_vector(module.getOps<mlir::ModuleOp>());
  const llvm::StringSet<> defined = definedNames(module);
  Objects objects(parts.size());
  llvm::SmallVector<std::string> errors(parts.size());
  mlir::parallelFor(module.getContext(), 0, parts.size(), [&](size_t index) {
    if (auto object = compilePart(parts[index], defined, target))
      objects[index] = std::move(*object);
    else
      errors[index] = llvm::toString(object.takeError());
  });
  for (const std::string &failure : errors)
    if (!failure.empty())
      return error(failure);
  return objects;
}

Expected<std::unique_ptr<llvm::MemoryBuffer>> theria::run::archive(const Objects &objects) {
  llvm::SmallVector<llvm::NewArchiveMember> members;
  llvm::SmallVector<std::string> names;
  for (size_t index = 0; index < objects.size(); ++index)
    names.push_back("part" + std::to_string(index) + ".o");
  for (auto [object, name] : llvm::zip_equal(objects, names))
    members.emplace_back(llvm::MemoryBufferRef(object->getBuffer(), name));
  return llvm::writeArchiveToBuffer(members, llvm::SymtabWritingMode::NormalSymtab, llvm::object::Archive::K_GNU,
                                    /*Deterministic=*/true, /*Thin=*/false);
}
