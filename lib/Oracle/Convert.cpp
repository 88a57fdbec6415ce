//===- Convert.cpp - between reals and floats of a type -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Convert.h"

using namespace llvm;

namespace theria::oracle {

APFloat roundTo(mpfr_srcptr number, mlir::FloatType type) {
  // Rounded to odd, a double decides every later rounding to nearest of a narrower type as the number itself does.
  const bool isWide = type.isF64();
  double value = mpfr_get_d(number, isWide ? MPFR_RNDN : MPFR_RNDZ);
  if (!isWide && mpfr_number_p(number) && mpfr_cmp_d(number, value) != 0)
    value = bit_cast<double>(bit_cast<uint64_t>(value) | 1);
  APFloat result(value);
  bool losesInfo = false;
  result.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
  return result;
}

void assign(mpfr_ptr number, const APFloat &value) {
  APFloat wide = value;
  bool losesInfo = false;
  wide.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
  mpfr_set_d(number, wide.convertToDouble(), MPFR_RNDN);
}

} // namespace theria::oracle
