//===- Instrument.h - Sanitizers of generated code --------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_INSTRUMENT_H
#define THERIA_RUN_INSTRUMENT_H

namespace llvm {
class Module;
} // namespace llvm

namespace theria::run {

/// Has generated code checked by the sanitizer that the tool itself is built with: its loads and stores by
/// AddressSanitizer or ThreadSanitizer. Without one, nothing.
void instrument(llvm::Module &code);

/// Whether generated code then calls functions that only programs built with that sanitizer have.
bool needsSanitizer();

} // namespace theria::run

#endif // THERIA_RUN_INSTRUMENT_H
