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

Expected<Program> theria::run::compile(mlir::ModuleOp module, mlir::func::FuncOp function, const Options &options,
                                       StageTimer &timer) {
  auto run = [&](llvm::StringRef stage, llvm::function_ref<void(mlir::OpPassManager &)> build) {
    mlir::PassManager manager(module->getName());
    build(manager);
    const mlir::LogicalResult result = manager.run(module);
    timer.end(stage);
    return result;
  };
  const std::string name = function.getName().str();
  const StreamingOptions streaming{name, options.tile.first, options.tile.second, options.cpu};
  const CpuTarget target = options.streaming ? options.cpu : CpuTarget();
  if (mlir::failed(run("calculus", [&](mlir::OpPassManager &manager) { buildEntryPipeline(manager, name); })))
    return reported();
  if (options.streaming &&
      mlir::failed(run("streaming", [&](mlir::OpPassManager &manager) { buildSweepsPipeline(manager, streaming); })))
    return reported();
  Program program;
  program.record = recordOf(module);
  if (mlir::failed(run("code", [&](mlir::OpPassManager &manager) { buildLoweringPipeline(manager, target); })))
    return reported();
  Expected<Engine> engine = Engine::create(module);
  timer.end("LLVM");
  if (!engine)
    return engine.takeError();
  program.engine = std::move(*engine);
  return program;
}
