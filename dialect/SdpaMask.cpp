//===- SdpaMask.cpp - which pairs of attention are live -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaBuilder.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include <limits>

using namespace mlir;

namespace theria {

void SdpaBuilder::both(Value condition) {
  live = live ? arith::AndIOp::create(builder, loc, live, condition).getResult() : condition;
}

/// The number of rows or keys of each pair's batch element: `lengths`, or the dimension.
Value SdpaBuilder::lengthOr(Value lengths, char label) {
  Type index = builder.getIndexType();
  if (!lengths)
    return tensor::SplatOp::create(builder, loc, pairType(index), sizeOf(label), pairDims());
  Value length = arith::IndexCastOp::create(builder, loc, clauses.type(lengths).clone(index), lengths);
  return spread(length, "b");
}

/// The row that the diagonal of `causal` and `window` counts: bottom-right alignment shifts it by M − N.
Value SdpaBuilder::alignedRow() {
  Value row = coordinate('i');
  if (clauses.causal != Causal::BottomRight)
    return row;
  Value shift =
      arith::SubIOp::create(builder, loc, lengthOr(clauses.keyLengths, 'j'), lengthOr(clauses.queryLengths, 'i'));
  return arith::AddIOp::create(builder, loc, row, shift);
}

void SdpaBuilder::buildIndexMask() {
  using arith::CmpIPredicate;
  Type index = pairType(builder.getIndexType());
  if (clauses.causal)
    both(compare(CmpIPredicate::sle, coordinate('j'), alignedRow()));
  if (clauses.window) {
    auto sum = [&](Value value, int64_t offset) -> Value {
      // Beyond any coordinate, and far from overflow.
      Value amount = arith::ConstantIndexOp::create(builder, loc, std::min(offset, int64_t(1) << 62));
      Value amounts = tensor::SplatOp::create(builder, loc, index, amount, pairDims());
      return arith::AddIOp::create(builder, loc, value, amounts);
    };
    both(compare(CmpIPredicate::sge, sum(coordinate('j'), (*clauses.window)[0]), alignedRow()));
    both(compare(CmpIPredicate::sle, coordinate('j'), sum(alignedRow(), (*clauses.window)[1])));
  }
  if (clauses.queryLengths) {
    both(compare(CmpIPredicate::slt, coordinate('i'), lengthOr(clauses.queryLengths, 'i')));
    both(compare(CmpIPredicate::slt, coordinate('j'), lengthOr(clauses.keyLengths, 'j')));
  }
}

LogicalResult SdpaBuilder::buildMask() {
  buildIndexMask();
  if (clauses.mask)
    both(spreadPairOperand(clauses.mask));
  if (!clauses.where->empty()) {
    SmallVector<Value> arguments{coordinate('b'), head(), coordinate('i'), coordinate('j')};
    llvm::append_range(arguments, clauses.whereCaptures);
    FailureOr<Value> condition =
        emitElementwise(builder, *clauses.where, arguments, pairType(accumulation), Value(), pairDims());
    if (failed(condition))
      return failure();
    both(*condition);
  }
  if (clauses.bias) {
    // A bias of −∞ removes its key altogether; the bias is read here before the mask is complete.
    Value others = std::exchange(live, Value());
    Value bias = spreadPairOperand(clauses.bias);
    live = others;
    Value removed = constantLike(-std::numeric_limits<double>::infinity(), bias);
    both(arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE, bias, removed));
  }
  return success();
}

} // namespace theria
