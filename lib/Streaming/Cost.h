//===- Cost.h - what pair values cost to compute and to keep ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Cycles of one core for each pair, from rough figures that hold for many processors: good enough to choose between
// ways that differ much.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_COST_H
#define THERIA_LIB_STREAMING_COST_H

#include "lib/Streaming/Plan.h"

namespace theria::streaming {

/// The core that a schedule is chosen for.
struct Core {
  int64_t vectorBytes;
  /// Bytes of its second-level cache, and of its share of the last level.
  int64_t secondLevel, lastLevel;
};

class CostModel {
public:
  CostModel(const Core &core, int64_t rowTile) : core(core), rowTile(rowTile) {}

  /// An operation on one pair, what it reads being there.
  double compute(mlir::Operation *op) const;
  /// Writing one element of a strip and reading it, where strips of `bytes` a pair are kept for a block of rows.
  double keep(const Stream &stream, mlir::Value value, int64_t bytes) const;
  /// All that a plan computes and keeps.
  double plan(llvm::ArrayRef<Step> steps) const;

private:
  double level(const Sweep &sweep, int number) const;
  double sweep(const Sweep &sweep) const;

  Core core;
  int64_t rowTile;
};

/// The bytes of an element, and those of all strips of a sweep for one pair.
int64_t elementBytes(mlir::Type type);
int64_t stripBytes(const Sweep &sweep);
/// The multiply-adds of a contraction for each of its pairs; 0 where nothing is added up.
double multiplyAddsOfPair(EinsumOp op);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_COST_H
