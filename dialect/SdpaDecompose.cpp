//===- SdpaDecompose.cpp - attention in terms of the language -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaBuilder.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include <cmath>
#include <limits>

using namespace mlir;

namespace theria {

SdpaBuilder::SdpaBuilder(OpBuilder &builder, const SdpaClauses &clauses)
    : builder(builder), loc(clauses.op->getLoc()), clauses(clauses), accumulation(clauses.accumulationType()) {
  int64_t queryHeads = clauses.type(clauses.query).getDimSize(1), keyHeads = clauses.type(clauses.key).getDimSize(1);
  grouped = ShapedType::isDynamic(queryHeads) || queryHeads != keyHeads;
  heads = grouped ? "hg" : "h";
  pairs = "b" + heads + "ij";
}

Value SdpaBuilder::scaled(Value scores) {
  Value factor;
  if (clauses.scale)
    factor = spread(
        tensor::FromElementsOp::create(builder, loc, RankedTensorType::get({}, accumulation), clauses.scale), "");
  else if (clauses.scaleValue)
    factor = pairConstant(clauses.scaleValue.getValueAsDouble());
  else if (int64_t depth = clauses.type(clauses.query).getDimSize(3); !ShapedType::isDynamic(depth))
    factor = pairConstant(depth ? 1 / std::sqrt(double(depth)) : 1);
  else {
    Value size = arith::IndexCastOp::create(builder, loc, builder.getI64Type(), sizeOf('d'));
    Value root = math::SqrtOp::create(builder, loc, arith::SIToFPOp::create(builder, loc, accumulation, size));
    // A depth of 0 has scores 0, whatever their scale.
    Value one = createConstant(builder, loc, 1, accumulation, Value());
    Value divisor = arith::MaximumFOp::create(builder, loc, root, one);
    Value inverse = arith::DivFOp::create(builder, loc, one, divisor);
    factor = tensor::SplatOp::create(builder, loc, pairType(accumulation), inverse, pairDims());
  }
  return arith::MulFOp::create(builder, loc, scores, factor);
}

FailureOr<Value> SdpaBuilder::buildScores() {
  std::string rows = "b" + heads + "id";
  Value scores = scaled(einsum({rows, "bhjd"}, pairs, {query, key}, pairType(accumulation)));
  if (clauses.softcap) {
    Value cap = constantLike(clauses.softcap.getValueAsDouble(), scores);
    Value capped = math::TanhOp::create(builder, loc, arith::DivFOp::create(builder, loc, scores, cap));
    scores = arith::MulFOp::create(builder, loc, capped, cap);
  }
  if (!clauses.score->empty()) {
    SmallVector<Value> arguments{scores, coordinate('b'), head(), coordinate('i'), coordinate('j')};
    llvm::append_range(arguments, clauses.scoreCaptures);
    FailureOr<Value> region =
        emitElementwise(builder, *clauses.score, arguments, pairType(accumulation), live, pairDims());
    if (failed(region))
      return failure();
    scores = *region;
  }
  if (clauses.bias)
    scores = arith::AddFOp::create(builder, loc, scores, spreadPairOperand(extend(clauses.bias)));
  return scores;
}

FailureOr<std::pair<Value, Value>> SdpaBuilder::build() {
  if (grouped && !denseType("g", accumulation).hasStaticShape())
    checkHeads();
  if (failed(buildMask()))
    return failure();
  query = extend(splitHeads(clauses.query, 1));
  key = extend(clauses.key);
  value = extend(clauses.value);
  FailureOr<Value> scores = buildScores();
  if (failed(scores))
    return failure();
  std::string rows = "b" + heads + "i";
  Value lse = LogsumexpOp::create(builder, loc, denseType(rows, accumulation), *scores, live, pairs.size() - 1);
  Value empty = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ, lse,
                                      constantLike(-std::numeric_limits<double>::infinity(), lse));
  Value shift = arith::SelectOp::create(builder, loc, empty, constantLike(0, lse), lse);
  Value weights = math::ExpOp::create(builder, loc, arith::SubFOp::create(builder, loc, *scores, spread(shift, rows)));
  Value out = einsum({pairs, "bhje"}, rows + "e", {weights, value}, denseType(rows + "e", accumulation));
  auto [outType, lseType] = clauses.resultTypes();
  return std::make_pair(mergeHeads(truncate(out, outType.getElementType()), outType), mergeHeads(lse, lseType));
}

LogicalResult SdpaOp::decompose(RewriterBase &rewriter) {
  SdpaClauses clauses(*this);
  auto results = SdpaBuilder(rewriter, clauses).build();
  if (failed(results))
    return failure();
  rewriter.replaceOp(*this, {results->first, results->second});
  return success();
}

} // namespace theria
