//===- HostModule.cpp - kernels rewritten for the host --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/HostModule.h"

#include "test/Emulation/Intrinsics.h"
#include "test/Emulation/SmallFloats.h"
#include "test/Emulation/Warpgroup.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace llvm;

namespace theria::emulation {

extern "C" void theria_emulated_access(const Site *site, void *address, uint64_t bytes, bool isWrite) {
  machine()->access(*site, address, bytes, isWrite);
}

extern "C" void theria_emulated_call(const Site *site, const Intrinsic *intrinsic, char *arguments, char *results,
                                     uint32_t count) {
  intrinsic->run(*site, {arguments, results, machine()->threadNumber(), count});
}

namespace {

/// Pointers of every address space as pointers of the host.
struct OneAddressSpace : ValueMapTypeRemapper {
  Type *remapType(Type *type) override {
    if (auto *pointer = dyn_cast<PointerType>(type))
      return PointerType::get(pointer->getContext(), 0);
    if (auto *array = dyn_cast<ArrayType>(type))
      return ArrayType::get(remapType(array->getElementType()), array->getNumElements());
    if (auto *fixed = dyn_cast<FixedVectorType>(type))
      return FixedVectorType::get(remapType(fixed->getElementType()), fixed->getNumElements());
    auto mapAll = [&](ArrayRef<Type *> types) {
      SmallVector<Type *> mapped;
      for (Type *one : types)
        mapped.push_back(remapType(one));
      return mapped;
    };
    if (auto *structure = dyn_cast<StructType>(type))
      return StructType::get(type->getContext(), mapAll(structure->elements()), structure->isPacked());
    if (auto *function = dyn_cast<FunctionType>(type))
      return FunctionType::get(remapType(function->getReturnType()), mapAll(function->params()), function->isVarArg());
    return type;
  }
};

class Rewriter {
public:
  Rewriter(Module &source, char *shared, std::deque<Site> &sites)
      : source(source), shared(shared), sites(sites), target(std::make_unique<Module>("host", source.getContext())) {}

  Expected<std::unique_ptr<Module>> run();
  SmallVector<std::string> names; ///< of kernels

private:
  Error clone();
  Error rewrite(Function &function);
  Error rewrite(CallInst &call);
  std::pair<AllocaInst *, AllocaInst *> slotsOf(Function &function);
  void watch(Instruction &access, Value *address, Type *type, bool isWrite);
  void addEntry(Function &kernel);
  Value *siteOf(IRBuilder<> &builder, StringRef name, const Function &kernel);
  Value *pointerTo(IRBuilder<> &builder, const void *address);

  Module &source;
  char *shared;
  std::deque<Site> &sites;
  std::unique_ptr<Module> target;
  DenseMap<Function *, std::pair<AllocaInst *, AllocaInst *>> slots;
};

} // namespace

Value *Rewriter::pointerTo(IRBuilder<> &builder, const void *address) {
  return builder.CreateIntToPtr(builder.getInt64(reinterpret_cast<uintptr_t>(address)), builder.getPtrTy());
}

Value *Rewriter::siteOf(IRBuilder<> &builder, StringRef name, const Function &kernel) {
  sites.push_back({name.str(), kernel.getName().str()});
  return pointerTo(builder, &sites.back());
}

/// The shared memory whose size a launch says, of which a block has one.
static bool isDynamicShared(const GlobalVariable &global) {
  auto *array = dyn_cast<ArrayType>(global.getValueType());
  return global.getAddressSpace() == 3 && array && array->getNumElements() == 0;
}

/// Copies functions and constants into a module of the host.
Error Rewriter::clone() {
  OneAddressSpace types;
  ValueToValueMapTy map;
  for (GlobalVariable &global : source.globals()) {
    if (isDynamicShared(global)) {
      IRBuilder<> builder(source.getContext());
      map[&global] =
          ConstantExpr::getIntToPtr(builder.getInt64(reinterpret_cast<uintptr_t>(shared)), builder.getPtrTy());
      continue;
    }
    if (global.getAddressSpace() == 3)
      return createStringError("expected dynamic shared memory alone, but found the variable " + global.getName());
    auto *copy = new GlobalVariable(*target, types.remapType(global.getValueType()), global.isConstant(),
                                    GlobalValue::InternalLinkage, nullptr, global.getName());
    map[&global] = copy;
  }
  for (Function &function : source) {
    auto *type = cast<FunctionType>(types.remapType(function.getFunctionType()));
    map[&function] = Function::Create(type, GlobalValue::ExternalLinkage, function.getName(), *target);
  }
  for (GlobalVariable &global : source.globals())
    if (!isDynamicShared(global))
      cast<GlobalVariable>(map[&global])->setInitializer(MapValue(global.getInitializer(), map, RF_None, &types));
  for (Function &function : source) {
    if (function.isDeclaration())
      continue;
    auto *copy = cast<Function>(map[&function]);
    for (auto [from, to] : zip(function.args(), copy->args()))
      map[&from] = &to;
    SmallVector<ReturnInst *> returns;
    CloneFunctionInto(copy, &function, map, CloneFunctionChangeType::DifferentModule, returns, "", nullptr, &types);
    copy->setAttributes({});
    copy->setCallingConv(CallingConv::C);
    copy->clearMetadata();
  }
  return Error::success();
}

/// Tells the machine of an access before it happens.
void Rewriter::watch(Instruction &access, Value *address, Type *type, bool isWrite) {
  const Value *object = getUnderlyingObject(address, 0);
  if (isa<AllocaInst, GlobalVariable>(object))
    return;
  IRBuilder<> builder(&access);
  const uint64_t bytes = source.getDataLayout().getTypeStoreSize(type);
  FunctionCallee callee = target->getOrInsertFunction("theria_emulated_access", builder.getVoidTy(), builder.getPtrTy(),
                                                      builder.getPtrTy(), builder.getInt64Ty(), builder.getInt1Ty());
  builder.CreateCall(callee, {siteOf(builder, isWrite ? "a store" : "a load", *access.getFunction()), address,
                              builder.getInt64(bytes), builder.getInt1(isWrite)});
}

/// As many as a call has arguments or results.
static uint64_t mostSlots(const Function &function) {
  uint64_t most = 16;
  for (const Instruction &instruction : instructions(function))
    if (auto *call = dyn_cast<CallInst>(&instruction)) {
      auto *results = dyn_cast<StructType>(call->getType());
      most = std::max<uint64_t>({most, call->arg_size(), results ? results->getNumElements() : 1});
    }
  return most;
}

/// Memory for the arguments and the results of one call, which all calls of a function use.
std::pair<AllocaInst *, AllocaInst *> Rewriter::slotsOf(Function &function) {
  auto &known = slots[&function];
  if (known.first)
    return known;
  IRBuilder<> builder(&*function.getEntryBlock().getFirstInsertionPt());
  for (AllocaInst **one : {&known.first, &known.second}) {
    *one = builder.CreateAlloca(ArrayType::get(builder.getInt8Ty(), kSlot * mostSlots(function)));
    (*one)->setAlignment(Align(kSlot));
  }
  return known;
}

/// An intrinsic of NVIDIA's, or inline assembly, becomes a call of the machine, by memory: structures of results have
/// no ABI to rely on.
Error Rewriter::rewrite(CallInst &call) {
  StringRef name, text;
  if (auto *assembly = dyn_cast<InlineAsm>(call.getCalledOperand()))
    text = assembly->getAsmString();
  else if (Function *callee = call.getCalledFunction())
    name = callee->getName();
  if (text.empty() && !name.starts_with("llvm.nvvm."))
    return Error::success();
  const Intrinsic *intrinsic = text.empty() ? findIntrinsic(name) : findAssembly(text);
  if (!intrinsic)
    return createStringError("expected what the emulation knows, but found " + (text.empty() ? name : text));
  if (!text.empty())
    name = text.contains("mma_async") ? "wgmma.mma_async" : "wgmma.wait_group";
  IRBuilder<> builder(&call);
  auto [arguments, results] = slotsOf(*call.getFunction());
  auto slot = [&](Value *slots, unsigned number) {
    return builder.CreateConstInBoundsGEP1_64(builder.getInt8Ty(), slots, number * kSlot);
  };
  for (auto [number, argument] : enumerate(call.args()))
    builder.CreateStore(argument, slot(arguments, number));
  FunctionCallee function =
      target->getOrInsertFunction("theria_emulated_call", builder.getVoidTy(), builder.getPtrTy(), builder.getPtrTy(),
                                  builder.getPtrTy(), builder.getPtrTy(), builder.getInt32Ty());
  Value *site = siteOf(builder, name, *call.getFunction());
  sites.back().text = text.str();
  builder.CreateCall(function,
                     {site, pointerTo(builder, intrinsic), arguments, results, builder.getInt32(call.arg_size())});
  if (auto *structure = dyn_cast<StructType>(call.getType())) {
    Value *all = PoisonValue::get(structure);
    for (auto [number, type] : enumerate(structure->elements()))
      all = builder.CreateInsertValue(all, builder.CreateLoad(type, slot(results, number)), number);
    call.replaceAllUsesWith(all);
  } else if (!call.getType()->isVoidTy()) {
    call.replaceAllUsesWith(builder.CreateLoad(call.getType(), slot(results, 0)));
  }
  call.eraseFromParent();
  return Error::success();
}

Error Rewriter::rewrite(Function &function) {
  for (Instruction &instruction : make_early_inc_range(instructions(function))) {
    if (auto *cast = dyn_cast<AddrSpaceCastInst>(&instruction)) {
      cast->replaceAllUsesWith(cast->getPointerOperand());
      cast->eraseFromParent();
    } else if (auto *load = dyn_cast<LoadInst>(&instruction)) {
      watch(*load, load->getPointerOperand(), load->getType(), false);
    } else if (auto *store = dyn_cast<StoreInst>(&instruction)) {
      watch(*store, store->getPointerOperand(), store->getValueOperand()->getType(), true);
    } else if (auto *call = dyn_cast<CallInst>(&instruction)) {
      if (Error err = rewrite(*call))
        return err;
    } else if (auto *atomic = dyn_cast<AtomicRMWInst>(&instruction); atomic && atomic->isFloatingPointOperation()) {
      return createStringError("expected no atomic sums of floats, whose order is open, but found one in " +
                               function.getName());
    }
  }
  return Error::success();
}

/// void theria_entry_KERNEL(void **arguments), which hold the addresses of the values.
void Rewriter::addEntry(Function &kernel) {
  IRBuilder<> builder(target->getContext());
  auto *type = FunctionType::get(builder.getVoidTy(), builder.getPtrTy(), false);
  auto *entry = Function::Create(type, GlobalValue::ExternalLinkage, "theria_entry_" + kernel.getName(), *target);
  builder.SetInsertPoint(BasicBlock::Create(target->getContext(), "", entry));
  SmallVector<Value *> arguments;
  for (Argument &argument : kernel.args()) {
    Value *slot = builder.CreateConstGEP1_64(builder.getPtrTy(), entry->getArg(0), argument.getArgNo());
    arguments.push_back(builder.CreateLoad(argument.getType(), builder.CreateLoad(builder.getPtrTy(), slot)));
  }
  builder.CreateCall(&kernel, arguments);
  builder.CreateRetVoid();
}

Expected<std::unique_ptr<Module>> Rewriter::run() {
  if (Error err = clone())
    return err;
  SmallVector<Function *> kernels;
  for (Function &function : source)
    if (function.getCallingConv() == CallingConv::PTX_Kernel)
      kernels.push_back(target->getFunction(function.getName()));
  for (Function &function : *target)
    if (Error err = rewrite(function))
      return err;
  for (Function *kernel : kernels) {
    names.push_back(kernel->getName().str());
    addEntry(*kernel);
  }
  for (Function &function : make_early_inc_range(*target))
    if (function.isDeclaration() && function.use_empty())
      function.eraseFromParent();
  std::string wrong;
  raw_string_ostream stream(wrong);
  if (verifyModule(*target, &stream))
    return createStringError("expected a module for the host, but the rewritten one is broken: " + wrong);
  return std::move(target);
}

Expected<Kernels> Kernels::compile(std::unique_ptr<LLVMContext> context, std::unique_ptr<Module> module, char *shared) {
  Kernels result;
  Rewriter rewriter(*module, shared, result.sites);
  auto rewritten = rewriter.run();
  if (!rewritten)
    return rewritten.takeError();
  module.reset();
  auto jit = orc::LLJITBuilder().create();
  if (!jit)
    return jit.takeError();
  (*rewritten)->setDataLayout((*jit)->getDataLayout());
  (*rewritten)->setTargetTriple((*jit)->getTargetTriple());
  orc::SymbolMap symbols;
  orc::MangleAndInterner mangle((*jit)->getExecutionSession(), (*jit)->getDataLayout());
  symbols[mangle("theria_emulated_access")] = {orc::ExecutorAddr::fromPtr(&theria_emulated_access),
                                               JITSymbolFlags::Exported};
  symbols[mangle("theria_emulated_call")] = {orc::ExecutorAddr::fromPtr(&theria_emulated_call),
                                             JITSymbolFlags::Exported};
  for (auto [name, address] : conversions())
    symbols[mangle(name)] = {orc::ExecutorAddr::fromPtr(address), JITSymbolFlags::Exported};
  if (Error err = (*jit)->getMainJITDylib().define(orc::absoluteSymbols(symbols)))
    return err;
  auto process = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess((*jit)->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  (*jit)->getMainJITDylib().addGenerator(std::move(*process));
  if (Error err = (*jit)->addIRModule(orc::ThreadSafeModule(std::move(*rewritten), std::move(context))))
    return err;
  for (const std::string &name : rewriter.names) {
    auto entry = (*jit)->lookup("theria_entry_" + name);
    if (!entry)
      return entry.takeError();
    result.functions[name] = entry->toPtr<void (*)(void **)>();
  }
  result.jit = std::move(*jit);
  return result;
}

} // namespace theria::emulation
