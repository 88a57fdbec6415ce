//===- Literal.h - Numbers on the command line ------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_LITERAL_H
#define THERIA_RUN_LITERAL_H

#include "tools/theria-run/Tensor.h"

namespace theria::run {

/// The bits of `text` as an element of `type`: for a floating type a decimal
/// or hexadecimal number, inf or nan, rounded once, to nearest even; for an
/// integer type decimal digits with an optional sign, in the signed range; for
/// i1 true, false, 1 or 0. A value outside the type's range is an error.
llvm::Expected<uint64_t> parseLiteral(llvm::StringRef text, mlir::Type type);

} // namespace theria::run

#endif // THERIA_RUN_LITERAL_H
