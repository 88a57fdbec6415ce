//===- Differences.cpp - derivatives from values alone --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Differences.h"

#include "lib/Oracle/Parallel.h"

#include <atomic>

using namespace mlir;

namespace theria::oracle {

/// How far the finite elements are from 1, in powers of two. h must be as small beside numbers that are so large, or
/// are multiplied by such, and these keep their digits beside h.
static mpfr_exp_t largestExponent(ArrayRef<Tensor> tensors) {
  mpfr_exp_t largest = 0;
  for (const Tensor &tensor : tensors)
    if (tensor.isReal())
      for (const Real &number : tensor.reals())
        if (mpfr_regular_p(number.get()))
          largest = std::max(largest, std::abs(mpfr_get_exp(number.get())));
  return largest;
}

namespace {
/// The evaluations of one difference: at the point, and beside it.
class Difference {
public:
  explicit Difference(const Point &point, ArrayRef<Tensor> directions = {}) : point(point) {
    // With p bits wanted and g to guard them: h = 2⁻⁽ᵖ⁺ᵍ⁾ leaves an error of 2⁻²⁽ᵖ⁺ᵍ⁾, and 2(p + g) bits leave p + g of
    // a difference that small.
    constexpr mpfr_prec_t guard = 16;
    const mpfr_prec_t wanted = point.setting.precision + guard + largestExponent(point.arguments);
    exponent = -wanted;
    setting = point.setting;
    setting.precision = 2 * wanted + largestExponent(directions);
    ++setting.held.order;
  }

  /// The results at the point; to be called before those beside it.
  FailureOr<Tensors> evaluate() {
    Setting there = setting;
    there.held.recorders.push_back(&trace);
    return point.function(point.arguments, there);
  }

  /// The results at arguments that `move` changes.
  FailureOr<Tensors> evaluateBeside(llvm::function_ref<void(Tensors &)> move) const {
    Tensors arguments = point.arguments;
    move(arguments);
    Replay replay(trace);
    Setting beside = setting;
    beside.held.replay = &replay;
    beside.held.recorders.clear();
    return point.function(std::move(arguments), beside);
  }

  /// `number` + sign · h · `direction`, to all digits that matter.
  void step(Real &number, const Real *direction, int sign) const {
    Real moved(1, setting.precision);
    if (direction)
      mpfr_set(moved.get(), direction->get(), MPFR_RNDN);
    mpfr_mul_2si(moved.get(), moved.get(), exponent, MPFR_RNDN);
    mpfr_mul_si(moved.get(), moved.get(), sign, MPFR_RNDN);
    mpfr_add(moved.get(), number.get(), moved.get(), MPFR_RNDN);
    number = std::move(moved);
  }

  /// (after − before) / 2h. What is the same number on both sides does not change, an infinity included.
  void divide(Real &result, const Real &after, const Real &before) const {
    if (mpfr_equal_p(after.get(), before.get()))
      return mpfr_set_zero(result.get(), 1);
    mpfr_sub(result.get(), after.get(), before.get(), MPFR_RNDN);
    mpfr_mul_2si(result.get(), result.get(), -exponent - 1, MPFR_RNDN);
  }

  mpfr_prec_t precision() const { return setting.precision; }

private:
  const Point &point;
  Setting setting;
  Trace trace;
  long exponent;
};
} // namespace

/// Results as precise as the point asks for.
static Tensors roundAll(ArrayRef<Tensor> tensors, const Point &point) {
  return llvm::map_to_vector(tensors, [&](const Tensor &tensor) { return tensor.rounded(point.setting.precision); });
}

FailureOr<Tensors> jvp(const Point &point, ArrayRef<Tensor> tangents) {
  Difference difference(point, tangents);
  FailureOr<Tensors> results = difference.evaluate();
  if (failed(results))
    return failure();
  auto beside = [&](int sign) {
    return difference.evaluateBeside([&](Tensors &arguments) {
      for (auto [position, tangent] : llvm::zip_equal(point.wrt, tangents))
        for (auto [number, direction] : llvm::zip_equal(arguments[position].editReals(), tangent.reals()))
          difference.step(number, &direction, sign);
    });
  };
  FailureOr<Tensors> after = beside(1), before = beside(-1);
  if (failed(after) || failed(before))
    return failure();
  Tensors all = *results;
  for (auto [high, low] : llvm::zip_equal(*after, *before)) {
    if (!high.isReal())
      continue;
    Tensor tangent = Tensor::ofReals(high.getShape(), difference.precision());
    for (auto [target, a, b] : llvm::zip_equal(tangent.editReals(), high.reals(), low.reals()))
      difference.divide(target, a, b);
    all.push_back(std::move(tangent));
  }
  return roundAll(all, point);
}

/// Σ over all real results and their elements of cotangent · (after − before) / 2h.
static Real weigh(const Difference &difference, ArrayRef<Tensor> after, ArrayRef<Tensor> before,
                  ArrayRef<Tensor> cotangents) {
  Real sum(0, difference.precision()), term(difference.precision());
  for (auto [high, low] : llvm::zip_equal(after, before)) {
    if (!high.isReal())
      continue;
    const Tensor &cotangent = cotangents.front();
    cotangents = cotangents.drop_front();
    if (!cotangent)
      continue;
    for (auto [a, b, weight] : llvm::zip_equal(high.reals(), low.reals(), cotangent.reals())) {
      difference.divide(term, a, b);
      // What does not depend on the argument, as a row without live keys, says nothing, whatever its cotangent is.
      if (mpfr_zero_p(term.get()))
        continue;
      mpfr_mul(term.get(), term.get(), weight.get(), MPFR_RNDN);
      mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
    }
  }
  return sum;
}

FailureOr<Tensors> vjp(const Point &point, ArrayRef<Tensor> cotangents) {
  Difference difference(point);
  FailureOr<Tensors> results = difference.evaluate();
  if (failed(results))
    return failure();
  Tensors all = *results;
  for (int64_t position : point.wrt) {
    Tensor gradient = Tensor::ofReals(point.arguments[position].getShape(), difference.precision());
    std::vector<Real> &elements = gradient.editReals();
    std::atomic<bool> isWrong = false;
    auto derive = [&](int64_t element) {
      auto beside = [&](int sign) {
        return difference.evaluateBeside(
            [&](Tensors &arguments) { difference.step(arguments[position].editReals()[element], nullptr, sign); });
      };
      FailureOr<Tensors> after = beside(1), before = beside(-1);
      if (failed(after) || failed(before))
        isWrong = true;
      else
        elements[element] = weigh(difference, *after, *before, cotangents);
    };
    forEachRange(
        elements.size(),
        [&](int64_t first, int64_t last) {
          for (int64_t element = first; element < last && !isWrong; ++element)
            derive(element);
        },
        /*shortest=*/1);
    if (isWrong)
      return failure();
    all.push_back(std::move(gradient));
  }
  return roundAll(all, point);
}

FailureOr<Tensors> hvp(const Point &point, ArrayRef<Tensor> cotangents, ArrayRef<Tensor> tangents) {
  const size_t numGradients = point.wrt.size();
  auto gradient = [&](Tensors arguments, const Setting &setting) -> FailureOr<Tensors> {
    FailureOr<Tensors> all = vjp(Point{point.function, std::move(arguments), point.wrt, setting}, cotangents);
    if (failed(all))
      return failure();
    return Tensors(ArrayRef(*all).take_back(numGradients));
  };
  FailureOr<Tensors> all = jvp(Point{gradient, point.arguments, point.wrt, point.setting}, tangents);
  if (failed(all))
    return failure();
  return Tensors(ArrayRef(*all).take_back(numGradients));
}

} // namespace theria::oracle
