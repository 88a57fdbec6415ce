//===- theria-run.cpp - Run a function of a module ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/theria_runtime.h"
#include "theria/Register.h"
#include "tools/theria-run/Compile.h"
#include "tools/theria-run/Inputs.h"
#include "tools/theria-run/Memory.h"
#include "tools/theria-run/MemoryNeeds.h"
#include "tools/theria-run/Options.h"
#include "tools/theria-run/OutputFiles.h"
#include "tools/theria-run/Source.h"
#include "tools/theria-run/Summary.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

#include <csignal>

using namespace theria;
using namespace theria::run;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::Twine;
using mlir::func::FuncOp;

/// The function to run and its signature: --function, differentiated as
/// --derive says.
static Expected<std::pair<FuncOp, Signature>> prepare(Source &source, const Options &options) {
  Expected<FuncOp> function = source.findFunction(options.function);
  if (!function)
    return error(options.file + ": " + llvm::toString(function.takeError()));
  auto signature = getSignature(*function, source.argumentNames(*function));
  if (mlir::failed(signature))
    return reported();
  if (options.chain.empty())
    return std::make_pair(*function, *signature);

  std::optional<llvm::ArrayRef<int64_t>> wrt;
  if (options.wrt)
    wrt = *options.wrt;
  mlir::FailureOr<FuncOp> derived = derive(source.getModule(), function->getName(), options.chain, wrt);
  if (mlir::failed(derived))
    return reported();
  return std::make_pair(*derived, deriveSignature(*signature, options.chain, wrt));
}

/// Opens the files of --output, at most one for each result, and last that of --report.
static Expected<OutputFiles> openOutputs(const Options &options, size_t results) {
  if (options.outputs.size() > results)
    return error("expected at most " + Twine(results) + " of --output, but found " + Twine(options.outputs.size()) +
                 "; see --signature");
  OutputFiles files;
  for (const std::string &path : options.outputs)
    if (!path.empty())
      if (Error err = files.add(path, "output"))
        return err;
  if (!options.reportFile.empty())
    if (Error err = files.add(options.reportFile, "report"))
      return err;
  return files;
}

/// Reads the files of --expect; nothing where a result has none.
static Expected<SmallVector<std::optional<Tensor>>> readAllExpected(const Options &options,
                                                                    const Signature &signature) {
  const size_t results = signature.outputs.size();
  if (options.expected.size() > results)
    return error("expected at most " + Twine(results) + " of --expect, but found " + Twine(options.expected.size()) +
                 "; see --signature");
  SmallVector<std::optional<Tensor>> wanted(results);
  for (auto [index, path] : llvm::enumerate(options.expected)) {
    if (path.empty())
      continue;
    Expected<Tensor> tensor = readExpected(path, signature.outputs[index].elementType());
    if (!tensor)
      return error("--expect " + Twine(index) + ": " + llvm::toString(tensor.takeError()));
    wanted[index] = std::move(*tensor);
  }
  return wanted;
}

/// Runs once, and with --time again as often as asked.
static Expected<SmallVector<Tensor>> runAll(const Engine &engine, const Options &options, llvm::ArrayRef<Tensor> inputs,
                                            const Signature &signature, std::optional<double> flop) {
  if (options.threads)
    theria_set_threads(options.threads);
  std::optional<uint64_t> bytes;
  Expected<SmallVector<Tensor>> results =
      engine.run(inputs, signature.outputs, {nullptr, options.runs ? &bytes : nullptr});
  if (!results || !options.runs)
    return results;
  SmallVector<double> seconds(options.runs);
  for (double &run : seconds) {
    results = engine.run(inputs, signature.outputs, {&run});
    if (!results)
      return results;
  }
  printTimes(std::move(seconds), flop, bytes, llvm::outs());
  return results;
}

/// Writes the files of --output and --report, and summaries of the other results.
static Error deliver(llvm::ArrayRef<Tensor> results, const Signature &signature, const Options &options,
                     const llvm::json::Object &report, OutputFiles &files) {
  size_t file = 0;
  for (auto [index, tensor] : llvm::enumerate(results)) {
    if (index < options.outputs.size() && !options.outputs[index].empty()) {
      if (Error err = files.write(file++, tensor))
        return err;
    } else {
      printSummary(signature.outputs[index], tensor, llvm::outs());
    }
  }
  if (!options.reportFile.empty())
    if (Error err = files.write(file, llvm::formatv("{0:2}\n", llvm::json::Value(llvm::json::Object(report))).str()))
      return err;
  return files.commit();
}

/// What --report tells.
static llvm::json::Object describe(const Program &program, llvm::ArrayRef<Tensor> inputs, const Options &options,
                                   llvm::ArrayRef<Stage> stages) {
  llvm::json::Object report = describeStreaming(program.record, inputs);
  report["path"] = options.streaming ? "streaming" : "reference";
  addStages(report, stages, program.cache);
  return report;
}

static Error runTool(Source &source, const Options &options) {
  StageTimer timer;
  if (mlir::failed(source.parse()))
    return reported();
  timer.end("parse");
  auto prepared = prepare(source, options);
  if (!prepared)
    return prepared.takeError();
  auto &[function, signature] = *prepared;
  if (options.signature) {
    signature.print(llvm::outs());
    return Error::success();
  }

  auto inputs = bindInputs(signature, options.inputs, options.fill, function.getContext());
  if (!inputs)
    return inputs.takeError();
  auto wanted = readAllExpected(options, signature);
  if (!wanted)
    return wanted.takeError();
  Expected<OutputFiles> files = openOutputs(options, signature.outputs.size());
  if (!files)
    return files.takeError();
  timer.restart();
  Expected<Program> program = compile(source.getModule(), function, options, timer);
  if (!program)
    return program.takeError();
  llvm::json::Object report = describe(*program, *inputs, options, timer.stages);
  if (options.report && options.reportFile.empty())
    printReport(report, llvm::outs());
  if (Error err = checkMemory(report, signature))
    return err;
  auto results = runAll(program->engine, options, *inputs, signature, usefulFlop(report));
  if (!results)
    return results.takeError();
  if (Error err = deliver(*results, signature, options, report, *files))
    return err;

  Error differences = Error::success();
  for (auto [index, want] : llvm::enumerate(*wanted))
    if (want)
      differences = llvm::joinErrors(std::move(differences), checkExpected((*results)[index], *want, options.tolerance,
                                                                           signature.outputs[index].name,
                                                                           options.expected[index], llvm::outs()));
  return differences;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  // A file over the size limit is a write that fails, not a signal.
  std::signal(SIGXFSZ, SIG_IGN);
  Engine::initialise();
  keepFreedMemory();

  int status = 0;
  auto report = [&](Error err) {
    llvm::handleAllErrors(
        std::move(err),
        [&](const ProgramError &info) {
          status = 1;
          llvm::errs() << info.message() << '\n';
        },
        [&](const llvm::ErrorInfoBase &info) {
          status = 1;
          const std::string message = info.message();
          if (!message.empty())
            llvm::WithColor::error(llvm::errs(), "theria-run") << message << '\n';
        });
  };
  Expected<Options> options = parseOptions(argc, argv);
  if (!options) {
    report(options.takeError());
    return status;
  }
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  // One error is one line and its place, without the whole function again.
  context.printOpOnDiagnostic(false);
  Source source(&context);
  if (Error err = source.open(options->file)) {
    report(std::move(err));
    return status;
  }
  mlir::SourceMgrDiagnosticHandler handler(source.getSourceMgr(), &context);
  report(runTool(source, *options));
  return status;
}
