//===- Checks.cpp - builders of run-time checks ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Checks.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using arith::CmpIPredicate;

namespace theria::reference {

std::string sizesFrom(unsigned first, unsigned count) {
  std::string text;
  for (unsigned number = first; number < first + count; ++number)
    text += (number == first ? "{" : "×{") + std::to_string(number) + "}";
  return text;
}

Value CheckBuilder::index(int64_t value) { return arith::ConstantIndexOp::create(builder, loc, value); }

Value CheckBuilder::constant(TypedAttr value) { return arith::ConstantOp::create(builder, loc, value); }

Value CheckBuilder::index(OpFoldResult value) { return getValueOrCreateConstantIndexOp(builder, loc, value); }

Value CheckBuilder::size(Value tensor, int64_t dim) { return createDim(builder, loc, tensor, dim); }

Value CheckBuilder::asIndex(Value integer) {
  if (integer.getType().isInteger(1))
    return arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(), integer);
  return getValueOrCreateCastToIndexLike(builder, loc, builder.getIndexType(), integer);
}

Value CheckBuilder::compare(CmpIPredicate predicate, Value a, Value b) {
  return builder.createOrFold<arith::CmpIOp>(loc, predicate, a, b);
}

Value CheckBuilder::negate(Value condition) {
  Value yes = constant(builder.getBoolAttr(true));
  return builder.createOrFold<arith::XOrIOp>(loc, condition, yes);
}

Value CheckBuilder::both(Value a, Value b) { return builder.createOrFold<arith::AndIOp>(loc, a, b); }

Value CheckBuilder::either(Value a, Value b) { return builder.createOrFold<arith::OrIOp>(loc, a, b); }

Value CheckBuilder::subtract(Value a, Value b) { return builder.createOrFold<arith::SubIOp>(loc, a, b); }

Value CheckBuilder::divide(Value a, Value b) {
  Value divisor = builder.createOrFold<arith::MaxSIOp>(loc, b, index(1));
  return builder.createOrFold<arith::DivUIOp>(loc, a, divisor);
}

Value CheckBuilder::element(Value tensor, int64_t position) {
  return tensor::ExtractOp::create(builder, loc, tensor, ValueRange{index(position)});
}

Value CheckBuilder::product(ArrayRef<Value> sizes, Value &fits) {
  // mului_extended has no index form.
  Type wide = builder.getI64Type();
  auto asWide = [&](Value size) { return builder.createOrFold<arith::IndexCastOp>(loc, wide, size); };
  Value zero = arith::ConstantIntOp::create(builder, loc, wide, 0);
  Value total = arith::ConstantIntOp::create(builder, loc, wide, 1);
  fits = arith::ConstantIntOp::create(builder, loc, builder.getI1Type(), 1);
  for (Value size : sizes) {
    Value factor = asWide(size);
    fits = both(fits, compare(CmpIPredicate::sge, factor, zero));
    if (matchPattern(total, m_One())) {
      total = factor;
      continue;
    }
    auto next = arith::MulUIExtendedOp::create(builder, loc, total, factor);
    total = next.getLow();
    fits = both(fits, compare(CmpIPredicate::eq, next.getHigh(), zero));
    fits = both(fits, compare(CmpIPredicate::sge, total, zero));
  }
  return builder.createOrFold<arith::IndexCastOp>(loc, builder.getIndexType(), total);
}

Value CheckBuilder::sum(ArrayRef<Value> sizes, Value &fits) {
  Value zero = index(0);
  Value total = zero;
  fits = constant(builder.getBoolAttr(true));
  for (Value size : sizes) {
    total = builder.createOrFold<arith::AddIOp>(loc, total, size);
    fits = both(fits, compare(CmpIPredicate::sge, total, zero));
  }
  return total;
}

void CheckBuilder::require(Value condition, const Twine &message, ValueRange values) {
  if (matchPattern(condition, m_One()))
    return;
  CheckOp::create(builder, loc, condition, builder.getStringAttr(message), values);
}

void CheckBuilder::requireEqual(Value a, Value b, const Twine &message) {
  require(compare(CmpIPredicate::eq, a, b), message, {a, b});
}

void CheckBuilder::requireInBounds(Value position, Value size, const Twine &where, Value unless) {
  // Unsigned, so that a negative position is too large.
  Value holds = compare(CmpIPredicate::ult, position, size);
  require(unless ? either(unless, holds) : holds,
          "expected an index of at least 0 and below {0} into " + where + ", but found {1}; keep indices inside",
          {size, position});
}

} // namespace theria::reference
