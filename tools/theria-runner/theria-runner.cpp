//===- theria-runner.cpp - Run what theria-compile made -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/Faults.h"
#include "tools/TemporaryFile.h"
#include "tools/theria-runner/Arrays.h"
#include "tools/theria-runner/Program.h"

#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/WithColor.h"

#include <chrono>

using namespace theria;
using namespace theria::runner;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using run::error;
namespace cl = llvm::cl;

namespace {

struct Flags {
  cl::OptionCategory category{"theria-runner options"};
  cl::opt<std::string> library{cl::Positional, cl::Required, cl::desc("<library.so>"), cl::cat(category)};
  cl::opt<bool> list{"list", cl::cat(category), cl::desc("Print the library's functions and do not run")};
  cl::opt<std::string> function{"function", cl::value_desc("name"), cl::cat(category),
                                cl::desc("The function to run, as attention:vjp; may be left out where there is one")};
  cl::list<std::string> inputs{"input", cl::value_desc("@FILE.npy"), cl::cat(category),
                               cl::desc("One for each input, in order")};
  cl::list<std::string> outputs{"output", cl::value_desc("@FILE.npy"), cl::cat(category),
                                cl::desc("One for each result, in order; _ or none prints its shape and norm")};
  cl::opt<unsigned> device{"device", cl::value_desc("number"), cl::cat(category),
                           cl::desc("The GPU of a program for one (0)")};
  cl::opt<unsigned> runs{"time", cl::value_desc("N"), cl::cat(category),
                         cl::desc("Run N times after a first run; print the median and the least time")};
};

/// Results that the runtime allocated.
class Results {
public:
  explicit Results(size_t count) : arrays(count) {
    for (theria_array &array : arrays)
      array.structBytes = sizeof(theria_array);
  }
  ~Results() { clear(); }
  Results(const Results &) = delete;
  Results &operator=(const Results &) = delete;
  void clear() {
    for (theria_array &array : arrays)
      theria_free(&array);
  }
  SmallVector<theria_array> arrays;
};

} // namespace

static Expected<SmallVector<HostArray>> readInputs(const theria_program &program, const Flags &flags) {
  if (flags.inputs.size() != program.inputCount)
    return error("expected " + llvm::Twine(program.inputCount) + " of --input for " + program.name + ", but found " +
                 llvm::Twine(flags.inputs.size()) + "; see --list");
  SmallVector<HostArray> inputs;
  for (uint32_t number = 0; number < program.inputCount; ++number) {
    StringRef text = flags.inputs[number];
    if (!text.consume_front("@"))
      return error("expected --input=@FILE.npy, but found '" + text + "'");
    Expected<HostArray> input = readArray(text, program.inputs[number]);
    if (!input)
      return input.takeError();
    inputs.push_back(std::move(*input));
  }
  return inputs;
}

static Error call(const theria_program &program, unsigned device, llvm::ArrayRef<theria_array> inputs,
                  Results &results) {
  std::array<char, 4096> message{};
  theria_call call{};
  call.structBytes = sizeof call;
  call.device = int32_t(device);
  call.message = message.data();
  call.messageBytes = message.size();
  const int32_t status = theria_run(&program, &call, inputs.data(), results.arrays.data());
  return status == THERIA_OK ? Error::success() : error(message.data());
}

/// Runs again and tells how long that takes.
static Error measure(const theria_program &program, const Flags &flags, llvm::ArrayRef<theria_array> inputs,
                     Results &results) {
  SmallVector<double> seconds;
  for (unsigned run = 0; run < flags.runs; ++run) {
    results.clear();
    const auto start = std::chrono::steady_clock::now();
    if (Error err = call(program, flags.device, inputs, results))
      return err;
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  llvm::sort(seconds);
  if (!seconds.empty())
    llvm::outs() << llvm::format("median %.6f s, min %.6f s of %u runs\n", seconds[seconds.size() / 2], seconds.front(),
                                 unsigned(flags.runs));
  return Error::success();
}

/// Writes the files of --output, all or none, and tells of the other results.
static Error deliver(const theria_program &program, const Flags &flags, const Results &results) {
  std::vector<TemporaryFile> files;
  for (auto [number, array] : llvm::enumerate(results.arrays)) {
    StringRef path = number < flags.outputs.size() ? StringRef(flags.outputs[number]) : "_";
    if (path == "_") {
      llvm::outs() << describe(program.outputs[number]) << ": " << summarise(array) << '\n';
      continue;
    }
    if (!path.consume_front("@") || path.empty())
      return error("expected --output=@FILE.npy or --output=_, but found '" + flags.outputs[number] + "'");
    auto fail = [&](Error err) {
      return error("expected to write " + path + ", but " + llvm::toString(std::move(err)) +
                   "; choose another --output");
    };
    Expected<std::string> target = TemporaryFile::resolve(path);
    if (!target)
      return fail(target.takeError());
    Expected<TemporaryFile> file = TemporaryFile::create(std::move(*target));
    if (!file)
      return fail(file.takeError());
    if (Error err = file->write([&, &array = array](llvm::raw_ostream &stream) { writeArray(stream, array); }))
      return fail(std::move(err));
    files.push_back(std::move(*file));
  }
  const InterruptsHeld held;
  for (size_t done = 0; done < files.size(); ++done)
    if (Error err = files[done].publish()) {
      for (size_t back = 0; back < done; ++back)
        files[back].takeBack();
      return err;
    }
  if (!files.empty())
    noteFilesWritten();
  return checkStandardOutput();
}

static Error runTool(const Flags &flags) {
  auto programs = openLibrary(flags.library);
  if (!programs)
    return programs.takeError();
  if (flags.list) {
    printPrograms(*programs, llvm::outs());
    return checkStandardOutput();
  }
  auto program = findProgram(*programs, flags.function);
  if (!program)
    return program.takeError();
  if (flags.outputs.size() > (*program)->outputCount)
    return error("expected at most " + llvm::Twine((*program)->outputCount) + " of --output, but found " +
                 llvm::Twine(flags.outputs.size()) + "; see --list");
  auto inputs = readInputs(**program, flags);
  if (!inputs)
    return inputs.takeError();
  auto arrays = llvm::map_to_vector(*inputs, [](const HostArray &input) { return input.array; });
  Results results((*program)->outputCount);
  if (Error err = call(**program, flags.device, arrays, results))
    return err;
  if (Error err = measure(**program, flags, arrays, results))
    return err;
  return deliver(**program, flags, results);
}

int main(int argc, char **argv) {
  const FaultHandlers handlers(argc, argv);
  static const Flags flags;
  cl::HideUnrelatedOptions(const_cast<cl::OptionCategory &>(flags.category));
  cl::ParseCommandLineOptions(argc, argv,
                              "Runs a function of a library that theria-compile made on arrays in NumPy's .npy files.\n"
                              "Exit status: 0, or 1 where anything is wrong.\n");
  if (Error err = runTool(flags)) {
    llvm::WithColor::error(llvm::errs(), "theria-runner") << llvm::toString(std::move(err)) << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
