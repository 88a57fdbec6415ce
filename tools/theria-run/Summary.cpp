//===- Summary.cpp - A result in one line ---------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Summary.h"

#include "tools/theria-run/Evaluate.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace theria;
using namespace theria::run;

/// Tensors of up to this many elements are printed whole.
static constexpr int64_t shownValues = 8;

/// The square root of the sum of squares, in long double so that no f64 is too
/// large to be squared.
static double norm(int64_t count, llvm::function_ref<double(int64_t)> number) {
  long double sum = 0;
  for (int64_t index = 0; index < count; ++index) {
    const long double value = number(index);
    sum += value * value;
  }
  return static_cast<double>(std::sqrt(sum));
}

/// All but the norm; true where one belongs there.
static bool printElements(const Port &output, llvm::ArrayRef<int64_t> shape, int64_t count,
                          llvm::function_ref<std::string(int64_t)> format, llvm::raw_ostream &stream) {
  stream << output.name << ": ";
  if (!llvm::isa<mlir::RankedTensorType>(output.type))
    stream << output.type;
  else
    stream << mlir::RankedTensorType::get(shape, output.elementType());
  if (shape.empty()) {
    stream << ", value " << format(0) << '\n';
    return false;
  }
  const bool isWhole = count <= shownValues;
  if (count)
    stream << (isWhole ? ", values " : ", first values ");
  for (int64_t index = 0; index < std::min(count, shownValues); ++index)
    stream << (index ? ", " : "") << format(index);
  return true;
}

void theria::run::printSummary(const Port &output, const Tensor &tensor, llvm::raw_ostream &stream) {
  auto format = [&](int64_t index) { return formatElement(tensor, index); };
  if (printElements(output, tensor.shape, tensor.count, format, stream))
    stream << llvm::format(", norm %.9g\n",
                           norm(tensor.count, [&](int64_t index) { return tensor.loadNumber(index); }));
}

/// An integer by its sign; i1 has none.
static int64_t integerAt(const oracle::Tensor &tensor, mlir::Type type, int64_t index) {
  const bool isWhole = type.isIndex() || type.isInteger(1);
  return isWhole ? tensor.index(index) : llvm::SignExtend64(tensor.index(index), type.getIntOrFloatBitWidth());
}

static std::string formatExact(const oracle::Tensor &tensor, mlir::Type type, int64_t index) {
  if (tensor.isReal())
    return formatReal(tensor.reals()[index]);
  if (type.isInteger(1))
    return tensor.index(index) ? "true" : "false";
  return std::to_string(integerAt(tensor, type, index));
}

void theria::run::printSummary(const Port &output, const oracle::Tensor &tensor, llvm::raw_ostream &stream) {
  const mlir::Type type = output.elementType();
  auto format = [&](int64_t index) { return formatExact(tensor, type, index); };
  if (!printElements(output, tensor.getShape(), tensor.size(), format, stream))
    return;
  auto number = [&](int64_t index) {
    return tensor.isReal() ? tensor.reals()[index].toDouble() : integerAt(tensor, type, index);
  };
  stream << llvm::format(", norm %.9g\n", norm(tensor.size(), number));
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
