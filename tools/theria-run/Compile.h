//===- Compile.h - From a module to a program that runs ---------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_COMPILE_H
#define THERIA_RUN_COMPILE_H

#include "tools/theria-run/Engine.h"
#include "tools/theria-run/Options.h"
#include "tools/theria-run/Report.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/Compiler.h"

#include <chrono>

namespace theria::run {

/// Of a context to compile in. LLVM's thread pool is not built with ThreadSanitizer, which does not see then what waits
/// for what.
inline constexpr auto compilerThreading =
    LLVM_THREAD_SANITIZER_BUILD ? mlir::MLIRContext::Threading::DISABLED : mlir::MLIRContext::Threading::ENABLED;

/// Measures the stages of compiling, one after the other.
class StageTimer {
public:
  /// Ends the stage that begins with the construction or with the last call.
  void end(llvm::StringRef name);
  /// What happened since is no part of compiling.
  void restart() { start = std::chrono::steady_clock::now(); }

  std::vector<Stage> stages;

private:
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

struct Program {
  Engine engine;
  /// What streaming recorded; null where it did nothing.
  mlir::DictionaryAttr record;
  /// Of the folder of compiled programs: "hit", "miss" or "off".
  llvm::StringRef cache;
};

/// Lowers the module to the LLVM dialect in place, in the parts that compileObjects takes; where options.device is set,
/// it gets the kernels. The record of streaming is null where nothing is streamed. Errors are diagnostics.
mlir::FailureOr<mlir::DictionaryAttr> lower(mlir::ModuleOp module, llvm::StringRef name, const Options &options,
                                            StageTimer &timer, std::unique_ptr<LoadedKernels> &kernels);

/// Takes the program from the cache, or lowers the module in place and compiles it. Of what is wrong with the program,
/// located diagnostics tell; the error is then empty.
llvm::Expected<Program> compile(mlir::ModuleOp module, mlir::func::FuncOp function, const Options &options,
                                StageTimer &timer);

/// What has already been said, by a diagnostic with a location.
llvm::Error reported();

} // namespace theria::run

#endif // THERIA_RUN_COMPILE_H
