//===- SdpaDecompose.cpp - attention in terms of the language --------------===//
//
// The one definition of the operator. Scores are pair tensors over (b, h, i, j) or, with grouped heads, (b, h, g, i, j),
// where query head h·G + g reads key head h. Every einsum into or out of pairs carries the mask, so that masked
// keys and dead rows contribute exactly nothing to any derivative.
//
//===----------------------------------------------------------------------===//
#include "dialect/SdpaClauses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include <cmath>
#include <limits>

using namespace mlir;

namespace theria {

namespace {
class SdpaBuilder {
public:
  SdpaBuilder(OpBuilder &builder, const SdpaClauses &clauses);
  /// Emits `out` and `lse`.
  FailureOr<std::pair<Value, Value>> build();

private:
  // Shapes.
  void checkHeads();
  Value dim(Value tensor, int64_t position) { return createDim(builder, loc, tensor, position); }
  Value splitHeads(Value tensor, int64_t headDim);
  Value mergeHeads(Value tensor, RankedTensorType type);
  Value extend(Value tensor);
  Value truncate(Value tensor, Type element);
  RankedTensorType pairType(Type element);
  RankedTensorType denseType(StringRef labels, Type element);
  Value sizeOf(char label);
  // Pair values.
  Value einsum(ArrayRef<std::string> inputs, const std::string &result, ValueRange operands, RankedTensorType type);
  Value spread(Value tensor, const std::string &labels);
  Value spreadPairOperand(Value tensor);
  Value constantLike(double value, Value like) { return createConstant(builder, loc, value, like.getType(), like); }
  Value pairConstant(double value);
  Value coordinate(char label);
  Value head();
  // Clauses.
  void both(Value condition);
  Value compare(arith::CmpIPredicate predicate, Value a, Value b) {
    return arith::CmpIOp::create(builder, loc, predicate, a, b);
  }
  Value lengthOr(Value lengths, char label);
  Value alignedRow();
  void buildIndexMask();
  LogicalResult buildMask();
  Value scaled(Value scores);
  FailureOr<Value> buildScores();
  SmallVector<Value> pairDims();

  OpBuilder &builder;
  Location loc;
  const SdpaClauses &clauses;
  Type accumulation;
  bool grouped;
  std::string heads;       ///< "h" or "hg"
  std::string pairs;       ///< "bhij" or "bhgij"
  Value query, key, value; ///< in the accumulation type, heads split
  Value live;              ///< the mask, or null where every pair is live
};
} // namespace

SdpaBuilder::SdpaBuilder(OpBuilder &builder, const SdpaClauses &clauses)
    : builder(builder), loc(clauses.op->getLoc()), clauses(clauses), accumulation(clauses.accumulationType()) {
  int64_t queryHeads = clauses.type(clauses.query).getDimSize(1), keyHeads = clauses.type(clauses.key).getDimSize(1);
  grouped = ShapedType::isDynamic(queryHeads) || queryHeads != keyHeads;
  heads = grouped ? "hg" : "h";
  pairs = "b" + heads + "ij";
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

void SdpaBuilder::checkHeads() {
  Value heads = dim(clauses.query, 1), keyHeads = dim(clauses.key, 1);
  Value product = arith::MulIOp::create(builder, loc, keyHeads, sizeOf('g'));
  Value divides = compare(arith::CmpIPredicate::eq, product, heads);
  CheckOp::create(builder, loc, divides,
                  "expected the query's heads to be a multiple of the key's, but found {0} and {1}; group the queries so "
                  "that each key head serves the same number",
                  ValueRange{heads, keyHeads});
}

/// Views query heads as key heads × group, 1 × 1 where the dimension is statically 1.
Value SdpaBuilder::splitHeads(Value tensor, int64_t headDim) {
  if (!grouped)
    return tensor;
  auto type = clauses.type(tensor);
  int64_t heads = type.getDimSize(headDim), keyHeads = clauses.type(clauses.key).getDimSize(1);
  bool isStatic = heads == 1 || (!ShapedType::isDynamic(heads) && !ShapedType::isDynamic(keyHeads));
  if (!isStatic && !ShapedType::isDynamic(heads)) {
    // The factors of a static dimension would have to be static too.
    SmallVector<int64_t> shape(type.getShape());
    shape[headDim] = ShapedType::kDynamic;
    type = RankedTensorType::get(shape, type.getElementType(), type.getEncoding());
    tensor = tensor::CastOp::create(builder, loc, type, tensor);
  }
  SmallVector<int64_t> shape(type.getShape());
  SmallVector<OpFoldResult> sizes;
  SmallVector<ReassociationIndices> reassociation;
  for (int64_t position = 0; position < type.getRank(); ++position) {
    reassociation.push_back({position + (position > headDim)});
    if (position == headDim)
      reassociation.back().push_back(position + 1);
  }
  auto split = [&](int64_t first, int64_t second) {
    shape[headDim] = first;
    shape.insert(shape.begin() + headDim + 1, second);
  };
  if (heads == 1)
    split(1, 1);
  else if (isStatic)
    split(keyHeads, heads / keyHeads);
  else
    split(keyHeads, ShapedType::kDynamic);
  for (auto [position, size] : llvm::enumerate(shape)) {
    if (!ShapedType::isDynamic(size))
      sizes.push_back(builder.getIndexAttr(size));
    else if (int64_t(position) == headDim && heads != 1)
      sizes.push_back(dim(clauses.key, 1));
    else if (int64_t(position) == headDim + 1)
      sizes.push_back(sizeOf('g'));
    else
      sizes.push_back(dim(tensor, position - (int64_t(position) > headDim)));
  }
  return tensor::ExpandShapeOp::create(builder, loc, RankedTensorType::get(shape, type.getElementType()), tensor,
                                       reassociation, sizes);
}

Value SdpaBuilder::mergeHeads(Value tensor, RankedTensorType type) {
  if (!grouped)
    return tensor;
  SmallVector<ReassociationIndices> reassociation{{0}, {1, 2}};
  for (int64_t position = 3; position <= type.getRank(); ++position)
    reassociation.push_back({position});
  Value merged = tensor::CollapseShapeOp::create(builder, loc, tensor, reassociation);
  return merged.getType() == type ? merged : tensor::CastOp::create(builder, loc, type, merged).getResult();
}

Value SdpaBuilder::extend(Value tensor) {
  auto type = clauses.type(tensor);
  if (type.getElementType() == accumulation)
    return tensor;
  return arith::ExtFOp::create(builder, loc, type.clone(accumulation), tensor);
}

Value SdpaBuilder::truncate(Value tensor, Type element) {
  if (element == accumulation)
    return tensor;
  return arith::TruncFOp::create(builder, loc, clauses.type(tensor).clone(element), tensor);
}

/// The dimensions of all labels, from the operands that have them.
Value SdpaBuilder::sizeOf(char label) {
  switch (label) {
  case 'b':
    return dim(clauses.query, 0);
  case 'h':
    return dim(clauses.key, 1);
  case 'g':
    return arith::DivUIOp::create(builder, loc, dim(clauses.query, 1),
                                  arith::MaxUIOp::create(builder, loc, dim(clauses.key, 1),
                                                         arith::ConstantIndexOp::create(builder, loc, 1)));
  case 'i':
    return dim(clauses.query, 2);
  case 'j':
    return dim(clauses.key, 2);
  case 'd':
    return dim(clauses.query, 3);
  default:
    return dim(clauses.value, 3);
  }
}

RankedTensorType SdpaBuilder::denseType(StringRef labels, Type element) {
  RankedTensorType q = clauses.type(clauses.query), k = clauses.type(clauses.key), v = clauses.type(clauses.value);
  SmallVector<int64_t> shape;
  for (char label : labels) {
    int64_t queryHeads = q.getDimSize(1), keyHeads = k.getDimSize(1);
    bool dynamicGroup = ShapedType::isDynamic(queryHeads) || ShapedType::isDynamic(keyHeads);
    shape.push_back(label == 'b'   ? q.getDimSize(0)
                    : label == 'h' ? keyHeads
                    : label == 'g' ? (dynamicGroup ? ShapedType::kDynamic : queryHeads / keyHeads)
                    : label == 'i' ? q.getDimSize(2)
                    : label == 'j' ? k.getDimSize(2)
                    : label == 'd' ? q.getDimSize(3)
                                   : v.getDimSize(3));
  }
  return RankedTensorType::get(shape, element);
}

RankedTensorType SdpaBuilder::pairType(Type element) {
  RankedTensorType dense = denseType(pairs, element);
  unsigned rows = pairs.size() - 2;
  return RankedTensorType::get(dense.getShape(), element, PairAttr::get(builder.getContext(), rows, rows + 1));
}

//===----------------------------------------------------------------------===//
// Pair values
//===----------------------------------------------------------------------===//

Value SdpaBuilder::einsum(ArrayRef<std::string> inputs, const std::string &result, ValueRange operands,
                          RankedTensorType type) {
  bool floats = isa<FloatType>(type.getElementType());
  Equation equation{{inputs.begin(), inputs.end()}, result, floats && live ? pairs : ""};
  return EinsumOp::create(builder, loc, type, equation, operands, floats ? live : Value(),
                          [&](char label) { return sizeOf(label); });
}

/// Broadcasts a tensor over all pairs.
Value SdpaBuilder::spread(Value tensor, const std::string &labels) {
  return einsum({labels}, pairs, tensor, pairType(clauses.type(tensor).getElementType()));
}

/// Broadcasts a bias or a mask: dimensions that are statically 1, or all of them.
Value SdpaBuilder::spreadPairOperand(Value tensor) {
  if (getPair(tensor.getType()))
    tensor = PairCastOp::create(builder, loc, clauses.type(tensor).dropEncoding(), tensor);
  tensor = splitHeads(tensor, 1);
  RankedTensorType type = clauses.type(tensor), full = pairType(type.getElementType());
  SmallVector<ReassociationIndices> kept;
  SmallVector<int64_t> shape;
  std::string labels;
  ReassociationIndices leading;
  for (int64_t position = 0; position < type.getRank(); ++position) {
    leading.push_back(position);
    if (type.getDimSize(position) == 1 && full.getDimSize(position) != 1)
      continue;
    labels += pairs[position];
    shape.push_back(type.getDimSize(position));
    kept.push_back(leading);
    leading.clear();
  }
  if (!kept.empty())
    llvm::append_range(kept.back(), leading);
  if (labels.size() != pairs.size())
    tensor = tensor::CollapseShapeOp::create(builder, loc, RankedTensorType::get(shape, type.getElementType()), tensor, kept);
  if (StringRef(labels).contains('i') && StringRef(labels).contains('j')) {
    size_t rows = labels.find('i');
    auto marked = RankedTensorType::get(shape, type.getElementType(), PairAttr::get(builder.getContext(), rows, rows + 1));
    tensor = PairCastOp::create(builder, loc, marked, tensor);
  }
  return spread(tensor, labels);
}

Value SdpaBuilder::pairConstant(double value) {
  RankedTensorType type = pairType(accumulation);
  if (type.hasStaticShape())
    return createConstant(builder, loc, value, type, Value());
  Value element = createConstant(builder, loc, value, accumulation, Value());
  return tensor::SplatOp::create(builder, loc, type, element, pairDims());
}

SmallVector<Value> SdpaBuilder::pairDims() {
  RankedTensorType type = pairType(accumulation);
  SmallVector<Value> sizes;
  for (auto [position, label] : llvm::enumerate(pairs))
    if (type.isDynamicDim(position))
      sizes.push_back(sizeOf(label));
  return sizes;
}

Value SdpaBuilder::coordinate(char label) {
  return CoordOp::create(builder, loc, pairType(builder.getIndexType()), pairs.find(label), pairDims(), Value());
}

/// The query head: key head × group size + place in the group.
Value SdpaBuilder::head() {
  if (!grouped)
    return coordinate('h');
  Value groups = tensor::SplatOp::create(builder, loc, pairType(builder.getIndexType()), sizeOf('g'), pairDims());
  Value first = arith::MulIOp::create(builder, loc, coordinate('h'), groups);
  return arith::AddIOp::create(builder, loc, first, coordinate('g'));
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

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
  Value shift = arith::SubIOp::create(builder, loc, lengthOr(clauses.keyLengths, 'j'), lengthOr(clauses.queryLengths, 'i'));
  return arith::AddIOp::create(builder, loc, row, shift);
}

void SdpaBuilder::buildIndexMask() {
  using arith::CmpIPredicate;
  Type index = pairType(builder.getIndexType());
  if (clauses.causal)
    both(compare(CmpIPredicate::sle, coordinate('j'), alignedRow()));
  if (clauses.window) {
    auto sum = [&](Value value, int64_t offset) -> Value {
      Value amount = arith::ConstantIndexOp::create(builder, loc, offset);
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
    FailureOr<Value> condition = emitElementwise(builder, *clauses.where, arguments, pairType(accumulation), Value(), pairDims());
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

//===----------------------------------------------------------------------===//
// Scores and results
//===----------------------------------------------------------------------===//

Value SdpaBuilder::scaled(Value scores) {
  Value factor;
  if (clauses.scale)
    factor = spread(tensor::FromElementsOp::create(builder, loc, RankedTensorType::get({}, accumulation), clauses.scale), "");
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
    FailureOr<Value> region = emitElementwise(builder, *clauses.score, arguments, pairType(accumulation), live, pairDims());
    if (failed(region))
      return failure();
    scores = *region;
  }
  if (clauses.bias)
    scores = arith::AddFOp::create(builder, loc, scores, extend(spreadPairOperand(clauses.bias)));
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
