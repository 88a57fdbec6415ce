//===- Program.cpp - a function on arrays, compiled -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Codegen/Math/Program.h"

#include "lib/Codegen/Math/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/ExecutionEngine/CRunnerUtils.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace theria::test {

ArrayRef<int> Program::widths(const Format &format) {
  static const int single[] = {1, 4, 8, 16}, twice[] = {1, 2, 4, 8};
  return format.digits == 24 ? ArrayRef(single) : ArrayRef(twice);
}

/// A loop over arrays x, y and out, `width` elements at a time.
static std::string loop(const Function &function, const Format &format, int width) {
  std::string lanes = width == 1 ? format.name : llvm::formatv("vector<{0}x{1}>", width, format.name).str();
  const bool hasDialect = function.name.contains('.');
  const std::string operation = ((hasDialect ? "" : "math.") + function.name).str();
  const char *text = R"(
    func.func @lanes{0}(%x: memref<?x{1}>, %y: memref<?x{1}>, %out: memref<?x{1}>) attributes {{llvm.emit_c_interface} {{
      %zero = arith.constant 0 : index
      %step = arith.constant {0} : index
      %size = memref.dim %x, %zero : memref<?x{1}>
      scf.for %i = %zero to %size step %step {{
        %a = {2}load %x[%i] : memref<?x{1}>{3}
        %b = {2}load %y[%i] : memref<?x{1}>{3}
        %r = {4} %a{5} : {6}
        {2}store %r, %out[%i] : memref<?x{1}>{3}
      }
      return
    })";
  return llvm::formatv(text, width, format.name, width == 1 ? "memref." : "vector.", width == 1 ? "" : ", " + lanes,
                       operation, function.operands == 2 ? ", %b" : "", lanes);
}

static void buildPipeline(OpPassManager &manager, bool fma, bool isComplete) {
  codegen::ExpandMathOptions options;
  options.fma = fma;
  options.complete = isComplete;
  manager.addPass(codegen::createExpandMath(options));
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  manager.addPass(createSCFToControlFlowPass());
  manager.addPass(createConvertVectorToLLVMPass());
  manager.addPass(createFinalizeMemRefToLLVMConversionPass());
  manager.addPass(createConvertMathToLLVMPass());
  if (!isComplete)
    manager.addPass(createConvertMathToLibmPass());
  manager.addPass(createArithToLLVMConversionPass());
  manager.addPass(createConvertFuncToLLVMPass());
  manager.addPass(createConvertControlFlowToLLVMPass());
  manager.addPass(createReconcileUnrealizedCastsPass());
}

std::unique_ptr<Program> Program::compile(MLIRContext &context, const Function &function, const Format &format,
                                          bool fma) {
  std::string text;
  for (int width : widths(format))
    text += loop(function, format, width);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  PassManager manager(&context);
  buildPipeline(manager, fma, function.isComplete);
  if (!module || failed(manager.run(*module)))
    return nullptr;
  auto engine = ExecutionEngine::create(*module);
  if (!engine) {
    llvm::errs() << "error: " << llvm::toString(engine.takeError()) << "\n";
    return nullptr;
  }
  auto program = std::make_unique<Program>();
  program->format = &format;
  program->engine = std::move(*engine);
  return program;
}

template <typename T> std::vector<double> Program::runAs(int width, ArrayRef<double> x, ArrayRef<double> y) const {
  using Array = StridedMemRefType<T, 1>;
  auto entry = engine->lookup(llvm::formatv("_mlir_ciface_lanes{0}", width).str());
  if (!entry)
    llvm::report_fatal_error(entry.takeError());
  std::vector<T> arrays[] = {{x.begin(), x.end()}, {y.begin(), y.end()}, std::vector<T>(x.size())};
  Array descriptors[3];
  for (auto [array, descriptor] : llvm::zip(arrays, descriptors))
    descriptor = Array{array.data(), array.data(), 0, {static_cast<int64_t>(array.size())}, {1}};
  reinterpret_cast<void (*)(Array *, Array *, Array *)>(*entry)(&descriptors[0], &descriptors[1], &descriptors[2]);
  return {arrays[2].begin(), arrays[2].end()};
}

std::vector<double> Program::run(int width, ArrayRef<double> x, ArrayRef<double> y) const {
  return format->digits == 24 ? runAs<float>(width, x, y) : runAs<double>(width, x, y);
}

} // namespace theria::test
