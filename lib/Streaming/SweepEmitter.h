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

/// How a reduction is gathered.
struct Result {
  mlir::Operation *op;
  Layout layout;
  enum { Rows, Pairs, Accumulated } kind;
  bool complete; ///< written once at each place

  mlir::Value value() const { return op->getResult(0); }
  mlir::Type element() const { return mlir::getElementTypeOrSelf(op->getResult(0).getType()); }
};

/// Writes the loops of one sweep: Sweep.cpp the outer ones, Levels.cpp those over columns, Results.cpp where they
/// gather what is computed.
class SweepEmitter {
public:
  SweepEmitter(mlir::OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes)
      : builder(builder), loc(sweep.reductions.front()->getLoc()), sweep(sweep), stream(*sweep.stream),
        index(builder, loc), blocking(chooseBlocking(builder, loc, sweep, sizes)),
        tiles(builder, loc, sweep, blocking) {}

  void run();

private:
  using State = llvm::SmallVector<mlir::Value, 0>; ///< a tensor for each result, then one for each strip
  using Body = llvm::function_ref<State(State)>;

  void classify();
  bool isParallel(Axis axis) const { return llvm::is_contained(parallel, axis); }
  State loop(Axis axis, State state, Body body);
  State batches(llvm::ArrayRef<Axis> axes, State state, Body body);
  State initialState(llvm::ArrayRef<mlir::Value> outputs);
  State rowBlock(State state);
  void level(int number, State &state);
  llvm::SmallVector<unsigned> writtenBy(int number) const;
  State block(int number, State state, bool masked);
  State choose(mlir::Value condition, mlir::TypeRange types, llvm::function_ref<State()> then,
               llvm::function_ref<State()> otherwise);
  mlir::Value combine(const Result &result, mlir::Value old, mlir::Value tile);
  mlir::Value accumulate(const Result &result, mlir::Value tensor);
  mlir::Value identity(const Result &result, llvm::ArrayRef<OpFoldResult> sizes);
  mlir::Value finish(const Result &result, mlir::Value accumulator, mlir::Value output);
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
};

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_SWEEPEMITTER_H
