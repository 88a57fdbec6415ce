//===- RunningMaxima.cpp - sums that are scaled as maxima grow ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/SweepEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace theria::streaming {

/// What follows from a maximum of the current rows and is subtracted; known as such to the tiles from here on.
Value SweepEmitter::shiftOf(const Normaliser &normaliser, Value max) {
  tiles.statistics[normaliser.max->getResult(0)] = max;
  for (Operation *op : normaliser.rowOps)
    tiles.statistics[op->getResult(0)] = tiles.rowOperation(op);
  return tiles.statistics.lookup(normaliser.shift);
}

/// What sums are multiplied by when a maximum grows: 1 where the shift doesn't, as where nothing is summed yet.
Value SweepEmitter::growth(const Normaliser &normaliser, Value before, Value after) {
  llvm::SaveAndRestore complete(tiles.statistics);
  Value from = shiftOf(normaliser, before), to = shiftOf(normaliser, after);
  Value grows = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, from, to);
  Value factor = math::ExpOp::create(builder, loc, arith::SubFOp::create(builder, loc, from, to));
  return arith::SelectOp::create(builder, loc, grows, factor, createConstant(builder, loc, 1, from.getType(), from));
}

/// A sum with each row multiplied by a factor.
Value SweepEmitter::scale(const Result &result, Value sum, Value factors) {
  Equation equation;
  for (Axis axis : result.layout)
    if (!stream.isBatch(axis)) {
      equation.result += Equation::labelAt(equation.result.size());
      if (axis == stream.rows)
        equation.inputs = {"", equation.result.substr(equation.result.size() - 1)};
    }
  equation.inputs.front() = equation.result;
  return EinsumOp::create(builder, loc, cast<RankedTensorType>(sum.getType()), equation, ValueRange{sum, factors},
                          Value(), [](char) { return Value(); });
}

/// Takes the current block into the maxima of a level, and scales the sums that follow them.
void SweepEmitter::followMaxima(int number, State &state) {
  const State before = state;
  llvm::SmallDenseMap<const Normaliser *, Value> growths;
  for (const Normaliser &normaliser : sweep.normalisers) {
    if (sweep.levels.lookup(normaliser.max) != number)
      continue;
    size_t position =
        llvm::find_if(results, [&](auto &result) { return result.op == normaliser.max; }) - results.begin();
    if (!tiles.statistics.contains(results[position].value()))
      state[position] = combine(results[position], before[position], tiles.reduce(normaliser.max));
    if (!isConstantIntValue(blocking[stream.cols].count, 1)) // Nothing is summed before the only block.
      growths[&normaliser] = growth(normaliser, before[position], state[position]);
    shiftOf(normaliser, state[position]);
  }
  for (auto [position, result] : llvm::enumerate(results))
    if (Value factors = growths.lookup(sweep.normaliserOf(result.op)))
      state[position] = scale(result, state[position], factors);
}

} // namespace theria::streaming
