//===- Options.cpp - The command line of theria-run -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Options.h"

#include "tools/NotBuiltYet.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"

#include <cmath>

using namespace theria;
using namespace theria::run;
using llvm::Expected;
using llvm::StringRef;
namespace cl = llvm::cl;

namespace {

/// The options as llvm::cl holds them.
struct Flags {
  cl::OptionCategory category{"theria-run options"};
  cl::opt<std::string> file{cl::Positional, cl::Required, cl::desc("<file.mlir>"), cl::cat(category)};
  cl::opt<std::string> function{"function", cl::value_desc("name"), cl::cat(category),
                                cl::desc("The function to run; may be left out where only one is "
                                         "public")};
  cl::list<std::string> inputs{"input", cl::value_desc("value"), cl::cat(category),
                               cl::desc("One for each argument, in order: @FILE.npy, SHAPExTYPE=FILL "
                                        "such as 2x3xf32=normal:7, or for a scalar a number, true or "
                                        "false; _ leaves it to --fill. FILL: normal:SEED, uniform:SEED, "
                                        "zeros, ones or a number")};
  cl::opt<std::string> fill{"fill", cl::value_desc("FILL"), cl::cat(category),
                            cl::desc("Every input not given; input number i of a random fill takes "
                                     "SEED + i")};
  cl::list<std::string> outputs{"output", cl::value_desc("@FILE.npy"), cl::cat(category),
                                cl::desc("One for each result, in order; _ or none prints a summary "
                                         "(shape, first values, norm)")};
  cl::list<std::string> expected{"expect", cl::value_desc("@FILE.npy"), cl::cat(category),
                                 cl::desc("What each result should be, in order, _ to skip one; exit "
                                          "status 1 where |got - want| <= atol + rtol * |want| is false. "
                                          "NaN equals NaN")};
  cl::opt<double> rtol{"rtol", cl::init(1e-5), cl::cat(category), cl::desc("Relative tolerance of --expect (1e-5)")};
  cl::opt<double> atol{"atol", cl::init(1e-8), cl::cat(category), cl::desc("Absolute tolerance of --expect (1e-8)")};
  cl::list<std::string> derive{"derive", cl::CommaSeparated, cl::value_desc("step,..."), cl::cat(category),
                               cl::desc("Run a derivative: jvp, vjp or hvp steps, the first applied "
                                        "first (vjp,jvp is jvp(vjp f))")};
  cl::list<long> wrt{"wrt", cl::CommaSeparated, cl::value_desc("index,..."), cl::cat(category),
                     cl::desc("The arguments that --derive differentiates in (all of "
                              "floating-point type)")};
  cl::opt<bool> signature{"signature", cl::cat(category),
                          cl::desc("Print the inputs and outputs, named, and do not run")};
  cl::opt<unsigned> time{"time", cl::value_desc("N"), cl::cat(category),
                         cl::desc("Run N times after a first run; print median and min")};
  cl::opt<std::string> path{"path", cl::init("reference"), cl::value_desc("name"), cl::cat(category),
                            cl::desc("How to run: reference; streaming and oracle are not built "
                                     "yet")};
  cl::opt<unsigned> vectorBytes{
      "vector-bytes",
      cl::init(0),
      cl::Hidden,
      cl::value_desc("n"),
      cl::cat(category),
      cl::desc("Vectorise the loops of the reference path for registers of n bytes; 0: scalar loops")};
};

} // namespace

/// "@FILE" as its path, "_" as nothing.
static Expected<std::vector<std::string>> parseFiles(StringRef option, const cl::list<std::string> &texts) {
  std::vector<std::string> files;
  for (StringRef text : texts) {
    if (text == "_") {
      files.emplace_back();
      continue;
    }
    if (!text.consume_front("@") || text.empty())
      return error("expected --" + option + "=@FILE.npy or --" + option + "=_, but found '" + text + "'");
    files.push_back(text.str());
  }
  return files;
}

static Expected<std::vector<Derivative>> parseChain(const cl::list<std::string> &steps) {
  std::vector<Derivative> chain;
  for (StringRef step : steps) {
    auto parsed = llvm::StringSwitch<std::optional<Derivative>>(step)
                      .Case("jvp", Derivative::Jvp)
                      .Case("vjp", Derivative::Vjp)
                      .Case("hvp", Derivative::Hvp)
                      .Default(std::nullopt);
    if (!parsed)
      return error("expected jvp, vjp or hvp for --derive, but found '" + step + "'");
    chain.push_back(*parsed);
  }
  return chain;
}

static llvm::Error checkTolerance(StringRef option, double value) {
  if (value >= 0)
    return llvm::Error::success();
  return error("expected --" + option + " of at least 0, but found " + std::to_string(value));
}

static llvm::Error checkPath(StringRef path, const NotBuiltYet &notBuiltYet) {
  if (path == "reference")
    return llvm::Error::success();
  if (llvm::Error err = notBuiltYet.checkValue("path", path))
    return err;
  return error("expected reference, streaming or oracle for --path, but found "
               "'" +
               path + "'");
}

/// What the flags say, or what is wrong with them.
static Expected<Options> interpret(const Flags &flags) {
  Options options;
  options.file = flags.file;
  options.function = StringRef(flags.function).ltrim('@').str();
  options.inputs.assign(flags.inputs.begin(), flags.inputs.end());
  options.signature = flags.signature;
  options.runs = flags.time;
  options.vectorBytes = flags.vectorBytes;
  options.tolerance = {flags.rtol, flags.atol};
  if (llvm::Error err = checkTolerance("rtol", flags.rtol))
    return err;
  if (llvm::Error err = checkTolerance("atol", flags.atol))
    return err;
  if (flags.time.getNumOccurrences() && flags.time == 0)
    return error("expected at least 1 run for --time, but found 0");
  if (flags.fill.getNumOccurrences()) {
    Expected<FillSpec> fill = parseFill(flags.fill);
    if (!fill)
      return error("--fill: " + llvm::toString(fill.takeError()));
    options.fill = *fill;
  }
  Expected<std::vector<std::string>> outputs = parseFiles("output", flags.outputs);
  if (!outputs)
    return outputs.takeError();
  options.outputs = *outputs;
  Expected<std::vector<std::string>> expected = parseFiles("expect", flags.expected);
  if (!expected)
    return expected.takeError();
  options.expected = *expected;
  Expected<std::vector<Derivative>> chain = parseChain(flags.derive);
  if (!chain)
    return chain.takeError();
  options.chain = *chain;
  if (flags.wrt.getNumOccurrences()) {
    if (options.chain.empty())
      return error("expected --derive with --wrt, but found --wrt alone; say "
                   "which derivative to take");
    options.wrt.emplace(flags.wrt.begin(), flags.wrt.end());
  }
  return options;
}

Expected<Options> theria::run::parseOptions(int argc, char **argv) {
  // LLVM's libraries register their own options, --threads among them.
  cl::ResetCommandLineParser();
  Flags flags;
  NotBuiltYet notBuiltYet("theria-run", flags.category);
  cl::ParseCommandLineOptions(argc, argv,
                              "Runs a function of an MLIR module, or a derivative of it, on arrays in "
                              "NumPy's .npy files.\nExit status: 0, or 1 where anything is wrong or "
                              "--expect differs.\n");
  if (llvm::Error err = notBuiltYet.check())
    return err;
  if (llvm::Error err = checkPath(flags.path, notBuiltYet))
    return err;
  return interpret(flags);
}
