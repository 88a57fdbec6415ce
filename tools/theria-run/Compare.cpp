//===- Compare.cpp - Results against expected values ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Compare.h"

#include "tools/theria-run/InputSpec.h"

#include "mlir/IR/Builders.h"
#include "llvm/Support/Format.h"

#include <cmath>
#include <limits>

using namespace theria::run;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

static constexpr double infinity = std::numeric_limits<double>::infinity();

/// |got - want|: 0 for equal infinities and for two NaNs, infinite where only
/// one side is finite.
static double distance(double got, double want) {
  if (got == want || (std::isnan(got) && std::isnan(want)))
    return 0;
  if (!std::isfinite(got) || !std::isfinite(want))
    return infinity;
  return std::fabs(got - want);
}

Comparison theria::run::compare(const Tensor &got, const Tensor &want, const Tolerance &tolerance) {
  const bool isFloat = llvm::isa<mlir::FloatType>(got.elementType);
  Comparison result;
  std::pair<bool, double> worst{false, -1};
  for (int64_t index = 0; index < got.count; ++index) {
    const double wanted = want.loadNumber(index);
    double difference = distance(got.loadNumber(index), wanted);
    double allowed = 0;
    if (isFloat && std::isfinite(wanted))
      allowed = tolerance.absolute + tolerance.relative * std::fabs(wanted);
    bool differs = difference > allowed;
    // 64-bit integers may be equal as doubles and still differ.
    if (!isFloat)
      differs = got.loadBits(index) != want.loadBits(index);
    result.differing += differs;
    // The furthest outside, or where none is, the furthest.
    const std::pair<bool, double> rank{differs, differs ? difference - allowed : difference};
    if (rank > worst || index == 0) {
      worst = rank;
      result.worst = index;
      result.difference = difference;
      result.allowed = allowed;
    }
  }
  return result;
}

Expected<Tensor> theria::run::readExpected(StringRef path, mlir::Type elementType) {
  if (!llvm::isa<mlir::FloatType>(elementType))
    return readTensor(path, elementType);
  Expected<NpyArray> array = readNpyFile(path);
  if (!array)
    return array.takeError();
  mlir::Builder builder(elementType.getContext());
  mlir::Type fileType = elementType;
  if (array->type.kind == 'f')
    fileType = array->type.bytes == 2   ? builder.getF16Type()
               : array->type.bytes == 4 ? mlir::Type(builder.getF32Type())
                                        : mlir::Type(builder.getF64Type());
  Expected<Tensor> tensor = fromNpy(std::move(*array), fileType);
  if (!tensor)
    return error(path + ": " + llvm::toString(tensor.takeError()));
  return tensor;
}

static std::string formatDouble(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.3g", value);
  return text;
}

llvm::Error theria::run::checkExpected(const Tensor &got, const Tensor &want, const Tolerance &tolerance,
                                       StringRef name, StringRef path, llvm::raw_ostream &stream) {
  if (got.shape != want.shape)
    return error(name + ": expected shape " + formatShape(want.shape) + " as in " + path + ", but found " +
                 formatShape(got.shape));
  const Comparison result = compare(got, want, tolerance);
  std::string where;
  if (got.count) {
    const std::string position = formatPosition(got.shape, result.worst);
    where = position.empty() ? "" : " at " + position;
  }
  if (result.differing == 0) {
    stream << name << ": agrees with " << path << ", largest difference " << formatDouble(result.difference) << where
           << '\n';
    return llvm::Error::success();
  }
  return error(name + ": " + Twine(result.differing) + " of " + Twine(got.count) + " elements differ from " + path +
               ", the worst" + where + ": expected " + formatElement(want, result.worst) + ", but found " +
               formatElement(got, result.worst) + " (difference " + formatDouble(result.difference) + ", allowed " +
               formatDouble(result.allowed) + ")");
}
