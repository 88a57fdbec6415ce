//===- Chunks.cpp - columns that threads share ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/SweepEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace theria::streaming {

/// Chunks follow from the shape alone, and so do the sums that they take apart.
void SweepEmitter::chooseChunks() {
  // Few columns are shared too, where it is known that they are few and threads can't share the rows.
  std::optional<int64_t> blocks = getConstantIntValue(blocking[stream.cols].count);
  if (blocks && !rowsParallel)
    blocksOfChunk = std::clamp<int64_t>(*blocks / 2, 1, mostBlocksOfChunk);
  OpFoldResult count = index.ceilDivide(blocking[stream.cols].count, blocksOfChunk);
  if (getConstantIntValue(count).value_or(2) > 1)
    chunkCount = count;
}

/// Blocks of columns that are there to be written: those of whole chunks.
OpFoldResult SweepEmitter::columnBlocks() {
  return chunkCount ? index.multiply(chunkCount, index.constant(blocksOfChunk)) : blocking[stream.cols].count;
}

/// The part of a result or strip that the current chunk owns.
SmallVector<Extent> SweepEmitter::chunkExtents(unsigned position, Value tensor) {
  SmallVector<Extent> extents;
  index.appendWhole(tensor, extents);
  OpFoldResult blocks = index.constant(blocksOfChunk);
  if (position >= results.size()) {
    extents.front() = Extent::block(firstOfChunk, blocks, blocks);
    return extents;
  }
  const Result &result = results[position];
  size_t dim = 0;
  if (result.kind == Result::Blocked) {
    dim = llvm::count_if(result.layout, [&](Axis axis) { return stream.isBatch(axis) && !isParallel(axis); });
    dim += llvm::find(result.layout, stream.rows) < llvm::find(result.layout, stream.cols);
    extents[dim] = Extent::block(firstOfChunk, blocks, blocks);
    return extents;
  }
  for (Axis axis : result.layout) {
    if (axis == stream.cols)
      break;
    dim += axis == stream.rows || !isParallel(axis);
  }
  OpFoldResult tile = tiles.tileSize(stream.cols), first = index.multiply(firstOfChunk, tile);
  OpFoldResult size = index.minimum(index.multiply(blocks, tile), index.subtract(extents[dim].size, first));
  extents[dim] = Extent::block(first, size, size);
  return extents;
}

/// The state of a chunk: its parts of results and strips.
SweepEmitter::State SweepEmitter::chunkState(const State &state, ArrayRef<unsigned> written, ValueRange shared) {
  State local = state;
  for (auto [position, value] : llvm::zip(written, shared))
    if (!isShared(position))
      local[position] = extract(builder, loc, value, chunkExtents(position, value));
  for (unsigned strip = 0; strip < sweep.stripTypes.size(); ++strip) {
    unsigned position = results.size() + strip;
    if (!llvm::is_contained(written, position))
      local[position] = extract(builder, loc, state[position], chunkExtents(position, state[position]));
  }
  return local;
}

/// What one chunk adds to a shared result.
Value SweepEmitter::partOf(Value parts, Value chunk) {
  SmallVector<Extent> extents{Extent::at(chunk)};
  index.appendWhole(parts, extents);
  return extract(builder, loc, parts, extents);
}

/// Whether any block of a chunk may be other than empty: what is not takes no time that would grow with the columns.
Value SweepEmitter::isLive(Value chunk) {
  llvm::SaveAndRestore position(tiles.at);
  OpFoldResult size = index.multiply(index.constant(blocksOfChunk), tiles.tileSize(stream.cols));
  tiles.at.offset[stream.cols] = index.multiply(chunk, size);
  tiles.at.valid[stream.cols] =
      index.minimum(size, index.subtract(blocking[stream.cols].size, tiles.at.offset[stream.cols]));
  return boundBlock().any;
}

/// What the chunks, of which there may be none, add to a shared result, added from the first to the last. A sum that
/// followed the maximum of its own chunk is scaled to that of all.
Value SweepEmitter::sumChunks(const Result &result, Value parts, const Normaliser *normaliser, const Maxima &maxima) {
  Value zero = index.value(index.constant(0)), one = index.value(index.constant(1));
  Value none = identity(result, tileSizes(result));
  auto loop = scf::ForOp::create(builder, loc, zero, index.value(chunkCount), one, none);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  auto add = [&]() -> State {
    Value part = partOf(parts, loop.getInductionVar());
    if (normaliser)
      part = scale(result, part, growth(*normaliser, partOf(maxima.parts, loop.getInductionVar()), maxima.all));
    return {combine(result, loop.getRegionIterArg(0), part)};
  };
  Value live = isLive(loop.getInductionVar());
  scf::YieldOp::create(builder, loc,
                       choose(live, none.getType(), add, [&] { return State(loop.getRegionIterArgs()); }));
  return loop.getResult(0);
}

/// Walks all columns, chunk by chunk on the threads that are free.
SweepEmitter::State SweepEmitter::walkChunks(int number, State &state, ArrayRef<unsigned> written) {
  auto target = [&](unsigned position) { return isShared(position) ? chunkParts.lookup(position) : position; };
  SmallVector<Value> outputs;
  for (unsigned position : written)
    outputs.push_back(state[target(position)]);
  auto forall = scf::ForallOp::create(builder, loc, ArrayRef(chunkCount), outputs, std::nullopt);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(forall.getBody());
    Value chunk = forall.getInductionVar(0);
    firstOfChunk = index.multiply(chunk, index.constant(blocksOfChunk));
    OpFoldResult count =
        index.minimum(index.constant(blocksOfChunk), index.subtract(blocking[stream.cols].count, firstOfChunk));
    ValueRange shared = forall.getRegionIterArgs();
    State own = chunkState(state, written, shared), untouched;
    for (auto [position, output] : llvm::zip(written, shared))
      untouched.push_back(isShared(position) ? partOf(output, chunk) : own[position]);
    State parts = choose(
        isLive(chunk), ValueRange(untouched).getTypes(),
        [&] { return walk(number, own, written, firstOfChunk, count); }, [&] { return untouched; });
    SmallVector<SmallVector<Extent>> where;
    for (auto [position, output] : llvm::zip(written, shared)) {
      if (!isShared(position)) {
        where.push_back(chunkExtents(position, output));
        continue;
      }
      where.push_back({Extent::at(chunk)});
      index.appendWhole(output, where.back());
    }
    builder.setInsertionPointToStart(forall.getTerminator().getBody());
    for (auto [part, output, extents] : llvm::zip(parts, shared, where))
      insertInParallel(builder, loc, part, output, extents);
  }
  State next;
  llvm::DenseMap<Operation *, Maxima> maxima;
  for (auto [position, value] : llvm::zip(written, forall.getResults())) {
    state[target(position)] = value;
    if (!isShared(position)) {
      next.push_back(value);
      continue;
    }
    const Normaliser *normaliser = sweep.normaliserOf(results[position].op);
    Maxima own = normaliser ? maxima.lookup(normaliser->max) : Maxima();
    next.push_back(sumChunks(results[position], value, normaliser, own));
    maxima[results[position].op] = {value, next.back()};
  }
  return next;
}

} // namespace theria::streaming
