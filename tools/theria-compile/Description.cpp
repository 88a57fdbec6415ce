//===- Description.cpp - What a library says of itself -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-compile/Library.h"

#include "runtime/theria_program.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/xxhash.h"

using namespace theria;
using namespace theria::compile;
using llvm::Constant;

static int32_t elementOf(mlir::Type type) {
  if (type.isIndex())
    return THERIA_INDEX;
  if (type.isF64())
    return THERIA_F64;
  if (type.isF32())
    return THERIA_F32;
  if (type.isF16())
    return THERIA_F16;
  if (type.isBF16())
    return THERIA_BF16;
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return THERIA_I1;
  case 8:
    return THERIA_I8;
  case 16:
    return THERIA_I16;
  case 32:
    return THERIA_I32;
  default:
    return THERIA_I64;
  }
}

namespace {

/// Writes the structures of runtime/theria_program.h as constants of a module.
class Describer {
public:
  Describer(llvm::Module &module, const Options &options) : module(module), options(options) {}

  /// Defines the program, and gives it.
  Constant *program(const Export &exported);
  /// Defines theria_programs.
  void listPrograms(llvm::ArrayRef<Constant *> programs);

private:
  llvm::LLVMContext &context() { return module.getContext(); }
  llvm::IntegerType *word(unsigned bits) { return llvm::IntegerType::get(context(), bits); }
  Constant *number(unsigned bits, int64_t value) { return llvm::ConstantInt::getSigned(word(bits), value); }
  Constant *null() { return llvm::ConstantPointerNull::get(llvm::PointerType::getUnqual(context())); }
  Constant *global(Constant *value, const llvm::Twine &name = "", bool isPublic = false) {
    return new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true,
                                    isPublic ? llvm::GlobalValue::ExternalLinkage : llvm::GlobalValue::PrivateLinkage,
                                    value, name);
  }
  Constant *text(llvm::StringRef value) { return global(llvm::ConstantDataArray::getString(context(), value)); }
  Constant *structure(llvm::ArrayRef<Constant *> members) { return llvm::ConstantStruct::getAnon(context(), members); }
  Constant *array(llvm::ArrayRef<Constant *> elements) {
    if (elements.empty())
      return null();
    return global(
        llvm::ConstantArray::get(llvm::ArrayType::get(elements.front()->getType(), elements.size()), elements));
  }
  Constant *ports(llvm::ArrayRef<run::Port> ports);

  llvm::Module &module;
  const Options &options;
};

} // namespace

Constant *Describer::ports(llvm::ArrayRef<run::Port> ports) {
  llvm::SmallVector<Constant *> described;
  for (const run::Port &port : ports) {
    llvm::SmallVector<Constant *> sizes;
    for (int64_t size : port.shape())
      sizes.push_back(number(64, mlir::ShapedType::isDynamic(size) ? THERIA_ANY_SIZE : size));
    described.push_back(
        structure({text(port.name), number(32, elementOf(port.elementType())), number(32, int64_t(port.shape().size())),
                   array(sizes), number(32, port.shapeClass)}));
  }
  return array(described);
}

Constant *Describer::program(const Export &exported) {
  auto *entryType = llvm::FunctionType::get(llvm::Type::getVoidTy(context()), llvm::PointerType::getUnqual(context()),
                                            /*isVarArg=*/false);
  auto *entry = llvm::Function::Create(entryType, llvm::Function::ExternalLinkage,
                                       exported.symbol + "." + run::packedEntry, module);
  entry->setVisibility(llvm::GlobalValue::HiddenVisibility);
  const run::Signature &signature = exported.signature;
  const bool hasKernels = !exported.chip.empty();
  const llvm::XXH128_hash_t hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(exported.kernels));
  return global(structure({number(32, THERIA_VERSION), number(32, int64_t(signature.inputs.size())),
                           number(32, int64_t(signature.outputs.size())), text(exported.name), text(options.cpu),
                           hasKernels ? text(exported.chip) : null(), hasKernels ? text(exported.kernels) : null(),
                           number(64, int64_t(exported.kernels.size())), number(64, int64_t(hash.low64)),
                           number(64, int64_t(hash.high64)), ports(signature.inputs), ports(signature.outputs), entry}),
                exported.symbol, /*isPublic=*/true);
}

void Describer::listPrograms(llvm::ArrayRef<Constant *> programs) {
  llvm::SmallVector<Constant *> entries(programs);
  entries.push_back(null());
  auto *type = llvm::FunctionType::get(llvm::PointerType::getUnqual(context()), /*isVarArg=*/false);
  auto *list = llvm::Function::Create(type, llvm::Function::WeakAnyLinkage, "theria_programs", module);
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(context(), "", list));
  builder.CreateRet(array(entries));
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> theria::compile::describe(llvm::ArrayRef<Export> exports,
                                                                              const Options &options) {
  llvm::LLVMContext context;
  llvm::Module module("theria", context);
  module.setPICLevel(llvm::PICLevel::BigPIC);
  Describer describer(module, options);
  llvm::SmallVector<Constant *> programs;
  for (const Export &exported : exports)
    programs.push_back(describer.program(exported));
  describer.listPrograms(programs);
  return run::compileObject(module, {.cpu = options.cpu, .prefix = ""});
}
