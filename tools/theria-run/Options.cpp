//===- Options.cpp - The command line of theria-run -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Options.h"

#include "lib/Oracle/Oracle.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
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
  // Numbers are parsed here, because llvm::cl's own messages say neither what is expected nor what was found.
  cl::opt<std::string> rtol{"rtol", cl::value_desc("number"), cl::cat(category),
                            cl::desc("Relative tolerance of --expect (1e-5)")};
  cl::opt<std::string> atol{"atol", cl::value_desc("number"), cl::cat(category),
                            cl::desc("Absolute tolerance of --expect (1e-8)")};
  cl::list<std::string> derive{"derive", cl::CommaSeparated, cl::value_desc("step,..."), cl::cat(category),
                               cl::desc("Run a derivative: jvp, vjp or hvp steps, the first applied "
                                        "first (vjp,jvp is jvp(vjp f))")};
  cl::list<std::string> wrt{"wrt", cl::CommaSeparated, cl::value_desc("index,..."), cl::cat(category),
                            cl::desc("The arguments that --derive differentiates in (all of "
                                     "floating-point type)")};
  cl::opt<bool> signature{"signature", cl::cat(category),
                          cl::desc("Print the inputs and outputs, named, and do not run")};
  cl::opt<std::string> report{"report", cl::ValueOptional, cl::value_desc("FILE.json"), cl::cat(category),
                              cl::desc("Print streams, sweeps, products, bytes and why, and where compile time went; "
                                       "or write them as JSON")};
  cl::opt<std::string> check{
      "check", cl::ValueOptional, cl::value_desc("FILE.json"), cl::cat(category),
      cl::desc("Prove the run: exact values by the oracle, differences of the source, identities of "
               "derivatives, memory and bits; print the certificate, or write it as JSON. Exit "
               "status 1 where anything fails. Meant for small sizes")};
  cl::list<std::string> checkLines{"check-lines", cl::CommaSeparated, cl::value_desc("line,..."), cl::cat(category),
                                   cl::desc("Only these lines of --check: accuracy, differences, stages, adjoint, "
                                            "symmetry, closure, memory, bits (all)")};
  cl::opt<std::string> cache{"cache", cl::value_desc("DIR"), cl::cat(category),
                             cl::desc("Keep compiled programs in this folder, or off (default: $THERIA_CACHE_DIR, then "
                                      "$XDG_CACHE_HOME/theria, then ~/.cache/theria)")};
  cl::opt<std::string> cacheSize{"cache-size", cl::value_desc("MiB"), cl::cat(category),
                                 cl::desc("How much --cache keeps; the programs not used for longest go first (512)")};
  cl::opt<std::string> time{"time", cl::value_desc("N"), cl::cat(category),
                            cl::desc("Run N times after a first run; print median, min, GFLOP/s of useful products "
                                     "and peak memory")};
  cl::opt<std::string> tile{"tile", cl::init("128x128"), cl::value_desc("ROWSxCOLUMNS"), cl::cat(category),
                            cl::desc("Pairs that the streaming path computes at a time, at most (128x128)")};
  cl::opt<std::string> schedule{
      "schedule", cl::init("auto"), cl::value_desc("name"), cl::cat(category),
      cl::desc("What a block of rows keeps for a later look at it. strips: products, functions "
               "and look-ups; recompute: nothing; auto: what is estimated to be faster; one-sided: "
               "nothing, each block of rows or columns computed by one owner, as on a GPU")};
  cl::opt<std::string> cpuCaches{"cpu-caches", cl::value_desc("BYTES,BYTES"), cl::cat(category),
                                 cl::desc("A core's second-level cache and its share of the last level, for estimates "
                                          "(default: this machine's)")};
  cl::opt<std::string> threads{
      "threads", cl::value_desc("N"), cl::cat(category),
      cl::desc("Threads of the streaming path and of the oracle, at most (one for each processor); no result "
               "depends on them")};
  cl::opt<std::string> path{
      "path", cl::init("streaming"), cl::value_desc("name"), cl::cat(category),
      cl::desc("How to run: streaming (the default); reference, with every pair tensor in memory; "
               "or oracle, an interpreter that computes to --precision")};
  cl::opt<std::string> target{
      "target", cl::init("cpu"), cl::value_desc("name"), cl::cat(category),
      cl::desc("Where the streaming path runs: cpu (the default); or cuda, this machine's first "
               "NVIDIA GPU")};
  cl::opt<bool> narrowProducts{
      "narrow-products", cl::init(true), cl::cat(category),
      cl::desc("With --target=cuda, round both operands of products with bf16 or f16 to that type, for "
               "tensor cores (the default); =false: compute them in f32")};
  cl::opt<std::string> precision{"precision", cl::value_desc("bits"), cl::cat(category),
                                 cl::desc("Bits of the oracle's significands (113; f64 has 53)")};
  cl::opt<std::string> cpu{"cpu",
                           cl::init("host"),
                           cl::Hidden,
                           cl::value_desc("name"),
                           cl::cat(category),
                           cl::desc("What loops of the streaming path are made for, to test code for other processors: "
                                    "host, x86-64, x86-64-v3 or x86-64-v4")};
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

std::optional<Derivative> theria::run::parseDerivative(StringRef step) {
  return llvm::StringSwitch<std::optional<Derivative>>(step)
      .Case("jvp", Derivative::Jvp)
      .Case("vjp", Derivative::Vjp)
      .Case("hvp", Derivative::Hvp)
      .Default(std::nullopt);
}

static Expected<std::vector<Derivative>> parseChain(const cl::list<std::string> &steps) {
  std::vector<Derivative> chain;
  for (StringRef step : steps) {
    auto parsed = parseDerivative(step);
    if (!parsed)
      return error("expected jvp, vjp or hvp for --derive, but found '" + step + "'");
    chain.push_back(*parsed);
  }
  return chain;
}

/// A tolerance; `value` stays what it is where the option was not given.
static llvm::Error parseTolerance(const cl::opt<std::string> &flag, double &value) {
  StringRef text = flag;
  if (!flag.getNumOccurrences() || (!text.getAsDouble(value) && value >= 0))
    return llvm::Error::success();
  return error("expected a number of at least 0 for --" + flag.ArgStr + ", but found '" + text +
               "'; give one such as 1e-5");
}

/// Whether a text is a number from 1 to `most`.
template <typename Number> static bool parseCount(StringRef text, Number most, Number &number) {
  return !text.getAsInteger(10, number) && number >= 1 && number <= most;
}

static llvm::Error parseRuns(const cl::opt<std::string> &flag, unsigned &runs) {
  // The time of each run is kept for the median.
  constexpr unsigned most = 1000000;
  StringRef text = flag;
  if (!flag.getNumOccurrences() || parseCount(text, most, runs))
    return llvm::Error::success();
  return error("expected 1 to " + llvm::Twine(most) + " runs for --" + flag.ArgStr + ", but found '" + text +
               "'; give a number of runs");
}

Expected<std::vector<int64_t>> theria::run::parsePositions(llvm::ArrayRef<std::string> texts) {
  std::vector<int64_t> positions;
  for (StringRef text : texts)
    if (text.getAsInteger(10, positions.emplace_back()))
      return error("expected numbers of arguments, counted from 0, for --wrt, but found '" + text +
                   "'; see --signature");
  return positions;
}

static llvm::Error parsePath(const Flags &flags, Options &options) {
  auto path = llvm::StringSwitch<std::optional<Path>>(flags.path)
                  .Case("streaming", Path::Streaming)
                  .Case("reference", Path::Reference)
                  .Case("oracle", Path::Oracle)
                  .Default(std::nullopt);
  if (!path)
    return error("expected streaming, reference or oracle for --path, but found '" + flags.path + "'");
  options.path = *path;
  options.onCuda = flags.target == "cuda";
  if (!options.onCuda && flags.target != "cpu")
    return error("expected cpu or cuda for --target, but found '" + flags.target + "'");
  if (options.onCuda && *path != Path::Streaming)
    return error("expected the streaming path for --target=cuda, but found --path=" + flags.path +
                 "; choose --target=cpu");
  options.narrowProducts = flags.narrowProducts;
  if (!options.onCuda && flags.narrowProducts.getNumOccurrences())
    return error("expected --target=cuda for --narrow-products, but found --target=" + flags.target +
                 "; leave one of them out");
  constexpr unsigned most = 1 << 14;
  StringRef text = flags.precision;
  if (flags.precision.getNumOccurrences() &&
      (!parseCount(text, most, options.precision) || options.precision < oracle::smallestPrecision))
    return error("expected " + llvm::Twine(oracle::smallestPrecision) + " to " + llvm::Twine(most) +
                 " bits for --precision, but found '" + text + "'; give a number such as 113");
  if (*path != Path::Oracle)
    return llvm::Error::success();
  // What the interpreter takes says nothing of a compiled program.
  for (const cl::opt<std::string> *flag : {&flags.time, &flags.report, &flags.check})
    if (flag->getNumOccurrences())
      return error("expected a compiled program for --" + flag->ArgStr +
                   ", but found --path=oracle; choose streaming or reference");
  return llvm::Error::success();
}

llvm::Error theria::run::checkGivenOnce(llvm::ArrayRef<const cl::Option *> flags) {
  for (const cl::Option *flag : flags)
    if (flag->getNumOccurrences() > 1)
      return error("expected --" + flag->ArgStr + " once, but found it " + llvm::Twine(flag->getNumOccurrences()) +
                   " times; give one value");
  return llvm::Error::success();
}

static llvm::Error parseThreads(const cl::opt<std::string> &flag, unsigned &threads) {
  constexpr unsigned most = 1024;
  StringRef text = flag;
  if (!flag.getNumOccurrences() || parseCount(text, most, threads))
    return llvm::Error::success();
  return error("expected 1 to " + llvm::Twine(most) + " for --" + flag.ArgStr + ", but found '" + text +
               "'; give a number of threads");
}

static llvm::Error parseCache(const Flags &flags, Options &options) {
  options.cache = flags.cache;
  if (flags.cache.getNumOccurrences() && options.cache.empty())
    return error("expected --cache=DIR or --cache=off, but found nothing; name a folder");
  constexpr uint64_t most = 1 << 20;
  StringRef text = flags.cacheSize;
  if (!flags.cacheSize.getNumOccurrences() || parseCount(text, most, options.cacheMegabytes))
    return llvm::Error::success();
  return error("expected 1 to " + llvm::Twine(most) + " MiB for --cache-size, but found '" + text +
               "'; give a number such as 512");
}

static llvm::Error parseTile(StringRef text, StreamingOptions &options) {
  auto [rows, columns] = text.split('x');
  constexpr int64_t most = 4096;
  if (parseCount(rows, most, options.rowTile) && parseCount(columns, most, options.columnTile))
    return llvm::Error::success();
  return error("expected --tile=ROWSxCOLUMNS of 1 to " + llvm::Twine(most) + " each, but found '" + text +
               "'; give sizes such as 128x128");
}

static llvm::Error parseSchedule(const Flags &flags, StreamingOptions &options) {
  options.schedule = flags.schedule;
  if (!llvm::is_contained({"auto", "strips", "recompute", "one-sided"}, StringRef(options.schedule)))
    return error("expected auto, strips, recompute or one-sided for --schedule, but found '" + options.schedule + "'");
  if (!flags.cpuCaches.getNumOccurrences())
    return llvm::Error::success();
  constexpr int64_t most = int64_t(1) << 32;
  auto [second, last] = StringRef(flags.cpuCaches).split(',');
  if (!parseCount(second, most, options.target.secondLevelCache) ||
      !parseCount(last, most, options.target.lastLevelCache))
    return error("expected --cpu-caches=BYTES,BYTES of 1 to " + llvm::Twine(most) + ", but found '" + flags.cpuCaches +
                 "'; give sizes such as 1048576,4194304");
  return llvm::Error::success();
}

/// How programs are streamed, and for which machine.
static llvm::Error parseCompile(const Flags &flags, StreamingOptions &options) {
  std::optional<CpuTarget> cpu = CpuTarget::named(flags.cpu);
  if (!cpu)
    return error("expected " + llvm::Twine(CpuTarget::names) + " for --cpu, but found '" + flags.cpu + "'");
  options.target = *cpu;
  if (llvm::Error err = parseSchedule(flags, options))
    return err;
  return parseTile(flags.tile, options);
}

static llvm::Error parseCheck(const Flags &flags, Options &options) {
  options.check = flags.check.getNumOccurrences();
  options.checkFile = flags.check;
  options.checkLines.assign(flags.checkLines.begin(), flags.checkLines.end());
  for (const std::string &line : options.checkLines)
    if (!llvm::is_contained(certificateLines, line))
      return error("expected lines of a certificate for --check-lines, " +
                   llvm::join(llvm::ArrayRef(certificateLines), ", ") + ", but found '" + line + "'");
  if (!options.check && !options.checkLines.empty())
    return error("expected --check with --check-lines, but found --check-lines alone; give both");
  return llvm::Error::success();
}

/// What the flags say, or what is wrong with them.
static Expected<Options> interpret(const Flags &flags) {
  Options options;
  if (llvm::Error err =
          checkGivenOnce({&flags.function, &flags.fill, &flags.rtol, &flags.atol, &flags.time, &flags.path,
                          &flags.target, &flags.tile, &flags.schedule, &flags.cpuCaches, &flags.threads,
                          &flags.precision, &flags.check, &flags.report, &flags.cache, &flags.cacheSize}))
    return err;
  if (llvm::Error err = parsePath(flags, options))
    return err;
  if (llvm::Error err = parseCompile(flags, options.compile))
    return err;
  if (llvm::Error err = parseThreads(flags.threads, options.threads))
    return err;
  options.file = flags.file;
  options.function = StringRef(flags.function).ltrim('@').str();
  options.inputs.assign(flags.inputs.begin(), flags.inputs.end());
  options.signature = flags.signature;
  if (llvm::Error err = parseCache(flags, options))
    return err;
  options.report = flags.report.getNumOccurrences();
  options.reportFile = flags.report;
  if (llvm::Error err = parseCheck(flags, options))
    return err;
  if (llvm::Error err = parseTolerance(flags.rtol, options.tolerance.relative))
    return err;
  if (llvm::Error err = parseTolerance(flags.atol, options.tolerance.absolute))
    return err;
  if (llvm::Error err = parseRuns(flags.time, options.runs))
    return err;
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
    Expected<std::vector<int64_t>> wrt = parsePositions(flags.wrt);
    if (!wrt)
      return wrt.takeError();
    options.wrt = *wrt;
  }
  return options;
}

void theria::run::forgetLibraryOptions() {
  llvm::SmallPtrSet<cl::Option *, 32> options;
  for (auto &entry : cl::getRegisteredOptions())
    if (entry.second->Categories.front()->getName() != "Generic Options")
      options.insert(entry.second);
  for (cl::Option *option : options)
    option->removeArgument();
}

/// Registered once; llvm::cl keeps their addresses.
static const Flags &registerFlags() {
  forgetLibraryOptions();
  static const Flags flags;
  return flags;
}

Expected<Options> theria::run::parseOptions(int argc, const char *const *argv, llvm::raw_ostream *errors) {
  static const Flags &flags = registerFlags();
  cl::ResetAllOptionOccurrences();
  if (!cl::ParseCommandLineOptions(argc, argv,
                                   "Runs a function of an MLIR module, or a derivative of it, on arrays in "
                                   "NumPy's .npy files.\nExit status: 0, or 1 where anything is wrong or "
                                   "--expect differs.\n",
                                   errors))
    return error("expected a command line as --help says, but found another; see the messages before");
  return interpret(flags);
}
