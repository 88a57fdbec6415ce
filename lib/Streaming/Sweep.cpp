//===- Sweep.cpp - the loops of a sweep -----------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   scf.forall over batch axes that every result has, and blocks of rows where rows are all that there is
//     scf.for over the other batch axes
//       scf.for over blocks of rows
//         for each level: scf.for over blocks of columns
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Sweep.h"

#include "lib/Streaming/Operands.h"
#include "lib/Streaming/Predicate.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace theria::streaming {

namespace {

/// How a reduction is gathered.
struct Result {
  Operation *op;
  Layout layout;
  enum { Rows, Pairs, Accumulated } kind;
  bool complete; ///< written once at each place

  Value value() const { return op->getResult(0); }
  Type element() const { return getElementTypeOrSelf(op->getResult(0).getType()); }
};

class SweepEmitter {
public:
  SweepEmitter(OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes)
      : builder(builder), loc(sweep.reductions.front()->getLoc()), sweep(sweep), stream(*sweep.stream),
        index(builder, loc), blocking(chooseBlocking(builder, loc, sweep, sizes)),
        tiles(builder, loc, sweep, blocking) {}

  void run();

private:
  using State = SmallVector<Value, 0>; ///< a tensor for each result, then one for each strip
  using Body = llvm::function_ref<State(State)>;

  void classify();
  bool isParallel(Axis axis) const { return llvm::is_contained(parallel, axis); }
  State loop(Axis axis, State state, Body body);
  State batches(ArrayRef<Axis> axes, State state, Body body);
  State initialState(ArrayRef<Value> outputs);
  State rowBlock(State state);
  void level(int number, State &state);
  SmallVector<unsigned> writtenBy(int number) const;
  State block(int number, State state, bool masked);
  State choose(Value condition, TypeRange types, llvm::function_ref<State()> then,
               llvm::function_ref<State()> otherwise);
  Value combine(const Result &result, Value old, Value tile);
  Value accumulate(const Result &result, Value tensor);
  Value identity(const Result &result, ArrayRef<OpFoldResult> sizes);
  Value finish(const Result &result, Value accumulator, Value output);
  SmallVector<Extent> outputExtents(const Result &result, Value output, bool whole);
  SmallVector<Extent> accumulatorExtents(const Result &result, Value accumulator);
  SmallVector<OpFoldResult> tileSizes(const Result &result);
  BlockMask boundBlock();

  OpBuilder &builder;
  Location loc;
  const Sweep &sweep;
  const Stream &stream;
  IndexBuilder index;
  SmallVector<Blocking> blocking;
  TileBuilder tiles;
  SmallVector<Result> results;
  SmallVector<Axis> parallel, sequential;
  bool rowsParallel = false;
};

} // namespace

/// log(exp a + exp b), of the larger one where it is infinite.
static Value addLogarithms(OpBuilder &builder, Location loc, Value a, Value b) {
  Value max = arith::MaximumFOp::create(builder, loc, a, b);
  auto type = cast<RankedTensorType>(max.getType());
  auto constant = [&](double number) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     DenseElementsAttr::get(type, builder.getFloatAttr(type.getElementType(), number)));
  };
  Value size = math::AbsFOp::create(builder, loc, max);
  Value finite = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, size,
                                       constant(std::numeric_limits<double>::infinity()));
  Value shift = arith::SelectOp::create(builder, loc, finite, max, constant(0));
  auto shifted = [&](Value value) {
    return math::ExpOp::create(builder, loc, arith::SubFOp::create(builder, loc, value, shift));
  };
  Value log = math::LogOp::create(builder, loc, arith::AddFOp::create(builder, loc, shifted(a), shifted(b)));
  return arith::SelectOp::create(builder, loc, finite, arith::AddFOp::create(builder, loc, shift, log), max);
}

void SweepEmitter::classify() {
  for (Operation *op : sweep.reductions) {
    Layout layout = stream.resultLayout(op);
    bool isPairs = llvm::is_contained(layout, stream.rows) && llvm::is_contained(layout, stream.cols);
    bool allBatches = true;
    for (Axis axis = 0; axis < stream.axisCount; ++axis)
      allBatches &= !stream.isBatch(axis) || llvm::is_contained(layout, axis);
    bool isRows = sweep.rowLayouts.contains(op->getResult(0)) && allBatches;
    results.push_back({op, layout,
                       isPairs  ? Result::Pairs
                       : isRows ? Result::Rows
                                : Result::Accumulated,
                       isRows || (isPairs && allBatches)});
  }
  rowsParallel = llvm::all_of(results, [](const Result &result) { return result.kind == Result::Rows; });
  for (Axis axis = 0; axis < stream.axisCount; ++axis) {
    if (!stream.isBatch(axis))
      continue;
    bool everywhere = llvm::all_of(results, [&](const Result &r) { return llvm::is_contained(r.layout, axis); });
    (everywhere ? parallel : sequential).push_back(axis);
  }
  if (rowsParallel)
    parallel.push_back(stream.rows);
}

/// The slice of an output at the position; `whole` takes all rows and columns.
SmallVector<Extent> SweepEmitter::outputExtents(const Result &result, Value output, bool whole) {
  SmallVector<Extent> extents;
  int64_t dim = 0;
  for (Axis axis : result.layout) {
    bool isBlock = axis == stream.rows || axis == stream.cols;
    if (!whole && isParallel(axis) && !isBlock)
      continue; // The slice that a thread holds lacks it.
    OpFoldResult size = index.size(output, dim++);
    if (axis != kFeature && stream.isBatch(axis) && (!whole || isParallel(axis)))
      extents.push_back(Extent::at(tiles.at.index[axis]));
    else if (isBlock && (!whole || isParallel(axis)))
      extents.push_back(Extent::block(tiles.at.offset[axis], tiles.at.valid[axis], tiles.tileSize(axis)));
    else
      extents.push_back(Extent::block(index.constant(0), size, size));
  }
  return extents;
}

/// Batch axes that threads don't share, the block, then what a tile gives.
SmallVector<Extent> SweepEmitter::accumulatorExtents(const Result &result, Value accumulator) {
  SmallVector<Extent> extents;
  for (Axis axis : result.layout)
    if (axis != kFeature && stream.isBatch(axis) && !isParallel(axis))
      extents.push_back(Extent::at(tiles.at.index[axis]));
  for (Axis axis : result.layout)
    if (axis == stream.rows || axis == stream.cols)
      extents.push_back(Extent::at(tiles.at.index[axis]));
  for (int64_t dim = extents.size(); dim < cast<RankedTensorType>(accumulator.getType()).getRank(); ++dim) {
    OpFoldResult size = index.size(accumulator, dim);
    extents.push_back(Extent::block(index.constant(0), size, size));
  }
  return extents;
}

SmallVector<OpFoldResult> SweepEmitter::tileSizes(const Result &result) {
  SmallVector<OpFoldResult> sizes;
  for (auto [axis, size] : llvm::zip(result.layout, resultSizes(builder, loc, stream, blocking, result.op)))
    if (axis == kFeature)
      sizes.push_back(size);
    else if (!stream.isBatch(axis))
      sizes.push_back(tiles.tileSize(axis));
  return sizes;
}

Value SweepEmitter::identity(const Result &result, ArrayRef<OpFoldResult> sizes) {
  bool isSum = !isa<ReduceMaxOp, LogsumexpOp>(result.op);
  return splat(builder, loc, sizes, result.element(), isSum ? 0 : -std::numeric_limits<double>::infinity());
}

/// A tensor for each result: the slice of the output where each place is written once, else what sums are added to.
SweepEmitter::State SweepEmitter::initialState(ArrayRef<Value> outputs) {
  State state;
  for (auto [result, output] : llvm::zip(results, outputs)) {
    if (rowsParallel) {
      state.push_back(identity(result, tileSizes(result)));
      continue;
    }
    if (result.kind == Result::Pairs || result.kind == Result::Rows) {
      Value slice = extract(builder, loc, output, outputExtents(result, output, true));
      if (!result.complete) {
        SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, slice);
        slice = identity(result, sizes);
      }
      state.push_back(slice);
      continue;
    }
    SmallVector<OpFoldResult> sizes;
    for (Axis axis : result.layout)
      if (axis != kFeature && stream.isBatch(axis) && !isParallel(axis))
        sizes.push_back(blocking[axis].size);
    for (Axis axis : result.layout)
      if (axis == stream.rows || axis == stream.cols)
        sizes.push_back(blocking[axis].count);
    llvm::append_range(sizes, tileSizes(result));
    state.push_back(identity(result, sizes));
  }
  for (Type element : sweep.stripTypes)
    state.push_back(allocate(builder, loc,
                             {blocking[stream.cols].count, tiles.tileSize(stream.rows), tiles.tileSize(stream.cols)},
                             element));
  return state;
}

SweepEmitter::State SweepEmitter::loop(Axis axis, State state, Body body) {
  OpFoldResult count = stream.isBatch(axis) ? blocking[axis].size : blocking[axis].count;
  Value zero = index.value(index.constant(0)), one = index.value(index.constant(1));
  auto loop = scf::ForOp::create(builder, loc, zero, index.value(count), one, state);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  tiles.moveTo(axis, loop.getInductionVar());
  State next = body(State(loop.getRegionIterArgs()));
  scf::YieldOp::create(builder, loc, next);
  return State(loop.getResults());
}

SweepEmitter::State SweepEmitter::batches(ArrayRef<Axis> axes, State state, Body body) {
  if (axes.empty())
    return body(std::move(state));
  return loop(axes.front(), std::move(state),
              [&](State inner) { return batches(axes.drop_front(), std::move(inner), body); });
}

Value SweepEmitter::combine(const Result &result, Value old, Value tile) {
  if (isa<ReduceMaxOp>(result.op))
    return arith::MaximumFOp::create(builder, loc, old, tile);
  if (isa<LogsumexpOp>(result.op))
    return addLogarithms(builder, loc, old, tile);
  return isa<FloatType>(result.element()) ? Value(arith::AddFOp::create(builder, loc, old, tile))
                                          : arith::AddIOp::create(builder, loc, old, tile);
}

/// Adds what the current tile gives to a result's tensor.
Value SweepEmitter::accumulate(const Result &result, Value tensor) {
  Value tile = tiles.reduce(result.op);
  if (result.kind == Result::Rows)
    return combine(result, tensor, tile);
  SmallVector<Extent> extents =
      result.kind == Result::Pairs ? outputExtents(result, tensor, false) : accumulatorExtents(result, tensor);
  if (!result.complete)
    tile = combine(result, extract(builder, loc, tensor, extents), tile);
  return insert(builder, loc, tile, tensor, extents);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// What the masks of all reductions say of the current block, and the tensors' edges.
BlockMask SweepEmitter::boundBlock() {
  Value yes = arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true));
  BlockMask bound{yes, Value()};
  bool everyMasked = true;
  llvm::SmallSetVector<Value, 4> masks;
  for (Operation *op : sweep.reductions) {
    Value mask = maskOf(op);
    everyMasked &= bool(mask);
    if (mask)
      masks.insert(mask);
  }
  for (Operation *op : sweep.pairOps)
    if (Value mask = maskOf(op))
      masks.insert(mask);
  for (Value mask : masks) {
    BlockMask one = boundMask(tiles, mask);
    bound.all = builder.createOrFold<arith::AndIOp>(loc, bound.all, one.all);
    bound.any = bound.any ? builder.createOrFold<arith::OrIOp>(loc, bound.any, one.any) : one.any;
  }
  if (!everyMasked || !bound.any)
    bound.any = yes;
  if (tiles.edges)
    for (Axis axis : {stream.rows, stream.cols})
      if (!blocking[axis].exact) {
        Value valid = index.value(tiles.at.valid[axis]), tile = index.value(tiles.tileSize(axis));
        Value full = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, valid, tile);
        bound.all = builder.createOrFold<arith::AndIOp>(loc, bound.all, full);
      }
  return bound;
}

/// What one level writes, by position in the state.
SmallVector<unsigned> SweepEmitter::writtenBy(int number) const {
  llvm::SmallSetVector<unsigned, 8> written;
  for (auto [position, result] : llvm::enumerate(results))
    if (sweep.levels.lookup(result.op) == number)
      written.insert(position);
  for (auto [value, strip] : sweep.strips)
    if (sweep.levelOf(value) == number)
      written.insert(results.size() + strip);
  return written.takeVector();
}

/// One block of columns at one level.
SweepEmitter::State SweepEmitter::block(int number, State state, bool masked) {
  tiles.pairTiles.clear();
  tiles.masked = masked;
  tiles.level = number;
  tiles.strips.assign(state.begin() + results.size(), state.end());
  for (auto [position, result] : llvm::enumerate(results))
    if (sweep.levels.lookup(result.op) == number)
      state[position] = accumulate(result, state[position]);
  for (auto [value, strip] : sweep.strips)
    if (sweep.levelOf(value) == number) {
      Value &into = state[results.size() + strip];
      into = insert(builder, loc, tiles.pair(value), into, tiles.stripExtents());
    }
  tiles.pairTiles.clear();
  return state;
}

/// `then` where the condition holds, else `otherwise`; decided now where the condition is constant.
SweepEmitter::State SweepEmitter::choose(Value condition, TypeRange types, llvm::function_ref<State()> then,
                                         llvm::function_ref<State()> otherwise) {
  if (matchPattern(condition, m_One()))
    return then();
  if (matchPattern(condition, m_Zero()))
    return otherwise();
  auto branch = scf::IfOp::create(builder, loc, types, condition, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&branch.getThenRegion().front());
  scf::YieldOp::create(builder, loc, then());
  builder.setInsertionPointToEnd(&branch.getElseRegion().front());
  scf::YieldOp::create(builder, loc, otherwise());
  return State(branch.getResults());
}

/// Walks all columns; a result that is rows starts anew, and is a statistic when the walk ends.
void SweepEmitter::level(int number, State &state) {
  SmallVector<unsigned> written = writtenBy(number);
  State carried = llvm::map_to_vector<0>(written, [&](unsigned position) {
    bool isRows = position < results.size() && results[position].kind == Result::Rows;
    return isRows ? identity(results[position], tileSizes(results[position])) : state[position];
  });
  State next = loop(stream.cols, carried, [&](State inner) {
    State full = state;
    for (auto [position, value] : llvm::zip(written, inner))
      full[position] = value;
    BlockMask bound = boundBlock();
    auto body = [&](bool masked) {
      return [&, masked]() -> State {
        State after = block(number, full, masked);
        return llvm::map_to_vector<0>(written, [&](unsigned position) { return after[position]; });
      };
    };
    TypeRange types = ValueRange(inner).getTypes();
    return choose(
        bound.any, types, [&] { return choose(bound.all, types, body(false), body(true)); }, [&] { return inner; });
  });
  for (auto [position, value] : llvm::zip(written, next)) {
    if (position < results.size() && results[position].kind == Result::Rows)
      tiles.statistics[results[position].value()] = value;
    else
      state[position] = value;
  }
}

/// All levels of one block of rows.
SweepEmitter::State SweepEmitter::rowBlock(State state) {
  prepareRowOperands(tiles);
  for (int number = 0; number < sweep.levelCount; ++number) {
    for (Operation *op : sweep.rowOps)
      if (sweep.levels.lookup(op) == number)
        tiles.statistics[op->getResult(0)] = tiles.rowOperation(op);
    level(number, state);
  }
  for (auto [position, result] : llvm::enumerate(results))
    if (result.kind == Result::Rows) {
      Value tile = tiles.statistics.lookup(result.value());
      state[position] =
          rowsParallel ? tile
                       : insert(builder, loc, tile, state[position], outputExtents(result, state[position], false));
    }
  tiles.rowTiles.clear();
  tiles.finiteRows.clear();
  tiles.statistics.clear();
  return state;
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

/// The output's slice with the blocks of an accumulator in place.
Value SweepEmitter::finish(const Result &result, Value accumulator, Value output) {
  SmallVector<Axis> axes;
  for (Axis axis : result.layout)
    if (axis != kFeature && !isParallel(axis))
      axes.push_back(axis);
  State state{output};
  return batches(axes, state,
                 [&](State inner) -> State {
                   Value tile = extract(builder, loc, accumulator, accumulatorExtents(result, accumulator));
                   return {insert(builder, loc, tile, inner.front(), outputExtents(result, inner.front(), false))};
                 })
      .front();
}

void SweepEmitter::run() {
  classify();
  tiles.at.index.resize(stream.axisCount);
  tiles.at.offset.resize(stream.axisCount);
  tiles.at.valid.resize(stream.axisCount);
  tiles.edges = needsEdges(tiles);
  packColumnOperands(tiles);
  SmallVector<Value> outputs;
  for (const Result &result : results)
    outputs.push_back(allocate(builder, loc, resultSizes(builder, loc, stream, blocking, result.op), result.element()));
  SmallVector<OpFoldResult> bounds;
  for (Axis axis : parallel)
    bounds.push_back(stream.isBatch(axis) ? blocking[axis].size : blocking[axis].count);
  if (bounds.empty())
    bounds.push_back(index.constant(1));
  auto forall = scf::ForallOp::create(builder, loc, bounds, outputs, std::nullopt);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(forall.getBody());
    for (auto [axis, position] : llvm::zip(parallel, forall.getInductionVars()))
      tiles.moveTo(axis, position);
    SmallVector<Value> shared(forall.getRegionIterArgs());
    State state = initialState(shared);
    state = batches(sequential, state, [&](State inner) {
      if (rowsParallel)
        return rowBlock(std::move(inner));
      return loop(stream.rows, std::move(inner), [&](State rows) { return rowBlock(std::move(rows)); });
    });
    SmallVector<Value> parts;
    for (auto [position, result] : llvm::enumerate(results)) {
      Value part = state[position];
      if (result.kind == Result::Accumulated)
        part = finish(result, part,
                      extract(builder, loc, shared[position], outputExtents(result, shared[position], true)));
      else if (rowsParallel && result.kind == Result::Rows)
        part = validPart(builder, loc, part, outputExtents(result, shared[position], true));
      parts.push_back(part);
    }
    SmallVector<SmallVector<Extent>> where;
    for (auto [position, result] : llvm::enumerate(results))
      where.push_back(outputExtents(result, shared[position], true));
    builder.setInsertionPointToStart(forall.getTerminator().getBody());
    for (auto [position, part] : llvm::enumerate(parts))
      insertInParallel(builder, loc, part, shared[position], where[position]);
  }
  for (auto [result, value] : llvm::zip(results, forall.getResults()))
    if (isPair(result.value()))
      for (Operation *cast : result.value().getUsers())
        cast->getResult(0).replaceAllUsesWith(value);
    else
      result.value().replaceAllUsesWith(value);
}

void emitSweep(OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes) {
  SweepEmitter(builder, sweep, sizes).run();
}

} // namespace theria::streaming
