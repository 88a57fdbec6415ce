//===- Partition.cpp - a module as parts, and parts as a module ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

namespace theria::cpu {
#define GEN_PASS_DEF_PARTITION
#define GEN_PASS_DEF_MERGEPARTS
#include "lib/Codegen/CPU/Passes.h.inc"

/// Parts at most: some more than threads, as they do not take equally long.
static constexpr size_t kMostParts = 8;

namespace {

struct Partition : impl::PartitionBase<Partition> {
  using PartitionBase::PartitionBase;
  void runOnOperation() override;
};

struct MergeParts : impl::MergePartsBase<MergeParts> {
  void runOnOperation() override;
};

/// A function, how much work it is, and which of the module's it is.
struct Weighed {
  func::FuncOp function;
  int64_t weight;
  size_t position;
};

struct Part {
  SmallVector<func::FuncOp> functions;
  int64_t weight = 0;
};

} // namespace

/// The functions of a module that have a body, the largest first.
static SmallVector<Weighed> weigh(ModuleOp module) {
  SmallVector<Weighed> functions;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isExternal())
      continue;
    int64_t weight = 0;
    function.walk([&](Operation *) { ++weight; });
    functions.push_back({function, weight, functions.size()});
  }
  llvm::sort(functions, [](const Weighed &left, const Weighed &right) {
    return std::pair(-left.weight, left.position) < std::pair(-right.weight, right.position);
  });
  return functions;
}

/// Each function goes to the part that has least, which depends on nothing but the program.
static SmallVector<Part> distribute(ArrayRef<Weighed> functions, int64_t enough) {
  int64_t total = 0;
  for (const Weighed &function : functions)
    total += function.weight;
  SmallVector<Part> parts(std::clamp<size_t>(total / std::max<int64_t>(enough, 1), 1, kMostParts));
  for (auto [function, weight, position] : functions) {
    Part *least = llvm::min_element(parts, [](const Part &a, const Part &b) { return a.weight < b.weight; });
    least->functions.push_back(function);
    least->weight += weight;
  }
  llvm::erase_if(parts, [](const Part &part) { return part.functions.empty(); });
  return parts;
}

/// What a part needs to know of a symbol that it uses: a function's type, all of a constant.
static void declare(Operation *symbol, SymbolTable &part) {
  StringRef name = SymbolTable::getSymbolName(symbol);
  if (part.lookup(name))
    return;
  Operation *copy = isa<func::FuncOp>(symbol) ? symbol->cloneWithoutRegions() : symbol->clone();
  SymbolTable::setSymbolVisibility(copy, SymbolTable::Visibility::Private);
  copy->removeAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName());
  part.insert(copy, cast<ModuleOp>(part.getOp()).getBody()->begin());
}

void Partition::runOnOperation() {
  ModuleOp module = getOperation();
  SmallVector<Part> parts = distribute(weigh(module), operations);
  SymbolTable symbols(module);
  SmallVector<ModuleOp> modules;
  for (const Part &part : parts) {
    auto inner = ModuleOp::create(module.getLoc());
    modules.push_back(inner);
    SymbolTable table(inner);
    for (func::FuncOp function : part.functions) {
      // Others may call it.
      function.setPublic();
      function->remove();
      table.insert(function);
    }
    const std::optional<SymbolTable::UseRange> uses = SymbolTable::getSymbolUses(&inner.getBodyRegion());
    for (SymbolTable::SymbolUse use : *uses)
      declare(symbols.lookup(use.getSymbolRef().getRootReference()), table);
  }
  module.getBody()->clear();
  for (ModuleOp inner : modules)
    module.push_back(inner);
}

/// Whether a symbol says of another one only that it exists.
static bool isDeclaration(Operation *symbol) {
  auto function = dyn_cast<FunctionOpInterface>(symbol);
  return function && function.isExternal();
}

void MergeParts::runOnOperation() {
  ModuleOp module = getOperation();
  SymbolTable symbols(module);
  for (ModuleOp part : llvm::make_early_inc_range(module.getOps<ModuleOp>())) {
    for (Operation &symbol : llvm::make_early_inc_range(*part.getBody())) {
      StringAttr name = SymbolTable::getSymbolName(&symbol);
      Operation *other = symbols.lookup(name);
      if (other && !isDeclaration(&symbol) && !isDeclaration(other)) {
        std::string fresh = name.str();
        for (unsigned count = 0; symbols.lookup(fresh) || SymbolTable::lookupSymbolIn(part, fresh); ++count)
          fresh = (name.getValue() + "_" + Twine(count)).str();
        (void)SymbolTable::replaceAllSymbolUses(&symbol, StringAttr::get(&getContext(), fresh), part);
        SymbolTable::setSymbolName(&symbol, fresh);
      } else if (other && isDeclaration(other)) {
        symbols.erase(other);
      } else if (other) {
        continue;
      }
      symbol.remove();
      symbols.insert(&symbol);
    }
    part.erase();
  }
}

} // namespace theria::cpu
