//===- Exhaustive.cpp - a function at every f32 ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Codegen/Math/Exhaustive.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/ThreadPool.h"
#include <cmath>
#include <mutex>

namespace theria::test {

void Errors::merge(const Errors &other) {
  if (other.largest > largest)
    largest = other.largest, where = other.where;
  sum += other.sum;
  number += other.number;
  nearest += other.nearest;
}

/// The unit in the last place that f32 has at a finite value, which may lie beyond its largest number.
static double unitAt(double value) {
  return std::ldexp(1, std::max(std::ilogb(value), f32.minExponent - 1) - f32.digits + 1);
}

/// Adds the error of one result. `close` is the exact value to a few units of f64.
static void add(Errors &errors, const Function &function, double input, double result, double close) {
  // What libm leaves open by its own error.
  constexpr double doubt = 0x1p-24;
  const double largest = std::ldexp(1 - 0x1p-24, f32.maxExponent), smallest = std::ldexp(1, f32.minExponent - 1);
  const double size = std::fabs(close);
  // Far beyond the ends of the type, infinity and zero are right and are no measurement.
  const bool isBeyond = (size > 4 * largest && std::isinf(result)) || (size < smallest * 0x1p-30 && result == 0);
  if (isBeyond && std::signbit(result) == std::signbit(close))
    return;
  double error = -1;
  const bool isCommon = size > smallest && size < largest && std::isfinite(result);
  if (isCommon && std::signbit(result) == std::signbit(close))
    error = std::fabs(result - close) / unitAt(close);
  // A tie decides what is nearest; of larger errors, the largest is what is shown.
  const bool isDoubtful = std::fabs(error - 0.5) < doubt || (error > 0.5 && error + doubt > errors.largest);
  bool isInRange = true;
  if (error < 0 || isDoubtful) {
    const Reference reference(function, f32, input, 0);
    error = reference.error(result);
    isInRange = reference.isInRange();
  }
  if (error > errors.largest)
    errors.largest = error, errors.where = input;
  if (!isInRange)
    return;
  errors.sum += error;
  ++errors.number;
  errors.nearest += error <= 0.5;
}

/// The inputs of numbers `first` to `last`.
static Errors measureRange(const Program &program, const Function &function, uint64_t stride, uint64_t first,
                           uint64_t last) {
  std::vector<double> x;
  for (uint64_t number = first; number < last; ++number)
    x.push_back(f32.fromBits(number * stride));
  // Programs take whole vectors.
  const size_t count = x.size();
  x.resize((count + 15) / 16 * 16, 1);
  std::vector<double> results = program.run(Program::widths(f32).back(), x, x);
  Errors errors;
  for (size_t index = 0; index < count; ++index)
    add(errors, function, x[index], results[index], function.close(x[index]));
  return errors;
}

Errors measureEvery(const Program &program, const Function &function, uint64_t stride) {
  const uint64_t total = ((uint64_t(1) << 32) + stride - 1) / stride, part = uint64_t(1) << 20;
  llvm::DefaultThreadPool pool;
  std::mutex mutex;
  Errors errors;
  uint64_t done = 0;
  for (uint64_t first = 0; first < total; first += part)
    pool.async([&, first] {
      const uint64_t last = std::min(first + part, total);
      const Errors some = measureRange(program, function, stride, first, last);
      mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); // Of this thread, which ends without.
      const std::scoped_lock lock(mutex);
      errors.merge(some);
      const uint64_t before = std::exchange(done, done + last - first);
      if (before * 100 / total / 5 != done * 100 / total / 5)
        llvm::errs() << llvm::formatv("{0}: {1}% of {2} inputs\n", function.name, done * 100 / total, total);
    });
  pool.wait();
  return errors;
}

} // namespace theria::test
