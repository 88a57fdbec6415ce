//===- Convert.h - between reals and floats of a type -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_CONVERT_H
#define THERIA_LIB_ORACLE_CONVERT_H

#include "lib/Oracle/Real.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/APFloat.h"

namespace theria::oracle {

/// The number of `type` (f64, f32, bf16 or f16) that is nearest: rounded once, ties to even.
llvm::APFloat roundTo(mpfr_srcptr number, mlir::FloatType type);

/// Takes the value of a float of one of these types.
void assign(mpfr_ptr number, const llvm::APFloat &value);

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_CONVERT_H
