//===- HostModule.h - kernels rewritten for the host ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_HOSTMODULE_H
#define THERIA_TEST_EMULATION_HOSTMODULE_H

#include "test/Emulation/Machine.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

#include <deque>

namespace llvm {
class Module;
} // namespace llvm

namespace theria::emulation {

/// Compiled kernels, each a function of the addresses of its arguments.
class Kernels {
public:
  /// Rewrites a module for NVIDIA GPUs, after LLVM's optimiser: address spaces are one, the dynamic shared memory is
  /// `shared`, accesses of memory and intrinsics are calls of the machine. Fails where it holds what the machine can't
  /// do.
  static llvm::Expected<Kernels> compile(std::unique_ptr<llvm::LLVMContext> context,
                                         std::unique_ptr<llvm::Module> module, char *shared);

  /// Null where there is none of this name.
  void (*find(llvm::StringRef name) const)(void **) { return functions.lookup(name); }

private:
  std::unique_ptr<llvm::orc::LLJIT> jit;
  llvm::StringMap<void (*)(void **)> functions;
  std::deque<Site> sites; ///< the code points to them
};

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_HOSTMODULE_H
