//===- Held.h - what differences hold constant ------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Differences see a function's values alone. Where a program says itself what
// a derivative is (theria.stop_gradient, a function with a rule of its own), an
// evaluation beside the point needs to know what was there at the point: it is
// recorded in the order of evaluation, and read again in that order.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_HELD_H
#define THERIA_LIB_ORACLE_HELD_H

#include "lib/Oracle/Tensor.h"

namespace theria::oracle {

/// One operation that holds something: its operands and results at the point.
struct HeldValues {
  Tensors operands, results;
};

using Trace = std::vector<HeldValues>;

/// Reads a trace from its start.
class Replay {
public:
  explicit Replay(const Trace &trace) : trace(trace) {}
  const HeldValues &next() { return trace[position++]; }

private:
  const Trace &trace;
  size_t position = 0;
};

/// What the evaluations around this one hold and want to know.
struct Held {
  /// What was at the point; null at the point itself.
  Replay *replay = nullptr;
  llvm::SmallVector<Trace *, 2> recorders;
  /// Of how many differences this evaluation is a part, one in the other.
  unsigned order = 0;
  /// Whether a rule is evaluated that an outer difference moves: what it would hold is not known.
  bool isInRule = false;

  /// Whether a difference is being taken.
  bool isDifferencing() const { return replay || !recorders.empty(); }
  void record(llvm::ArrayRef<Tensor> operands, llvm::ArrayRef<Tensor> results) const {
    for (Trace *trace : recorders)
      trace->push_back({Tensors(operands), Tensors(results)});
  }
};

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_HELD_H
