//===- Contraction.h - reductions of real numbers ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_CONTRACTION_H
#define THERIA_LIB_ORACLE_CONTRACTION_H

#include "lib/Oracle/Real.h"
#include "lib/Oracle/Rounding.h"

#include "mlir/Support/LLVM.h"

namespace theria::oracle {

/// The largest of some numbers: −∞ of none, NaN where one is.
void largest(Real &result, llvm::ArrayRef<mpfr_srcptr> elements, RoundTo round = {});

/// The log of the sum of their exponentials: −∞ of none.
void logsumexp(Real &result, llvm::ArrayRef<mpfr_srcptr> elements, RoundTo round = {});

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_CONTRACTION_H
