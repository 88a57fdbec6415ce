//===- Main.cpp - Run a function of a module ------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Main.h"

#include "runtime/theria_runtime.h"
#include "theria/Register.h"
#include "tools/Faults.h"
#include "tools/theria-run/Compile.h"
#include "tools/theria-run/Cuda.h"
#include "tools/theria-run/Evaluate.h"
#include "tools/theria-run/Inputs.h"
#include "tools/theria-run/Memory.h"
#include "tools/theria-run/MemoryNeeds.h"
#include "tools/theria-run/Options.h"
#include "tools/theria-run/OutputFiles.h"
#include "tools/theria-run/Source.h"
#include "tools/theria-run/Summary.h"
#include "tools/theria-run/check/Check.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"

using namespace theria;
using namespace theria::run;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::Twine;
using mlir::func::FuncOp;

/// A function and its signature.
using Entry = std::pair<FuncOp, Signature>;

/// What --function says.
static Expected<Entry> findEntry(Source &source, const Options &options) {
  Expected<FuncOp> function = source.findFunction(options.function);
  if (!function)
    return error(options.file + ": " + llvm::toString(function.takeError()));
  auto signature = getSignature(*function, source.argumentNames(*function));
  if (mlir::failed(signature))
    return reported();
  return Entry(*function, *signature);
}

/// The function to run: `entry`, differentiated as --derive says.
static Expected<Entry> prepare(Source &source, const Entry &entry, const Options &options) {
  const auto &[function, signature] = entry;
  if (options.chain.empty())
    return entry;
  const llvm::StringRef name = FuncOp(function).getName();
  mlir::FailureOr<FuncOp> derived = derive(source.getModule(), name, options.chain, options.getWrt());
  if (mlir::failed(derived))
    return reported();
  return Entry(*derived, deriveSignature(signature, options.chain, options.getWrt()));
}

/// Opens the files of --output, at most one for each result, and last those of --report and --check.
static Expected<OutputFiles> openOutputs(const Options &options, size_t results) {
  if (options.outputs.size() > results)
    return error("expected at most " + Twine(results) + " of --output, but found " + Twine(options.outputs.size()) +
                 "; see --signature");
  OutputFiles files;
  for (const std::string &path : options.outputs)
    if (!path.empty())
      if (Error err = files.add(path, "output"))
        return err;
  for (const auto &[path, option] : {std::pair(options.reportFile, "report"), {options.checkFile, "check"}})
    if (!path.empty())
      if (Error err = files.add(path, option))
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

/// What one run gives.
struct Outcome {
  SmallVector<Tensor> results;
  /// The results before they were rounded to their types, of the oracle.
  oracle::Tensors exact;
  llvm::json::Object report;
  std::optional<Certificate> certificate;
};

/// Writes the files of --output, --report and --check, and summaries of the other results.
static Error deliver(const Outcome &outcome, const Signature &signature, const Options &options, OutputFiles &files) {
  size_t file = 0;
  for (auto [index, tensor] : llvm::enumerate(outcome.results)) {
    if (index < options.outputs.size() && !options.outputs[index].empty()) {
      if (Error err = files.write(file++, tensor))
        return err;
    } else if (outcome.exact.empty()) {
      printSummary(signature.outputs[index], tensor, llvm::outs());
    } else {
      printSummary(signature.outputs[index], outcome.exact[index], llvm::outs());
    }
  }
  auto writeJson = [&](llvm::StringRef path, llvm::json::Value value) {
    return path.empty() ? Error::success() : files.write(file++, llvm::formatv("{0:2}\n", value).str());
  };
  if (Error err = writeJson(options.reportFile, llvm::json::Object(outcome.report)))
    return err;
  if (outcome.certificate) {
    if (Error err = writeJson(options.checkFile, outcome.certificate->toJson()))
      return err;
    if (options.checkFile.empty())
      outcome.certificate->print(llvm::outs());
  }
  if (Error err = checkStandardOutput())
    return err;
  return files.commit();
}

/// What --report tells.
static llvm::json::Object describe(const Program &program, llvm::ArrayRef<Tensor> inputs, const Options &options,
                                   llvm::ArrayRef<Stage> stages) {
  llvm::json::Object report = describeStreaming(program.record, inputs);
  report["path"] = options.path == Path::Streaming ? "streaming" : "reference";
  addStages(report, stages, program.cache);
  return report;
}

static Expected<Outcome> runCompiled(Source &source, FuncOp function, const Signature &signature,
                                     llvm::ArrayRef<Tensor> inputs, const Options &options, StageTimer &timer) {
  timer.restart();
  Expected<Program> program = compile(source.getModule(), function, options, timer);
  if (!program)
    return program.takeError();
  Outcome outcome;
  outcome.report = describe(*program, inputs, options, timer.stages);
  if (options.report && options.reportFile.empty())
    printReport(outcome.report, llvm::outs());
  if (Error err = checkMemory(outcome.report, signature))
    return err;
  // What does not stream seldom has parallel loops.
  if (program->record)
    startThreads(options.threads);
  auto results = runAll(program->engine, options, inputs, signature, usefulFlop(outcome.report));
  if (!results)
    return results.takeError();
  outcome.results = std::move(*results);
  return outcome;
}

static Expected<Outcome> runOracle(FuncOp function, const Signature &signature, llvm::ArrayRef<Tensor> inputs,
                                   const Options &options) {
  Expected<oracle::Tensors> exact = evaluate(function, inputs, options.precision, options.threads);
  if (!exact)
    return exact.takeError();
  Outcome outcome;
  outcome.exact = std::move(*exact);
  for (auto [output, tensor] : llvm::zip_equal(signature.outputs, outcome.exact)) {
    Expected<Tensor> rounded = fromOracle(tensor, output.elementType());
    if (!rounded)
      return rounded.takeError();
    outcome.results.push_back(std::move(*rounded));
  }
  return outcome;
}

/// Compares with the files of --expect.
static Error compareAll(llvm::ArrayRef<Tensor> results, llvm::ArrayRef<std::optional<Tensor>> wanted,
                        const Signature &signature, const Options &options) {
  Error differences = Error::success();
  for (auto [index, want] : llvm::enumerate(wanted))
    if (want)
      differences = llvm::joinErrors(std::move(differences), checkExpected(results[index], *want, options.tolerance,
                                                                           signature.outputs[index].name,
                                                                           options.expected[index], llvm::outs()));
  return differences;
}

/// Says on a terminal what takes its time.
static void showProgress(llvm::StringRef what) {
  if (llvm::sys::Process::StandardErrIsDisplayed())
    llvm::errs() << "check: " << what << '\n';
}

static Error runTool(Source &source, const Options &options) {
  StageTimer timer;
  if (mlir::failed(source.parse()))
    return reported();
  timer.end("parse");
  auto entry = findEntry(source, options);
  if (!entry)
    return entry.takeError();
  std::optional<Subject> subject;
  if (options.check)
    subject.emplace(source.getModule(), entry->first.getName(), entry->second, options);
  auto prepared = prepare(source, *entry, options);
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
  Expected<Outcome> outcome = options.path == Path::Oracle
                                  ? runOracle(function, signature, *inputs, options)
                                  : runCompiled(source, function, signature, *inputs, options, timer);
  if (!outcome)
    return outcome.takeError();
  if (subject) {
    Expected<Certificate> certificate = certify({*subject, options.chain, *inputs, showProgress});
    if (!certificate)
      return certificate.takeError();
    outcome->certificate = std::move(*certificate);
  }
  if (Error err = deliver(*outcome, signature, options, *files))
    return err;
  if (outcome->certificate && !outcome->certificate->holds())
    return error("expected a certificate of which every line holds, but found one that fails; see its lines");
  return compareAll(outcome->results, *wanted, signature, options);
}

int theria::run::runMain(int argc, char **argv, llvm::function_ref<void(mlir::DialectRegistry &)> extend,
                         Device *device) {
  const FaultHandlers handlers(argc, argv);
  checkOracleMemory();
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
  std::unique_ptr<Device> cuda;
  if (options->onCuda && !device) {
    Expected<std::unique_ptr<Device>> opened = openCuda(options->narrowProducts);
    if (!opened) {
      report(opened.takeError());
      return status;
    }
    cuda = std::move(*opened);
    device = cuda.get();
  }
  options->device = device;
  mlir::DialectRegistry registry;
  if (extend)
    extend(registry);
  registerAllDialects(registry);
  mlir::MLIRContext context(registry, compilerThreading);
  // One error is one line and its place, without the whole function again.
  context.printOpOnDiagnostic(false);
  Source source(&context);
  if (Error err = source.open(options->file)) {
    report(std::move(err));
    return status;
  }
  mlir::SourceMgrDiagnosticHandler handler(source.getSourceMgr(), &context);
  report(llvm::joinErrors(runTool(source, *options), checkStandardOutput()));
  return status;
}
