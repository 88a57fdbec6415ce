//===- Program.cpp - lowering, compiling and calling a function -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Rules/Program.h"

#include "runtime/theria_runtime.h"
#include "theria/Pipelines.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace theria::test {

static ArrayRef<int64_t> shapeOf(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? tensor.getShape() : ArrayRef<int64_t>();
}

std::optional<int64_t> countElements(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!(tensor ? tensor.getElementType() : type).isF64() || (tensor && !tensor.hasStaticShape()))
    return std::nullopt;
  return ShapedType::getNumElements(shapeOf(type));
}

static llvm::orc::SymbolMap runtimeSymbols(llvm::orc::MangleAndInterner name) {
  llvm::orc::SymbolMap symbols;
  for (const theria_symbol *symbol = theria_runtime_symbols(); symbol->name; ++symbol)
    symbols[name(symbol->name)] = {llvm::orc::ExecutorAddr::fromPtr(symbol->address), llvm::JITSymbolFlags::Exported};
  return symbols;
}

std::unique_ptr<Program> Program::compile(ModuleOp module, func::FuncOp function) {
  auto program = std::make_unique<Program>();
  program->inputs = function.getArgumentTypes();
  program->results = function.getResultTypes();
  PassManager manager(module.getContext());
  buildCalculusPipeline(manager);
  buildReferencePipeline(manager, {function.getSymName().str()});
  if (failed(manager.run(module)))
    return nullptr;
  ExecutionEngineOptions options;
  options.jitCodeGenOptLevel = llvm::CodeGenOptLevel::None;
  auto engine = ExecutionEngine::create(module, options);
  if (!engine) {
    llvm::errs() << "error: " << llvm::toString(engine.takeError()) << "\n";
    return nullptr;
  }
  program->engine = std::move(*engine);
  program->engine->registerSymbols(runtimeSymbols);
  program->engine->initialize();
  auto entry = program->engine->lookupPacked("_mlir_ciface___theria_entry");
  if (!entry) {
    llvm::errs() << "error: " << llvm::toString(entry.takeError()) << "\n";
    return nullptr;
  }
  program->entry = *entry;
  return program;
}

/// Allocated and aligned pointer, offset, sizes, strides.
static void appendDescriptor(std::vector<int64_t> &words, Type type, const double *data) {
  auto address = reinterpret_cast<intptr_t>(data);
  ArrayRef<int64_t> shape = shapeOf(type);
  words.insert(words.end(), {address, address, 0});
  words.insert(words.end(), shape.begin(), shape.end());
  for (size_t dim = 0; dim < shape.size(); ++dim)
    words.push_back(ShapedType::getNumElements(shape.drop_front(dim + 1)));
}

std::optional<std::vector<Array>> Program::run(ArrayRef<Array> arrays) const {
  std::vector<std::vector<int64_t>> descriptors(arrays.size() + 1);
  for (Type type : results)
    appendDescriptor(descriptors[0], type, nullptr);
  for (auto [number, array] : llvm::enumerate(arrays))
    appendDescriptor(descriptors[number + 1], inputs[number], array.data());
  // The packed entry takes the addresses of its arguments, which are pointers.
  std::vector<void *> pointers, arguments;
  for (std::vector<int64_t> &descriptor : descriptors)
    pointers.push_back(descriptor.data());
  for (void *&pointer : pointers)
    arguments.push_back(static_cast<void *>(&pointer));
  entry(arguments.data());
  std::optional<std::vector<Array>> outputs;
  if (theria_failed()) {
    llvm::errs() << "error: " << theria_error() << "\n";
  } else {
    outputs.emplace();
    const int64_t *words = descriptors[0].data();
    for (Type type : results) {
      const double *data = reinterpret_cast<const double *>(words[1]) + words[2];
      outputs->emplace_back(data, data + *countElements(type));
      words += 3 + 2 * shapeOf(type).size();
    }
  }
  theria_release();
  return outputs;
}

} // namespace theria::test
