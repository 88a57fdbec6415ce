//===- Options.h - The command line of theria-run ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_OPTIONS_H
#define THERIA_RUN_OPTIONS_H

#include "tools/theria-run/Compare.h"
#include "tools/theria-run/InputSpec.h"

#include "theria/Derive.h"
#include "theria/Pipelines.h"

#include <optional>
#include <string>
#include <vector>

namespace llvm::cl {
class Option;
} // namespace llvm::cl

namespace theria::run {

class Device;

/// How a program runs.
enum class Path { Streaming, Reference, Oracle };

/// The lines of a certificate, in order.
inline constexpr llvm::StringLiteral certificateLines[] = {"accuracy", "differences", "stages", "adjoint",
                                                           "symmetry", "closure",     "memory", "bits"};

/// The command line, checked as far as it can be without the module.
struct Options {
  std::string file;
  std::string function;
  std::vector<std::string> inputs;
  std::optional<FillSpec> fill;
  /// Paths without their '@'; empty for `_`.
  std::vector<std::string> outputs, expected;
  Tolerance tolerance;
  std::vector<Derivative> chain;
  std::optional<std::vector<int64_t>> wrt;
  /// `wrt` as theria::derive takes it.
  std::optional<llvm::ArrayRef<int64_t>> getWrt() const {
    return wrt ? std::optional<llvm::ArrayRef<int64_t>>(*wrt) : std::nullopt;
  }
  Path path = Path::Streaming;
  /// Whether this machine's GPU runs the streaming path.
  bool onCuda = false;
  bool narrowProducts = true; ///< on CUDA
  /// What runs the kernels of the streaming path; null: the CPU runs it.
  Device *device = nullptr;
  /// Bits of the oracle's significands.
  unsigned precision = 113;
  /// Whether derivatives of derivatives may be taken as equal ones that cost less.
  bool symmetrise = true;
  /// How programs are streamed, and for which machine.
  StreamingOptions compile;
  /// Of the folder of compiled programs: a path, "off", or empty for the default.
  std::string cache;
  uint64_t cacheMegabytes = 512;
  bool signature = false;
  bool report = false;
  /// Where the report goes as JSON; empty: for people, to standard output.
  std::string reportFile;
  bool check = false;
  /// Where the certificate goes as JSON; empty: for people, to standard output.
  std::string checkFile;
  /// The lines of the certificate; empty: all.
  std::vector<std::string> checkLines;
  unsigned runs = 0;
  /// 0: one for each processor.
  unsigned threads = 0;
};

/// A step of --derive: jvp, vjp or hvp.
std::optional<Derivative> parseDerivative(llvm::StringRef step);
/// Numbers of arguments, as --wrt has them.
llvm::Expected<std::vector<int64_t>> parsePositions(llvm::ArrayRef<std::string> texts);
/// Of an option that holds one value llvm::cl keeps the last: an error where it is given again.
llvm::Error checkGivenOnce(llvm::ArrayRef<const llvm::cl::Option *> flags);
/// LLVM's libraries register options of their own, --threads among them: all but --help and the like go. They keep
/// their values.
void forgetLibraryOptions();

/// Parses the command line; --help ends the program, and so does what llvm::cl itself finds wrong, unless its messages
/// go to `errors`.
llvm::Expected<Options> parseOptions(int argc, const char *const *argv, llvm::raw_ostream *errors = nullptr);

} // namespace theria::run

#endif // THERIA_RUN_OPTIONS_H
