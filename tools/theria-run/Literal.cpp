//===- Literal.cpp - Numbers on the command line --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Literal.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace theria::run;
using llvm::APFloat;
using llvm::Expected;
using llvm::StringRef;
using mlir::FloatType;
using mlir::Type;

static llvm::Error outOfRange(StringRef text, Type type) {
  return error("expected a value in the range of " + formatType(type) + ", but found " + text);
}

static Expected<uint64_t> parseFloat(StringRef text, FloatType type) {
  APFloat value(type.getFloatSemantics());
  Expected<APFloat::opStatus> status = value.convertFromString(text, APFloat::rmNearestTiesToEven);
  if (!status) {
    llvm::consumeError(status.takeError());
    return error("expected a number for " + formatType(type) + ", but found '" + text + "'");
  }
  if (*status & APFloat::opOverflow)
    return outOfRange(text, type);
  return value.bitcastToAPInt().getZExtValue();
}

static Expected<uint64_t> parseInteger(StringRef text, Type type) {
  StringRef digits = text;
  const bool isNegative = digits.consume_front("-");
  if (!isNegative)
    digits.consume_front("+");
  uint64_t magnitude = 0;
  if (digits.empty() || !llvm::all_of(digits, llvm::isDigit))
    return error("expected an integer for " + formatType(type) + ", but found '" + text + "'");
  if (digits.getAsInteger(10, magnitude)) // More than 64 bits.
    return outOfRange(text, type);
  const unsigned width = 8 * elementBytes(type);
  const uint64_t half = uint64_t(1) << (width - 1);
  // A type without a sign holds what a signed or an unsigned one of its width
  // does; without a reason to choose, only the signed range is taken.
  const uint64_t most = isNegative ? half : half - 1;
  if (magnitude > most)
    return outOfRange(text, type);
  return isNegative ? -magnitude : magnitude;
}

Expected<uint64_t> theria::run::parseLiteral(StringRef text, Type type) {
  if (auto floating = llvm::dyn_cast<FloatType>(type))
    return parseFloat(text, floating);
  if (!type.isInteger(1))
    return parseInteger(text, type);
  const int value = llvm::StringSwitch<int>(text).Cases({"true", "1"}, 1).Cases({"false", "0"}, 0).Default(-1);
  if (value < 0)
    return error("expected true or false for i1, but found '" + text + "'");
  return static_cast<uint64_t>(value);
}
