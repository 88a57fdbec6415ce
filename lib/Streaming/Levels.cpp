//===- Levels.cpp - a block of rows by all columns, level by level --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/SweepEmitter.h"

#include "lib/Streaming/Operands.h"
#include "lib/Streaming/Predicate.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace theria::streaming {

/// What the masks of all reductions say of the current block, and the tensors' edges.
BlockMask SweepEmitter::boundBlock() {
  Value yes = arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true));
  BlockMask bound{yes, Value()};
  const SweepMasks sweepMasks = masksOf(sweep);
  for (Value mask : sweepMasks.masks) {
    BlockMask one = boundMask(tiles, mask);
    bound.all = builder.createOrFold<arith::AndIOp>(loc, bound.all, one.all);
    bound.any = bound.any ? builder.createOrFold<arith::OrIOp>(loc, bound.any, one.any) : one.any;
  }
  if (!sweepMasks.everywhere || !bound.any)
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
    if (isGathered(result, number))
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
  tiles.strips.assign(state.begin() + results.size(), state.begin() + results.size() + sweep.stripTypes.size());
  // What a running maximum says holds for this block alone.
  llvm::SaveAndRestore complete(tiles.statistics);
  followMaxima(number, state);
  if (makesPairsFirst(sweep, number))
    for (const Result &result : results)
      if (isGathered(result, number) && !tiles.statistics.contains(result.value()))
        for (Operation *term : result.accumulator->terms)
          for (Value operand : llvm::make_filter_range(term->getOperands(), isPair))
            if (masked || operand != maskOf(term))
              tiles.pair(operand);
  for (auto [position, result] : llvm::enumerate(results))
    if (isGathered(result, number) && !tiles.statistics.contains(result.value()))
      for (Operation *term : result.accumulator->terms) {
        Value tile = tiles.reduce(term);
        state[position] =
            isShared(position) ? combine(result, state[position], tile) : accumulate(result, state[position], tile);
      }
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

/// Walks `count` blocks of columns from `first` on: what they add to shared results, what they make of the others.
SweepEmitter::State SweepEmitter::walk(int number, const State &state, ArrayRef<unsigned> written, OpFoldResult first,
                                       OpFoldResult count) {
  State carried = llvm::map_to_vector<0>(written, [&](unsigned position) {
    bool starts = isShared(position) && results[position].kind != Result::Owned;
    return starts ? identity(results[position], tileSizes(results[position])) : state[position];
  });
  Value zero = index.value(index.constant(0)), one = index.value(index.constant(1));
  auto loop = scf::ForOp::create(builder, loc, zero, index.value(count), one, carried);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  tiles.moveTo(stream.cols, index.add(loop.getInductionVar(), first));
  tiles.at.column = loop.getInductionVar();
  State inner(loop.getRegionIterArgs()), full = state;
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
  scf::YieldOp::create(
      builder, loc,
      choose(
          bound.any, types, [&] { return choose(bound.all, types, body(false), body(true)); }, [&] { return inner; }));
  return State(loop.getResults());
}

/// Walks all columns; a result that is rows is a statistic when the walk ends.
void SweepEmitter::level(int number, State &state) {
  SmallVector<unsigned> written = writtenBy(number);
  State next = chunkCount ? walkChunks(number, state, written)
                          : walk(number, state, written, index.constant(0), blocking[stream.cols].count);
  for (auto [position, value] : llvm::zip(written, next)) {
    if (!isShared(position) || results[position].kind == Result::Owned)
      state[position] = value;
    else if (results[position].kind == Result::Rows)
      tiles.statistics[results[position].value()] = value;
    else
      state[position] = accumulate(results[position], state[position], value);
  }
}

/// All levels of one block of rows, then the epilogue.
SweepEmitter::State SweepEmitter::rowBlock(State state) {
  prepareRowOperands(tiles);
  for (int number = 0; number < sweep.levelCount; ++number) {
    for (Operation *op : sweep.rowOps)
      if (sweep.levels.lookup(op) == number)
        tiles.statistics[op->getResult(0)] = tiles.rowOperation(op);
    level(number, state);
  }
  for (Operation *op : sweep.epilogue)
    if (!tiles.statistics.contains(op->getResult(0)))
      tiles.statistics[op->getResult(0)] = tiles.rowOperation(op);
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

} // namespace theria::streaming
