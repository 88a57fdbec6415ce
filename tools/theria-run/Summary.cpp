//===- Summary.cpp - A result in one line ---------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Summary.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace theria::run;

/// Tensors of up to this many elements are printed whole.
static constexpr int64_t shownValues = 8;

/// The square root of the sum of squares, in long double so that no f64 is too
/// large to be squared.
static double norm(const Tensor &tensor) {
  long double sum = 0;
  for (int64_t index = 0; index < tensor.count; ++index) {
    const long double value = tensor.loadNumber(index);
    sum += value * value;
  }
  return static_cast<double>(std::sqrt(sum));
}

void theria::run::printSummary(const Port &output, const Tensor &tensor, llvm::raw_ostream &stream) {
  stream << output.name << ": ";
  if (!llvm::isa<mlir::RankedTensorType>(output.type))
    stream << output.type;
  else
    stream << mlir::RankedTensorType::get(tensor.shape, tensor.elementType);
  if (tensor.shape.empty()) {
    stream << ", value " << formatElement(tensor, 0) << '\n';
    return;
  }
  const bool isWhole = tensor.count <= shownValues;
  if (tensor.count)
    stream << (isWhole ? ", values " : ", first values ");
  for (int64_t index = 0; index < std::min(tensor.count, shownValues); ++index)
    stream << (index ? ", " : "") << formatElement(tensor, index);
  stream << llvm::format(", norm %.9g\n", norm(tensor));
}

void theria::run::printTimes(llvm::SmallVector<double> sorted, std::optional<double> flop,
                             std::optional<uint64_t> bytes, llvm::raw_ostream &stream) {
  llvm::sort(sorted);
  const size_t half = sorted.size() / 2;
  const double median = sorted.size() % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  stream << llvm::format("time: median %.4g ms, min %.4g ms of %zu runs", 1e3 * median, 1e3 * sorted.front(),
                         sorted.size());
  if (flop)
    stream << llvm::format(", %.4g GFLOP/s of useful products", *flop / median / 1e9);
  if (bytes)
    stream << llvm::format(", %.2f MiB beyond inputs and results", *bytes / 1048576.0);
  stream << '\n';
}
