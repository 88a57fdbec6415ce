//===- Plan.h - what a sweep computes, and when -----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_PLAN_H
#define THERIA_LIB_STREAMING_PLAN_H

#include "lib/Streaming/Normalisers.h"

#include "llvm/ADT/SetVector.h"

#include <variant>
#include <vector>

namespace theria::streaming {

/// What is gathered in one place: a reduction, or several sums of which nothing is needed but what they add up to.
struct Accumulator {
  llvm::SmallVector<mlir::Operation *, 1> terms;
  llvm::SmallVector<mlir::Operation *, 1> additions; ///< of the terms, which the sweep does; the last is that of all

  mlir::Value value() const { return (additions.empty() ? terms : additions).back()->getResult(0); }
};

/// One walk over all blocks of a stream. Blocks of rows follow each other; within one, each level walks all columns.
struct Sweep {
  explicit Sweep(const Stream &stream, bool oneSided = false) : stream(&stream), oneSided(oneSided) {}

  const Stream *stream;
  bool oneSided; ///< every result belongs to blocks of rows, of which each is computed by one owner
  llvm::SmallVector<mlir::Operation *> reductions; ///< what it computes: operations that read pairs and make none
  llvm::SmallVector<Accumulator> accumulators;     ///< where these are gathered, in the same order
  llvm::SetVector<mlir::Operation *> pairOps;      ///< what these need
  llvm::SmallVector<mlir::Operation *> rowOps; ///< what pairs need of the rows' statistics, computed by blocks of rows
  /// What the owner of a block of rows computes of it after the last level, in order, where sweeps are one-sided, and
  /// what of that is needed elsewhere: an epilogue.
  llvm::SmallVector<mlir::Operation *> epilogue, epilogueResults;
  /// What each level computes; of pairs, what it computes from complete statistics.
  llvm::DenseMap<mlir::Operation *, int> levels;
  int levelCount = 0;
  llvm::SmallVector<Normaliser, 1> normalisers;
  /// The normaliser of each sum that is gathered while its maximum is found.
  llvm::DenseMap<mlir::Operation *, unsigned> scaledBy;
  /// Pair values that a later level reads, with the number of the strip that holds each.
  llvm::MapVector<mlir::Value, unsigned> strips;
  /// What each strip holds.
  llvm::SmallVector<mlir::Type> stripTypes;
  /// Why a pair value is kept in a strip, or computed again, where a later level reads it.
  llvm::DenseMap<mlir::Value, std::string> reasons;
  /// The layouts of the rows' statistics, and of what is computed of them.
  llvm::DenseMap<mlir::Value, Layout> rowLayouts;

  /// The normaliser whose running maximum a sum scales with; null if it waits for complete statistics.
  const Normaliser *normaliserOf(mlir::Operation *sum) const {
    auto found = scaledBy.find(sum);
    return found == scaledBy.end() ? nullptr : &normalisers[found->second];
  }
  int levelOf(mlir::Value value) const { return levels.lookup(value.getDefiningOp()); }
};

class CostModel;

/// What of the pair values that a later level reads is kept in strips.
enum class Keep {
  Nothing,
  Dear,    ///< products, functions and look-ups, and what is made of them
  WhatPays ///< what is estimated to cost more to compute again
};

/// Sets the levels of a sweep's operations, which are in order, and its strips.
void planLevels(Sweep &sweep, llvm::ArrayRef<mlir::Operation *> order);
void planStrips(Sweep &sweep, llvm::ArrayRef<mlir::Operation *> order, const CostModel &cost, Keep keep);

/// Chooses the accumulators of a sweep that is planned otherwise, and orders its reductions as these.
void joinSums(Sweep &sweep);

/// Chooses the epilogue of a one-sided sweep that is planned otherwise: what every row needs of its statistics alone,
/// and of arrays as large, that nothing has to be written and read again for.
void planEpilogue(Sweep &sweep, llvm::ArrayRef<mlir::Operation *> order);

/// Whether an operation makes pair values other than a result, in memory.
bool makesPairs(mlir::Operation *op);

/// What a block executes in turn: an operation, or a sweep.
using Step = std::variant<mlir::Operation *, Sweep>;

/// Orders a block's operations so that each sweep comes as soon as all that it needs is there. One-sided sweeps take as
/// rows what the stream says: what lies along columns alone is for the transposed stream, which comes later in
/// `streams`.
llvm::FailureOr<std::vector<Step>> schedule(mlir::Block &block, llvm::ArrayRef<Stream> streams, const CostModel &cost,
                                            Keep keep, bool oneSided);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_PLAN_H
