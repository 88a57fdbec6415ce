//===- Options.cpp - The command line of theria-compile -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-compile/Options.h"

#include "lib/Codegen/GPU/Translate.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"

using namespace theria;
using namespace theria::compile;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using run::error;
namespace cl = llvm::cl;

namespace {

/// The options as llvm::cl holds them.
struct Flags {
  cl::OptionCategory category{"theria-compile options"};
  cl::opt<std::string> file{cl::Positional, cl::Required, cl::desc("<file.mlir>"), cl::cat(category)};
  cl::list<std::string> functions{"function", cl::value_desc("name[:step,...]"), cl::cat(category),
                                  cl::desc("A function of the library, or a derivative of it by jvp, vjp or hvp steps, "
                                           "the first applied first; may be given several times (every public "
                                           "function)")};
  cl::list<std::string> wrt{"wrt", cl::CommaSeparated, cl::value_desc("index,..."), cl::cat(category),
                            cl::desc("The arguments that derivatives differentiate in (all of floating-point type)")};
  cl::opt<std::string> output{"o", cl::value_desc("file"), cl::cat(category),
                              cl::desc("A shared library NAME.so, an object NAME.o or an archive NAME.a; its header is "
                                       "NAME.h (the source's name with .so)")};
  cl::opt<std::string> bundle{"bundle", cl::value_desc("folder"), cl::cat(category),
                              cl::desc("A folder with the shared library, its header and all that a run on another "
                                       "machine needs: the runtime and theria-runner")};
  cl::opt<std::string> cpu{"cpu", cl::value_desc("name"), cl::cat(category),
                           cl::desc("The processors that the code is for: x86-64, x86-64-v3 (AVX2), x86-64-v4 "
                                    "(AVX-512) or aarch64 (the best that this machine is)")};
  cl::opt<std::string> chip{"chip", cl::value_desc("name"), cl::cat(category),
                            cl::desc("Run on NVIDIA GPUs: sm_80 and later, as sm_90a (none: on the CPU)")};
  cl::opt<std::string> kernels{"kernels", cl::init("auto"), cl::value_desc("form"), cl::cat(category),
                               cl::desc("What --chip makes: ptx, which the driver compiles; cubin, by ptxas; auto, "
                                        "cubin where there is a ptxas (auto)")};
  cl::opt<bool> splitTf32{"split-tf32", cl::cat(category),
                          cl::desc("On a GPU, compute products of f32 on tensor cores, of two parts of tf32 each: to "
                                   "about 2^-21 of every term (by fma, as IEEE 754 says)")};
};

} // namespace

/// The best processor of the list that this one is.
static std::string hostCpu() {
  const llvm::Triple triple(llvm::sys::getProcessTriple());
  if (triple.isAArch64())
    return "aarch64";
  const llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  auto has = [&](std::initializer_list<StringRef> names) {
    return llvm::all_of(names, [&](StringRef name) { return features.lookup(name); });
  };
  if (!has({"avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe"}))
    return "x86-64";
  return has({"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}) ? "x86-64-v4" : "x86-64-v3";
}

static Expected<Wanted> parseWanted(StringRef text) {
  auto [name, steps] = text.split(':');
  Wanted wanted{name.ltrim('@').str(), {}};
  llvm::SmallVector<StringRef> chain;
  steps.split(chain, ',', -1, /*KeepEmpty=*/false);
  for (StringRef step : chain) {
    auto parsed = run::parseDerivative(step);
    if (!parsed)
      return error("expected jvp, vjp or hvp after the ':' of --function, but found '" + step + "' in '" + text + "'");
    wanted.chain.push_back(*parsed);
  }
  if (wanted.function.empty() || (text.contains(':') && wanted.chain.empty()))
    return error("expected --function=NAME or --function=NAME:STEP,..., but found '" + text + "'");
  return wanted;
}

static Error parseOutput(const Flags &flags, Options &options) {
  if (flags.bundle.getNumOccurrences() && flags.output.getNumOccurrences())
    return error("expected -o or --bundle, but found both; a bundle has the shared library in it");
  if (flags.bundle.getNumOccurrences()) {
    options.form = Form::Bundle;
    options.output = StringRef(flags.bundle).rtrim('/').str();
    return options.output.empty() ? error("expected --bundle=FOLDER, but found '" + flags.bundle + "'; name a folder")
                                  : Error::success();
  }
  options.output = flags.output;
  if (!flags.output.getNumOccurrences())
    options.output = (llvm::sys::path::stem(options.file) + ".so").str();
  auto form = llvm::StringSwitch<std::optional<Form>>(llvm::sys::path::extension(options.output))
                  .Case(".so", Form::SharedLibrary)
                  .Case(".o", Form::Object)
                  .Case(".a", Form::Archive)
                  .Default(std::nullopt);
  if (!form || llvm::sys::path::stem(options.output).empty())
    return error("expected -o NAME.so, NAME.o or NAME.a, but found '" + options.output + "'");
  options.form = *form;
  return Error::success();
}

static Error parseTarget(const Flags &flags, Options &options) {
  options.cpu = flags.cpu.getNumOccurrences() ? std::string(flags.cpu) : hostCpu();
  std::optional<CpuTarget> cpu = options.cpu == "host" ? std::nullopt : CpuTarget::named(options.cpu);
  const bool isOwn = (options.cpu == "aarch64") == llvm::Triple(llvm::sys::getProcessTriple()).isAArch64();
  if (!cpu || !isOwn)
    return error("expected a processor of this machine's family for --cpu, x86-64, x86-64-v3, x86-64-v4 or aarch64, "
                 "but found '" +
                 options.cpu + "'");
  // What a core's caches are is this machine's, for estimates.
  const CpuTarget here = CpuTarget::host();
  cpu->secondLevelCache = here.secondLevelCache;
  cpu->lastLevelCache = here.lastLevelCache;
  options.streaming.target = *cpu;
  options.chip = flags.chip;
  if (flags.chip.getNumOccurrences() && !gpu::isChip(options.chip))
    return error("expected a chip such as sm_80, sm_90a or sm_100 for --chip, but found '" + options.chip +
                 "'; Theria's kernels need sm_80 or later, as LLVM names it");
  if (flags.kernels != "auto" && flags.kernels != "ptx" && flags.kernels != "cubin")
    return error("expected ptx, cubin or auto for --kernels, but found '" + flags.kernels + "'");
  if (flags.kernels != "auto")
    options.assemble = flags.kernels == "cubin";
  if (flags.kernels.getNumOccurrences() && options.chip.empty())
    return error("expected --chip with --kernels, but found --kernels alone; name the GPU");
  options.splitTf32 = flags.splitTf32;
  if (options.splitTf32 && options.chip.empty())
    return error("expected --chip with --split-tf32, but found --split-tf32 alone; name the GPU");
  return Error::success();
}

/// What the flags say, or what is wrong with them.
static Expected<Options> interpret(const Flags &flags) {
  Options options;
  if (Error err = run::checkGivenOnce(
          {&flags.output, &flags.bundle, &flags.cpu, &flags.chip, &flags.kernels, &flags.splitTf32}))
    return err;
  options.file = flags.file;
  for (const std::string &text : flags.functions) {
    Expected<Wanted> wanted = parseWanted(text);
    if (!wanted)
      return wanted.takeError();
    options.wanted.push_back(std::move(*wanted));
  }
  if (flags.wrt.getNumOccurrences()) {
    if (llvm::none_of(options.wanted, [](const Wanted &wanted) { return !wanted.chain.empty(); }))
      return error("expected a derivative with --wrt, but found none; give --function=NAME:vjp or another");
    Expected<std::vector<int64_t>> wrt = run::parsePositions(flags.wrt);
    if (!wrt)
      return wrt.takeError();
    options.wrt = *wrt;
  }
  if (Error err = parseOutput(flags, options))
    return err;
  if (Error err = parseTarget(flags, options))
    return err;
  return options;
}

Expected<Options> theria::compile::parseOptions(int argc, const char *const *argv) {
  run::forgetLibraryOptions();
  static const Flags flags;
  cl::ParseCommandLineOptions(argc, argv,
                              "Compiles functions of an MLIR module, and derivatives of them, ahead of time: a library "
                              "with a C header, for\nthe CPU or for NVIDIA GPUs. Exit status: 0, or 1 where anything "
                              "is wrong.\n");
  return interpret(flags);
}
