//===- Compile.cpp - From a module to a program that runs -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Compile.h"

#include "dialect/Theria.h"
#include "theria/Pipelines.h"
#include "tools/theria-run/Cache.h"
#include "tools/theria-run/ObjectCode.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Pass/PassManager.h"

using namespace theria;
using namespace theria::run;
using llvm::Expected;

void StageTimer::end(llvm::StringRef name) {
  const auto now = std::chrono::steady_clock::now();
  stages.push_back({name.str(), std::chrono::duration<double>(now - start).count()});
  start = now;
}

llvm::Error theria::run::reported() { return error(""); }

/// The record of the entry: what streams is inlined there, but for recursion.
static mlir::DictionaryAttr recordOf(mlir::ModuleOp module) {
  for (auto function : module.getOps<mlir::func::FuncOp>())
    if (auto record = function->getAttrOfType<mlir::DictionaryAttr>(reportName))
      return record;
  return {};
}

/// Gives the kernels of a program to a device; the host program is left.
static Expected<std::unique_ptr<LoadedKernels>> loadKernels(mlir::ModuleOp module, Device &device) {
  auto kernels = llvm::to_vector(module.getOps<mlir::gpu::GPUModuleOp>());
  if (kernels.empty())
    return device.load({});
  auto loaded = device.load(kernels.front());
  kernels.front().erase();
  return loaded;
}

mlir::FailureOr<mlir::DictionaryAttr> theria::run::lower(mlir::ModuleOp module, llvm::StringRef name,
                                                         const Options &options, StageTimer &timer,
                                                         std::unique_ptr<LoadedKernels> &kernels) {
  auto run = [&](llvm::StringRef stage, llvm::function_ref<void(mlir::OpPassManager &)> build, bool verify = true) {
    mlir::PassManager manager(module->getName());
    manager.enableVerifier(verify);
    build(manager);
    const mlir::LogicalResult result = manager.run(module);
    timer.end(stage);
    return result;
  };
  StreamingOptions streaming = options.compile;
  streaming.function = name.str();
  const bool streams = options.path == Path::Streaming;
  Device *device = streams ? options.device : nullptr;
  GpuOptions gpu;
  if (device) {
    gpu = device->options();
    gpu.rowTile = std::min<int64_t>(streaming.rowTile, gpu.rowTile);
    gpu.columnTile = std::min<int64_t>(streaming.columnTile, gpu.columnTile);
    streaming = gpu.streaming(name.str());
  }
  const CpuTarget target = streams ? streaming.target : CpuTarget();
  if (mlir::failed(run("calculus", [&](mlir::OpPassManager &manager) {
        buildEntryPipeline(manager, name.str(), options.symmetrise);
      })))
    return mlir::failure();
  if (streams &&
      mlir::failed(run("streaming", [&](mlir::OpPassManager &manager) { buildSweepsPipeline(manager, streaming); })))
    return mlir::failure();
  mlir::DictionaryAttr record = recordOf(module);
  if (device) {
    if (mlir::failed(run("kernels", [&](mlir::OpPassManager &manager) { buildKernelPipeline(manager, gpu); })))
      return mlir::failure();
    auto loaded = loadKernels(module, *device);
    if (!loaded) {
      module.emitError(llvm::toString(loaded.takeError()));
      return mlir::failure();
    }
    kernels = std::move(*loaded);
    timer.end("device");
    if (mlir::failed(run("host", buildHostPipeline, /*verify=*/false)))
      return mlir::failure();
    return record;
  }
  // No input of a user's has an influence on whether a lowering is right, and verifying after each of them takes as
  // long as all of them; theria-opt does it.
  if (mlir::failed(
          run("code", [&](mlir::OpPassManager &manager) { buildLoweringPipeline(manager, target); }, /*verify=*/false)))
    return mlir::failure();
  return record;
}

/// The program of a cache's entry.
static Expected<Program> load(Cache::Entry entry, mlir::MLIRContext *context, StageTimer &timer) {
  Program program;
  program.cache = "hit";
  if (!entry.record.empty())
    program.record = mlir::dyn_cast_or_null<mlir::DictionaryAttr>(mlir::parseAttribute(entry.record, context));
  Expected<Engine> engine = Engine::load(std::move(entry.objects));
  if (!engine)
    return engine.takeError();
  program.engine = std::move(*engine);
  timer.end("load");
  return program;
}

Expected<Program> theria::run::compile(mlir::ModuleOp module, mlir::func::FuncOp function, const Options &options,
                                       StageTimer &timer) {
  const Cache cache(options.cache, options.cacheMegabytes);
  const std::string name = function.getName().str();
  // What a device has compiled isn't kept.
  std::optional<CacheKey> key = cache.isOn() && !options.device ? makeKey(module, name, options) : std::nullopt;
  if (key) {
    std::optional<Cache::Entry> entry = cache.find(*key);
    timer.end("cache");
    if (entry)
      return load(std::move(*entry), module.getContext(), timer);
  }
  std::unique_ptr<LoadedKernels> kernels;
  mlir::FailureOr<mlir::DictionaryAttr> record = lower(module, name, options, timer, kernels);
  if (mlir::failed(record))
    return reported();
  auto parts = compileObjects(module);
  if (!parts)
    return parts.takeError();
  auto objects = archive(*parts);
  if (!objects)
    return objects.takeError();
  timer.end("LLVM");
  Program program;
  program.record = *record;
  program.cache = key ? "miss" : "off";
  if (key) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    if (program.record)
      program.record.print(stream);
    cache.store(*key, text, (*objects)->getBuffer());
    timer.end("store");
  }
  Expected<Engine> engine = Engine::load(std::move(*objects), std::move(kernels));
  if (!engine)
    return engine.takeError();
  program.engine = std::move(*engine);
  timer.end("load");
  return program;
}
