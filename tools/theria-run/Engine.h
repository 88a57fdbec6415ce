//===- Engine.h - Running a lowered module ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_ENGINE_H
#define THERIA_RUN_ENGINE_H

#include "tools/theria-run/Device.h"
#include "tools/theria-run/Signature.h"
#include "tools/theria-run/Tensor.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"

#include <memory>

namespace theria::run {

/// What a running program reported, with its place in the source: printed as
/// it is.
class ProgramError : public llvm::ErrorInfo<ProgramError> {
public:
  static char ID; // NOLINT(readability-identifier-naming): LLVM's RTTI.
  explicit ProgramError(std::string text) : text(std::move(text)) {}
  void log(llvm::raw_ostream &stream) const override { stream << text; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

private:
  std::string text;
};

/// Starts the threads of programs, as many as there are processors (`threads` is 0) or so many.
void startThreads(unsigned threads);

/// A compiled program in this process.
class Engine {
public:
  /// Makes LLVM ready; to be called once, before parseOptions forgets the options of LLVM's libraries.
  static void initialise();
  /// Links what compileObjects made into this process; with kernels that the program launches, if it does.
  static llvm::Expected<Engine> load(std::unique_ptr<llvm::MemoryBuffer> objects,
                                     std::unique_ptr<LoadedKernels> kernels = nullptr);

  /// What to measure of one call of the entry alone.
  struct Measurement {
    double *seconds = nullptr;
    /// The most memory that it takes at any time beyond the results; nothing where the system does not tell. The call
    /// is slower: no memory is at hand that an earlier one left.
    std::optional<uint64_t> *bytes = nullptr;
  };

  /// Calls the entry. What the program reports through theria_fail is a
  /// ProgramError.
  llvm::Expected<llvm::SmallVector<Tensor>> run(llvm::ArrayRef<Tensor> inputs, llvm::ArrayRef<Port> outputs,
                                                Measurement measurement) const;

private:
  std::unique_ptr<LoadedKernels> kernels;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  void (*entry)(void **) = nullptr;
};

} // namespace theria::run

#endif // THERIA_RUN_ENGINE_H
