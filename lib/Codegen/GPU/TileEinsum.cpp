//===- TileEinsum.cpp - einsums of tiles as vectors -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace theria::gpu {

namespace {

/// Computes an einsum from operands of at most two dimensions, two at a time.
class EinsumVectoriser {
public:
  EinsumVectoriser(OpBuilder &builder, EinsumOp op)
      : builder(builder), loc(op.getLoc()), vectors(builder, loc), op(op), equation(op.getLabels()) {}

  Value run(SmallVector<TileTerm> terms, std::optional<TileTerm> mask, VectorType result);

private:
  /// The labels of the rows and of the columns that vectors are brought to; 0 where there are none.
  struct Space {
    char rows = 0, cols = 0;
  };

  Space spaceOf(StringRef labels);
  Value orient(const TileTerm &term, Space space);
  bool canMultiply(const TileTerm &a, const TileTerm &b) const;
  TileTerm multiply(const TileTerm &a, const TileTerm &b);
  TileTerm sum(const TileTerm &term, StringRef kept);
  std::optional<TileTerm> contract(const TileTerm &a, const TileTerm &b, StringRef kept, std::optional<TileTerm> mask);
  Value contractExactly(const TileTerm &a, const TileTerm &b, char depth, const TileTerm &mask, VectorType type);
  Value line(const TileTerm &term, char depth, Value position, Space space);
  Value zeroBeyond(const TileTerm &term, char label);
  std::optional<TileTerm> joinAll(SmallVector<TileTerm> terms, std::optional<TileTerm> mask);
  Value giveAs(const TileTerm &term, VectorType result);
  Value refuse();

  OpBuilder &builder;
  Location loc;
  VectorBuilder vectors;
  EinsumOp op;
  Equation equation;
};

} // namespace

static int64_t sizeOf(const TileTerm &term, char label) { return term.sizes[term.labels.find(label)]; }

static VectorType typeOf(const TileTerm &term) { return cast<VectorType>(term.vector.getType()); }

static bool has(const TileTerm &term, char label) { return term.labels.find(label) != std::string::npos; }

/// The number of elements of a vector along a label.
static int64_t extentOf(const TileTerm &term, char label) {
  ArrayRef<int64_t> shape = typeOf(term).getShape();
  return term.labels.size() == 2 ? shape[term.labels.find(label)] : std::max(shape[0], shape[1]);
}

static std::string unite(StringRef a, StringRef b) { return a.str() + subtract(b, a); }

Value EinsumVectoriser::refuse() {
  op.emitError("expected an einsum of tiles that is a product of matrices or works on two dimensions, but found \"")
      << equation.str() << "\"; that is not built for GPUs yet";
  return {};
}

EinsumVectoriser::Space EinsumVectoriser::spaceOf(StringRef labels) {
  Space space;
  for (char label : labels) {
    bool alongColumns = TileShapes::alongColumns(equation, label).value_or(space.rows != 0);
    if (alongColumns ? space.cols != 0 : space.rows != 0)
      alongColumns = !alongColumns;
    (alongColumns ? space.cols : space.rows) = label;
  }
  return space;
}

Value EinsumVectoriser::orient(const TileTerm &term, Space space) {
  bool isTurned = false;
  if (term.labels.size() == 2)
    isTurned = term.labels[0] == space.cols;
  else if (term.labels.size() == 1)
    isTurned = (term.labels[0] == space.cols) != (typeOf(term).getDimSize(0) == 1);
  return isTurned ? vectors.transpose(term.vector) : term.vector;
}

bool EinsumVectoriser::canMultiply(const TileTerm &a, const TileTerm &b) const {
  return unite(a.labels, b.labels).size() <= 2;
}

/// The labels of a space, and the sizes that two terms say of them.
static TileTerm describe(Value vector, char rows, char cols, ArrayRef<const TileTerm *> terms) {
  TileTerm term{vector, {}, {}};
  for (char label : {rows, cols})
    if (label) {
      term.labels += label;
      for (const TileTerm *one : terms)
        if (has(*one, label)) {
          term.sizes.push_back(sizeOf(*one, label));
          break;
        }
    }
  return term;
}

TileTerm EinsumVectoriser::multiply(const TileTerm &a, const TileTerm &b) {
  Space space = spaceOf(unite(a.labels, b.labels));
  return describe(vectors.multiply(orient(a, space), orient(b, space)), space.rows, space.cols, {&a, &b});
}

/// What lies beyond the size that a label has, as 0, where that isn't known: what is read is.
Value EinsumVectoriser::zeroBeyond(const TileTerm &term, char label) {
  Operation *source = term.vector.getDefiningOp();
  if (isa_and_nonnull<arith::ExtFOp>(source))
    source = source->getOperand(0).getDefiningOp();
  int64_t size = sizeOf(term, label), extent = extentOf(term, label);
  if (size == extent || isa_and_nonnull<vector::TransferReadOp>(source))
    return term.vector;
  unsigned dim = typeOf(term).getDimSize(0) == extent && term.labels[0] == label ? 0 : 1;
  if (term.labels.size() == 1)
    dim = typeOf(term).getDimSize(0) == 1;
  return vectors.select(vectors.isBelow(extent, dim, size), term.vector, vectors.splat(typeOf(term), 0));
}

TileTerm EinsumVectoriser::sum(const TileTerm &term, StringRef kept) {
  TileTerm padded = term;
  for (char label : term.labels)
    if (!kept.contains(label))
      padded.vector = zeroBeyond(padded, label);
  Space space = spaceOf(term.labels);
  auto isSummed = [&](char label) { return label && !kept.contains(label); };
  bool rows = isSummed(space.rows), cols = isSummed(space.cols);
  if (!rows && !cols)
    return term;
  Value vector = vectors.reduce(vector::CombiningKind::ADD, orient(padded, space), rows, cols);
  return describe(vector, rows ? 0 : space.rows, cols ? 0 : space.cols, {&term});
}

/// Row `position` of a term along the depth, as a vector of its other label.
Value EinsumVectoriser::line(const TileTerm &term, char depth, Value position, Space space) {
  if (term.labels.size() < 2)
    return term.vector;
  bool isFirst = term.labels[0] == depth;
  Value lines = isFirst ? term.vector : vectors.transpose(term.vector);
  Value line = vector::ExtractOp::create(builder, loc, lines, ArrayRef<OpFoldResult>{position});
  int64_t extent = cast<VectorType>(line.getType()).getDimSize(0);
  bool alongRows = term.labels[isFirst] == space.rows;
  return vector::ShapeCastOp::create(
      builder, loc,
      VectorType::get(alongRows ? ArrayRef<int64_t>{extent, 1} : ArrayRef<int64_t>{1, extent},
                      typeOf(term).getElementType()),
      line);
}

/// Σ over the depth of what the mask lets through, one product of a column and a row at a time: what it leaves out may
/// hold NaN.
Value EinsumVectoriser::contractExactly(const TileTerm &a, const TileTerm &b, char depth, const TileTerm &mask,
                                        VectorType type) {
  auto index = [&](int64_t number) { return arith::ConstantIndexOp::create(builder, loc, number); };
  auto loop =
      scf::ForOp::create(builder, loc, index(0), index(sizeOf(a, depth)), index(1), ValueRange{vectors.splat(type, 0)});
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value position = loop.getInductionVar();
  Space space{subtract(a.labels, std::string(1, depth))[0], subtract(b.labels, std::string(1, depth))[0]};
  Value product = vectors.multiply(line(a, depth, position, space), line(b, depth, position, space));
  Value live = line(mask, depth, position, space);
  Value added = vectors.select(live, product, vectors.splat(type, 0));
  scf::YieldOp::create(builder, loc, ValueRange{arith::AddFOp::create(builder, loc, loop.getRegionIterArg(0), added)});
  return loop.getResult(0);
}

/// A product of matrices; its rows are those of the operand that has the first label of what it gives.
std::optional<TileTerm> EinsumVectoriser::contract(const TileTerm &a, const TileTerm &b, StringRef kept,
                                                   std::optional<TileTerm> mask) {
  std::string depths = subtract(intersect(a.labels, b.labels), kept);
  if (a.labels.size() != 2 || b.labels.size() != 2 || depths.size() != 1)
    return std::nullopt;
  const char depth = depths[0];
  auto freeOf = [&](const TileTerm &term) { return term.labels[term.labels[0] == depth]; };
  if (!kept.contains(freeOf(a)) || !kept.contains(freeOf(b)))
    return std::nullopt;
  // The order of the result where it has both, else that of the operands.
  if (StringRef(equation.result).contains(freeOf(b)) &&
      equation.result.find(freeOf(b)) < equation.result.find(freeOf(a)))
    return contract(b, a, kept, mask);
  auto type = VectorType::get({extentOf(a, freeOf(a)), extentOf(b, freeOf(b))}, typeOf(a).getElementType());
  if (mask)
    return describe(contractExactly(a, b, depth, *mask, type), freeOf(a), freeOf(b), {&a, &b});
  AffineExpr rows, cols, sum;
  bindDims(builder.getContext(), rows, cols, sum);
  auto mapOf = [&](const TileTerm &term, AffineExpr free) {
    bool isFirst = term.labels[0] == depth;
    return AffineMap::get(3, 0, isFirst ? ArrayRef<AffineExpr>{sum, free} : ArrayRef<AffineExpr>{free, sum},
                          builder.getContext());
  };
  SmallVector<AffineMap> maps{mapOf(a, rows), mapOf(b, cols), AffineMap::get(3, 0, {rows, cols}, builder.getContext())};
  using vector::IteratorType;
  SmallVector<Attribute> iterators;
  for (IteratorType kind : {IteratorType::parallel, IteratorType::parallel, IteratorType::reduction})
    iterators.push_back(vector::IteratorTypeAttr::get(builder.getContext(), kind));
  Value left = zeroBeyond(a, depth), right = zeroBeyond(b, depth);
  // Tensor cores multiply small floats and add up in f32.
  Value smallLeft = smallSourceOf(left), smallRight = smallSourceOf(right);
  if (smallLeft && smallRight && getElementTypeOrSelf(smallLeft) == getElementTypeOrSelf(smallRight))
    std::tie(left, right) = std::pair(smallLeft, smallRight);
  Value product = vector::ContractionOp::create(builder, loc, left, right, vectors.splat(type, 0),
                                                builder.getAffineMapArrayAttr(maps), builder.getArrayAttr(iterators));
  return describe(product, freeOf(a), freeOf(b), {&a, &b});
}

/// One term for all; labels leave as soon as nothing else has them.
std::optional<TileTerm> EinsumVectoriser::joinAll(SmallVector<TileTerm> terms, std::optional<TileTerm> mask) {
  // What one term alone has, as long as there are others.
  for (size_t number = 0; number < terms.size() && terms.size() > 1; ++number) {
    std::string kept = equation.result + equation.where;
    for (const auto &[other, term] : llvm::enumerate(terms))
      if (other != number)
        kept = unite(kept, term.labels);
    terms[number] = sum(terms[number], kept);
  }
  while (terms.size() > 1) {
    // What works on two dimensions comes first.
    size_t first = 0, second = 1;
    for (size_t i = terms.size(); i-- > 0;)
      for (size_t j = terms.size(); j-- > i + 1;)
        if (canMultiply(terms[i], terms[j]))
          std::tie(first, second) = std::pair(i, j);
    TileTerm a = terms[first], b = terms[second];
    terms.erase(terms.begin() + second);
    std::string kept = equation.result;
    for (const auto &[number, term] : llvm::enumerate(terms))
      if (number != first)
        kept = unite(kept, term.labels);
    if (canMultiply(a, b)) {
      terms[first] = multiply(a, b);
      continue;
    }
    auto product = contract(a, b, kept, terms.size() == 1 ? mask : std::nullopt);
    if (!product)
      return std::nullopt;
    terms[first] = *product;
    if (terms.size() == 1)
      mask.reset();
  }
  TileTerm all = terms.front();
  if (mask) {
    if (!isSubset(mask->labels, unite(all.labels, equation.result)))
      return std::nullopt;
    Space space = spaceOf(unite(all.labels, mask->labels));
    TileTerm spread = describe(orient(all, space), space.rows, space.cols, {&all, &*mask});
    Value live = orient(*mask, space);
    SmallVector<int64_t> shape;
    for (auto [left, right] : llvm::zip(typeOf(spread).getShape(), cast<VectorType>(live.getType()).getShape()))
      shape.push_back(std::max(left, right));
    Value value = vectors.stretch(spread.vector, shape);
    spread.vector = vectors.select(live, value, vectors.splat(cast<VectorType>(value.getType()), 0));
    all = spread;
  }
  return sum(all, equation.result);
}

Value EinsumVectoriser::giveAs(const TileTerm &term, VectorType result) {
  Space space;
  if (equation.result.size() == 2)
    space = {equation.result[0], equation.result[1]};
  else if (equation.result.size() == 1)
    (result.getDimSize(0) == 1 ? space.cols : space.rows) = equation.result[0];
  return vectors.stretch(orient(term, space), result.getShape());
}

Value EinsumVectoriser::run(SmallVector<TileTerm> terms, std::optional<TileTerm> mask, VectorType result) {
  bool fits =
      equation.result.size() <= 2 && llvm::all_of(terms, [](const TileTerm &term) { return term.labels.size() <= 2; });
  std::optional<TileTerm> all = fits ? joinAll(std::move(terms), std::move(mask)) : std::nullopt;
  return all ? giveAs(*all, result) : refuse();
}

Value vectoriseEinsum(OpBuilder &builder, EinsumOp op, ArrayRef<TileTerm> terms, std::optional<TileTerm> mask,
                      VectorType result) {
  return EinsumVectoriser(builder, op).run(SmallVector<TileTerm>(terms), std::move(mask), result);
}

} // namespace theria::gpu
