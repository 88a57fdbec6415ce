//===- theria-compile.cpp - Programs ahead of time ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Register.h"

#include "tools/Faults.h"
#include "tools/theria-compile/Library.h"
#include "tools/theria-run/Compile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/WithColor.h"

using namespace theria;
using namespace theria::compile;
using llvm::Error;
using llvm::Expected;

static Error compileFile(run::Source &source, const Options &options) {
  if (mlir::failed(source.parse()))
    return run::reported();
  Expected<llvm::SmallVector<Export, 0>> exports = compileExports(source, options);
  if (!exports)
    return exports.takeError();
  auto description = describe(*exports, options);
  if (!description)
    return description.takeError();
  const std::string header = makeHeader(*exports, options);
  run::Objects objects;
  objects.push_back(std::move(*description));
  for (Export &exported : *exports)
    llvm::move(exported.objects, std::back_inserter(objects));
  return writeLibrary(objects, header, options);
}

int main(int argc, char **argv) {
  const FaultHandlers handlers(argc, argv);
  run::Engine::initialise();
  auto report = [](Error err) {
    const std::string message = llvm::toString(std::move(err));
    if (!message.empty())
      llvm::WithColor::error(llvm::errs(), "theria-compile") << message << '\n';
    return EXIT_FAILURE;
  };
  Expected<Options> options = parseOptions(argc, argv);
  if (!options)
    return report(options.takeError());
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  mlir::MLIRContext context(registry, run::compilerThreading);
  context.printOpOnDiagnostic(false);
  run::Source source(&context);
  if (Error err = source.open(options->file))
    return report(std::move(err));
  const mlir::SourceMgrDiagnosticHandler handler(source.getSourceMgr(), &context);
  if (Error err = compileFile(source, *options))
    return report(std::move(err));
  return EXIT_SUCCESS;
}
