//===- Break.h - kernels that are wrong on purpose --------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_BREAK_H
#define THERIA_TEST_EMULATION_BREAK_H

#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"

namespace theria::emulation {

/// Breaks one place of a module's kernels, FAULT:NUMBER, counted over all of them:
///
///   barrier:N   leaves out the Nth barrier
///   branch:N    has the first thread alone skip the Nth barrier
///   shuffle:N   exchanges with another lane in the Nth shuffle
///   fragment:N  exchanges two registers of the Nth product on tensor cores
///   copy:N      lets the Nth asynchronous copy read 16 bytes further
///   wait:N      leaves out the Nth wait for asynchronous copies
///   proxy:N     leaves out the Nth fence that shows wgmma what threads wrote
///   fence:N     leaves out the Nth wgmma.fence, commit:N the Nth wgmma.commit_group
///   panel:N     lets the Nth wgmma read 16 bytes further
///   load:N      lets the Nth load read one element further
///   store:N     lets the Nth store write one element further
///
/// Fails where there is no such place.
llvm::Error breakKernels(llvm::Module &module, llvm::StringRef fault);

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_BREAK_H
