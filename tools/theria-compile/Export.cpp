//===- Export.cpp - A function of a library ------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-compile/Export.h"

#include "lib/Codegen/GPU/Translate.h"
#include "runtime/theria_program.h"
#include "tools/theria-compile/Program.h"
#include "tools/theria-run/Compile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace theria;
using namespace theria::compile;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;
using mlir::func::FuncOp;
using run::error;

namespace {

/// Keeps kernels as PTX, for a GPU that another machine has.
class PtxWriter : public run::Device {
public:
  explicit PtxWriter(const Options &options) {
    gpu.chip = options.chip;
    gpu.splitTf32 = options.splitTf32;
  }

  GpuOptions options() const override { return gpu; }
  Expected<std::unique_ptr<run::LoadedKernels>> load(mlir::gpu::GPUModuleOp kernels) override {
    if (!kernels)
      return nullptr;
    Expected<std::string> text = gpu::emitPtx(kernels, gpu.chip);
    if (!text)
      return text.takeError();
    ptx = std::move(*text);
    return nullptr;
  }

  std::string ptx;

private:
  GpuOptions gpu;
};

} // namespace

static std::string describeChain(llvm::ArrayRef<Derivative> chain) {
  std::string text;
  for (Derivative step : chain)
    text += std::string(text.empty() ? "" : ",") + (step == Derivative::Jvp   ? "jvp"
                                                    : step == Derivative::Vjp ? "vjp"
                                                                              : "hvp");
  return text;
}

std::string theria::compile::toIdentifier(StringRef name) {
  std::string identifier;
  for (char letter : name)
    identifier += llvm::isAlnum(letter) ? letter : '_';
  if (identifier.empty() || llvm::isDigit(identifier.front()))
    identifier.insert(0, "_");
  return identifier;
}

/// PTX as the machine code that ptxas makes of it; the PTX where there is no ptxas and none is asked for.
static Expected<std::string> assembleKernels(const std::string &ptx, const Options &options) {
  if (options.assemble && !*options.assemble)
    return ptx;
  llvm::ErrorOr<std::string> ptxas = llvm::sys::findProgramByName("ptxas");
  if (!ptxas) {
    if (options.assemble)
      return error(
          "expected ptxas for --kernels=cubin, but found none on the path; install the CUDA Toolkit, or choose "
          "--kernels=ptx");
    return ptx;
  }
  auto cubin = runProgram(*ptxas, ptx, [&](std::string in, std::string out) {
    return std::vector<std::string>{"-arch=" + options.chip, "-O3", std::move(in), "-o", std::move(out)};
  });
  if (cubin)
    return (*cubin)->getBuffer().str();
  return error("expected ptxas to assemble the kernels for " + options.chip + ", but it failed: " +
               llvm::toString(cubin.takeError()) + "; choose --kernels=ptx, or install a later CUDA Toolkit");
}

/// Ranks that the C structures have no room for.
static Error checkRanks(const run::Signature &signature, StringRef name) {
  for (const auto *ports : {&signature.inputs, &signature.outputs})
    for (const run::Port &port : *ports)
      if (port.shape().size() > THERIA_MAX_RANK)
        return error("expected arrays of rank " + Twine(THERIA_MAX_RANK) + " at most, but " + port.name + " of " +
                     name + " has rank " + Twine(port.shape().size()) + "; reshape it in the function");
  return Error::success();
}

static Expected<Export> compileExport(run::Source &source, const Wanted &wanted, const Options &options) {
  Expected<FuncOp> found = source.findFunction(wanted.function);
  if (!found)
    return error(options.file + ": " + llvm::toString(found.takeError()));
  auto primal = run::getSignature(*found, source.argumentNames(*found));
  if (mlir::failed(primal))
    return run::reported();
  const std::string chain = describeChain(wanted.chain);
  Export exported;
  exported.name = wanted.function + (chain.empty() ? "" : ":" + chain);
  exported.symbol = toIdentifier((llvm::sys::path::stem(options.output) + "_" + exported.name).str());
  mlir::OwningOpRef<mlir::ModuleOp> module = source.getModule().clone();
  auto function = module->lookupSymbol<FuncOp>(wanted.function);
  const auto wrt = options.wrt ? std::optional<llvm::ArrayRef<int64_t>>(*options.wrt) : std::nullopt;
  exported.signature = *primal;
  if (!wanted.chain.empty()) {
    mlir::FailureOr<FuncOp> derived = derive(*module, wanted.function, wanted.chain, wrt);
    if (mlir::failed(derived))
      return run::reported();
    function = *derived;
    exported.signature = run::deriveSignature(*primal, wanted.chain, wrt);
  }
  if (Error err = checkRanks(exported.signature, exported.name))
    return err;
  PtxWriter device(options);
  run::Options lowering;
  lowering.compile = options.streaming;
  lowering.device = options.chip.empty() ? nullptr : &device;
  run::StageTimer timer;
  std::unique_ptr<run::LoadedKernels> none;
  if (mlir::failed(run::lower(*module, function.getName(), lowering, timer, none)))
    return run::reported();
  exported.chip = options.chip;
  if (!device.ptx.empty()) {
    Expected<std::string> kernels = assembleKernels(device.ptx, options);
    if (!kernels)
      return kernels.takeError();
    exported.kernels = std::move(*kernels);
  }
  Expected<run::Objects> objects = run::compileObjects(*module, {.cpu = options.cpu, .prefix = exported.symbol + "."});
  if (!objects)
    return objects.takeError();
  exported.objects = std::move(*objects);
  return exported;
}

Expected<llvm::SmallVector<Export, 0>> theria::compile::compileExports(run::Source &source, const Options &options) {
  std::vector<Wanted> wanted = options.wanted;
  if (wanted.empty())
    for (auto function : source.getModule().getOps<FuncOp>())
      if (function.isPublic() && !function.isExternal())
        wanted.push_back({function.getName().str(), {}});
  if (wanted.empty())
    return error(options.file + ": expected a public function with a body, but found none; give --function=NAME");
  llvm::SmallVector<Export, 0> exports;
  llvm::StringSet<> symbols;
  for (const Wanted &one : wanted) {
    Expected<Export> exported = compileExport(source, one, options);
    if (!exported)
      return exported.takeError();
    if (!symbols.insert(exported->symbol).second)
      return error("expected functions with names of their own in C, but found " + exported->symbol +
                   " twice; give the functions other names, or compile them into two libraries");
    exports.push_back(std::move(*exported));
  }
  return exports;
}
