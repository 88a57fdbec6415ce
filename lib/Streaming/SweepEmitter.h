//===- SweepEmitter.h - writes the loops of a sweep -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_SWEEPEMITTER_H
#define THERIA_LIB_STREAMING_SWEEPEMITTER_H

#include "lib/Streaming/Operands.h"
#include "lib/Streaming/Predicate.h"
#include "lib/Streaming/Sweep.h"

namespace theria::streaming {

/// How a result of a sweep is gathered.
struct Result {
  const Accumulator *accumulator; ///< null of what is computed of complete statistics
  mlir::Operation *op;            ///< its first term, which the others are like, or what computes it
  Layout layout;
  /// Of a block of rows, complete when it has met all columns; added up by the owner of a block of rows over batch axes
  /// too; put in place block by block; in blocks of its own, whose sizes need not divide the result's.
  enum { Rows, Owned, InPlace, Blocked } kind;
  bool complete; ///< written once at each place, not added to
  /// Axes that it is summed over and that threads share: each position puts its part aside.
  llvm::SmallVector<Axis> apart = {};

  /// Whether blocks of columns share it, and add tiles to it.
  bool isShared(const Stream &stream) const { return !llvm::is_contained(layout, stream.cols); }
  mlir::Value value() const { return accumulator ? accumulator->value() : op->getResult(0); }
  mlir::Type element() const { return mlir::getElementTypeOrSelf(value().getType()); }
};

/// Writes the loops of one sweep: Sweep.cpp the outer ones, Levels.cpp those over columns, Chunks.cpp those that share
/// columns among threads, Results.cpp where they gather what is computed, RunningMaxima.cpp what follows maxima.
class SweepEmitter {
public:
  SweepEmitter(mlir::OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes)
      : builder(builder), loc(sweep.reductions.front()->getLoc()), sweep(sweep), stream(*sweep.stream),
        index(builder, loc), blocking(chooseBlocking(builder, loc, sweep, sizes)),
        tiles(builder, loc, sweep, blocking, sizes.features) {}

  mlir::LogicalResult run();

private:
  /// A tensor for each result, one for each strip, then one for what each chunk adds to a shared result.
  using State = llvm::SmallVector<mlir::Value, 0>;
  using Body = llvm::function_ref<State(State)>;

  void classify();
  void chooseParallel();
  std::optional<mlir::ArrayAttr> mapping(size_t axes) const;
  mlir::Value sumParts(const Result &result, mlir::Value parts);
  void runEmpty();
  /// Puts what was computed in place of the reductions.
  void replace(mlir::ValueRange values);
  bool isParallel(Axis axis) const { return llvm::is_contained(parallel, axis); }
  State loop(Axis axis, State state, Body body);
  State batches(llvm::ArrayRef<Axis> axes, State state, Body body);
  State initialState(llvm::ArrayRef<mlir::Value> outputs);
  State rowBlock(State state);
  void chooseChunks();
  void level(int number, State &state);
  State walk(int number, const State &state, llvm::ArrayRef<unsigned> written, OpFoldResult first, OpFoldResult count);
  State walkChunks(int number, State &state, llvm::ArrayRef<unsigned> written);
  State chunkState(const State &state, llvm::ArrayRef<unsigned> written, mlir::ValueRange shared);
  llvm::SmallVector<Extent> chunkExtents(unsigned position, mlir::Value tensor);
  mlir::Value partOf(mlir::Value parts, mlir::Value chunk);
  mlir::Value isLive(mlir::Value chunk);
  /// The maxima of chunks, and that of all.
  struct Maxima {
    mlir::Value parts, all;
  };
  mlir::Value sumChunks(const Result &result, mlir::Value parts, const Normaliser *normaliser, const Maxima &maxima);
  bool isGathered(const Result &result, int level) const {
    return result.accumulator && sweep.levels.lookup(result.op) == level;
  }
  bool isShared(unsigned position) const { return position < results.size() && results[position].isShared(stream); }
  OpFoldResult columnBlocks();
  llvm::SmallVector<unsigned> writtenBy(int number) const;
  State block(int number, State state, bool masked);
  State choose(mlir::Value condition, mlir::TypeRange types, llvm::function_ref<State()> then,
               llvm::function_ref<State()> otherwise);
  mlir::Value shiftOf(const Normaliser &normaliser, mlir::Value max);
  mlir::Value growth(const Normaliser &normaliser, mlir::Value before, mlir::Value after);
  mlir::Value scale(const Result &result, mlir::Value sum, mlir::Value factors);
  void followMaxima(int number, State &state);
  mlir::Value combine(const Result &result, mlir::Value old, mlir::Value tile);
  mlir::Value accumulate(const Result &result, mlir::Value tensor, mlir::Value tile);
  mlir::Value identity(const Result &result, llvm::ArrayRef<OpFoldResult> sizes);
  mlir::Value finish(const Result &result, mlir::Value accumulator, mlir::Value output);
  Extent featuresOf(const Result &result, OpFoldResult size);
  llvm::SmallVector<Extent> outputExtents(const Result &result, mlir::Value output, bool whole);
  llvm::SmallVector<Extent> accumulatorExtents(const Result &result, mlir::Value accumulator);
  llvm::SmallVector<OpFoldResult> tileSizes(const Result &result);
  BlockMask boundBlock();

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Sweep &sweep;
  const Stream &stream;
  IndexBuilder index;
  llvm::SmallVector<Blocking> blocking;
  TileBuilder tiles;
  llvm::SmallVector<Result> results;
  llvm::SmallVector<Axis> parallel, sequential;
  bool rowsParallel = false;
  /// Where there are several chunks of columns: how many, the first block of the current one, and where the state holds
  /// what they add to each shared result.
  OpFoldResult chunkCount, firstOfChunk;
  /// What follows a chunk, a sum of tiles and a meeting of threads, is far less work than this many blocks.
  static constexpr int64_t mostBlocksOfChunk = 4;
  int64_t blocksOfChunk = mostBlocksOfChunk;
  llvm::DenseMap<unsigned, unsigned> chunkParts;
};

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_SWEEPEMITTER_H
