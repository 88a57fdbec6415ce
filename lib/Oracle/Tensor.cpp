//===- Tensor.cpp - what the oracle computes with -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Tensor.h"

#include "llvm/ADT/STLExtras.h"

using namespace theria::oracle;
using llvm::ArrayRef;
using llvm::SmallVector;

int64_t theria::oracle::product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

SmallVector<int64_t> theria::oracle::stridesOf(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (int64_t dim = int64_t(shape.size()) - 2; dim >= 0; --dim)
    strides[dim] = strides[dim + 1] * shape[dim + 1];
  return strides;
}

Tensor Tensor::ofReals(ArrayRef<int64_t> shape, mpfr_prec_t precision) {
  Tensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.realElements = std::make_shared<std::vector<Real>>(product(shape), Real(precision));
  return tensor;
}

Tensor Tensor::ofReals(ArrayRef<int64_t> shape, std::vector<Real> elements) {
  Tensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.realElements = std::make_shared<std::vector<Real>>(std::move(elements));
  return tensor;
}

Tensor Tensor::ofIntegers(ArrayRef<int64_t> shape) {
  Tensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.integerElements = std::make_shared<std::vector<uint64_t>>(product(shape));
  return tensor;
}

Tensor Tensor::of(Real number) {
  Tensor tensor;
  tensor.realElements = std::make_shared<std::vector<Real>>(1, std::move(number));
  return tensor;
}

Tensor Tensor::of(uint64_t bits) {
  Tensor tensor;
  tensor.integerElements = std::make_shared<std::vector<uint64_t>>(1, bits);
  return tensor;
}

int64_t Tensor::size() const { return product(shape); }

Tensor Tensor::reshaped(ArrayRef<int64_t> newShape) const {
  Tensor tensor(*this);
  tensor.shape.assign(newShape.begin(), newShape.end());
  return tensor;
}

Tensor Tensor::rounded(mpfr_prec_t precision) const {
  if (!isReal())
    return *this;
  Tensor tensor = ofReals(shape, precision);
  for (auto [target, source] : llvm::zip_equal(*tensor.realElements, reals()))
    mpfr_set(target.get(), source.get(), MPFR_RNDN);
  return tensor;
}

Counter::Counter(ArrayRef<int64_t> shape, ArrayRef<SmallVector<int64_t>> strides)
    : shape(shape), tuple(shape.size(), 0), offsets(strides.size(), 0), strides(strides) {}

void Counter::seek(int64_t number) {
  llvm::fill(offsets, 0);
  for (int64_t dim = int64_t(shape.size()) - 1; dim >= 0; --dim) {
    tuple[dim] = number % shape[dim];
    number /= shape[dim];
    for (auto [offset, stride] : llvm::zip_equal(offsets, strides))
      offset += tuple[dim] * stride[dim];
  }
}

void Counter::next() {
  for (int64_t dim = int64_t(shape.size()) - 1; dim >= 0; --dim) {
    const bool wraps = ++tuple[dim] == shape[dim];
    const int64_t steps = wraps ? 1 - shape[dim] : 1;
    for (auto [offset, stride] : llvm::zip_equal(offsets, strides))
      offset += steps * stride[dim];
    if (!wraps)
      return;
    tuple[dim] = 0;
  }
}

/// Calls `copy` with the place of each element of `shape` in C order, and along strides.
static void forEachPlace(ArrayRef<int64_t> shape, ArrayRef<int64_t> strides, int64_t offset,
                         llvm::function_ref<void(int64_t, int64_t)> copy) {
  Counter counter(shape, {SmallVector<int64_t>(strides)});
  for (int64_t element = 0, count = product(shape); element < count; ++element, counter.next())
    copy(element, offset + counter.offset(0));
}

Tensor theria::oracle::readStrided(const Tensor &source, ArrayRef<int64_t> shape, ArrayRef<int64_t> strides,
                                   int64_t offset) {
  if (!source.isReal()) {
    Tensor result = Tensor::ofIntegers(shape);
    auto &target = result.editIntegers();
    forEachPlace(shape, strides, offset, [&](int64_t to, int64_t from) { target[to] = source.integers()[from]; });
    return result;
  }
  std::vector<Real> elements;
  elements.reserve(product(shape));
  forEachPlace(shape, strides, offset, [&](int64_t, int64_t from) { elements.push_back(source.reals()[from]); });
  return Tensor::ofReals(shape, std::move(elements));
}

void theria::oracle::writeStrided(Tensor &target, const Tensor &source, ArrayRef<int64_t> strides, int64_t offset) {
  if (source.isReal()) {
    auto &elements = target.editReals();
    forEachPlace(source.getShape(), strides, offset,
                 [&](int64_t from, int64_t to) { elements[to] = source.reals()[from]; });
  } else {
    auto &elements = target.editIntegers();
    forEachPlace(source.getShape(), strides, offset,
                 [&](int64_t from, int64_t to) { elements[to] = source.integers()[from]; });
  }
}
