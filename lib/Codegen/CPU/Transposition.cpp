//===- Transposition.cpp - square tiles transposed in registers ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/LoopNest.h"

#include "lib/Codegen/CPU/Passes.h"

using namespace mlir;
using linalg::GenericOp;

namespace theria::cpu {

/// The largest side of a tile: eight rows before and eight after are all of 16 registers.
static constexpr int64_t kMostLanes = 8;

namespace {

/// Loops over tiles of `from`, along which inputs have a unit stride, by `to`, along which results have.
class TileLoops : LoopEmitter {
public:
  TileLoops(const LoopNest &nest, VectorTarget target, unsigned from, unsigned to)
      : LoopEmitter(nest, target), from(from), to(to), lanes(std::min(kMostLanes, target.lanes(nest.body.widest))) {}
  void emit();

private:
  SmallVector<Value> loadTransposed(const OperandAccess &input);
  void tile();
  void scalar();

  unsigned from, to;
  int64_t lanes;
};

} // namespace

/// Transposes a square by swapping quarters, then quarters of quarters.
static void transpose(OpBuilder &b, Location loc, MutableArrayRef<Value> rows) {
  const int64_t size = rows.size();
  for (int64_t half = size / 2; half; half /= 2) {
    SmallVector<int64_t> upper, lower;
    for (int64_t lane = 0; lane < size; ++lane) {
      upper.push_back(lane & half ? size + lane - half : lane);
      lower.push_back(lane & half ? size + lane : lane + half);
    }
    for (int64_t row = 0; row < size; ++row) {
      if (row & half)
        continue;
      Value first = rows[row], second = rows[row + half];
      rows[row] = vector::ShuffleOp::create(b, loc, first, second, upper);
      rows[row + half] = vector::ShuffleOp::create(b, loc, first, second, lower);
    }
  }
}

/// For each of the tile's positions along `from`, a vector along `to`.
SmallVector<Value> TileLoops::loadTransposed(const OperandAccess &input) {
  SmallVector<Value> rows, at = ivs;
  for (int64_t row = 0; row < lanes; ++row) {
    at[to] = offset(ivs[to], row);
    rows.push_back(input.loadVector(b, loc, lanes, at, from, /*mask=*/{}));
  }
  transpose(b, loc, rows);
  return rows;
}

void TileLoops::tile() {
  SmallVector<SmallVector<Value>> transposed;
  for (const OperandAccess &input : nest.inputs)
    transposed.push_back(input.along(to) == Along::apart ? loadTransposed(input) : SmallVector<Value>());
  Value begin = ivs[from];
  for (int64_t row = 0; row < lanes; ++row) {
    ivs[from] = offset(begin, row);
    SmallVector<Value> arguments;
    for (auto [input, rows] : llvm::zip_equal(nest.inputs, transposed))
      arguments.push_back(!rows.empty()                           ? rows[row]
                          : input.along(to) == Along::consecutive ? input.loadVector(b, loc, lanes, ivs, to, {})
                                                                  : input.loadScalar(b, loc, ivs));
    for (auto [output, argument] : llvm::zip_equal(nest.outputs, op.getRegionOutputArgs()))
      arguments.push_back(argument.use_empty() ? Value() : output.loadVector(b, loc, lanes, ivs, to, {}));
    SmallVector<Value> results = emitBody(b, op, arguments, {ivs, to, lanes, target.fma});
    for (auto [output, result] : llvm::zip_equal(nest.outputs, results))
      output.storeVector(b, loc, result, ivs, to, {});
  }
  ivs[from] = begin;
}

void TileLoops::scalar() {
  SmallVector<Value> arguments;
  for (const OperandAccess &input : nest.inputs)
    arguments.push_back(input.loadScalar(b, loc, ivs));
  for (auto [output, argument] : llvm::zip_equal(nest.outputs, op.getRegionOutputArgs()))
    arguments.push_back(argument.use_empty() ? Value() : output.loadScalar(b, loc, ivs));
  SmallVector<Value> results = emitBody(b, op, arguments, {ivs, to, 0, target.fma});
  for (auto [output, result] : llvm::zip_equal(nest.outputs, results))
    output.storeScalar(b, loc, result, ivs);
}

void TileLoops::emit() {
  SmallVector<unsigned> others = loopsOf(utils::IteratorType::parallel, to);
  llvm::erase(others, from);
  SmallVector<Value> nothing;
  forAll(others, nothing, [&] {
    Value rest = forSteps(from, constant(0), lanes, nothing, [&] {
      Value left = forSteps(to, constant(0), lanes, nothing, [&] { tile(); });
      Value begin = ivs[from];
      forSteps(to, left, 1, nothing, [&] {
        for (int64_t row = 0; row < lanes; ++row) {
          ivs[from] = offset(begin, row);
          scalar();
        }
      });
    });
    forSteps(from, rest, 1, nothing, [&] { forSteps(to, constant(0), 1, nothing, [&] { scalar(); }); });
  });
}

LogicalResult transposeInRegisters(GenericOp op, VectorTarget target) {
  LoopNest nest(op);
  if (!nest.body.isElementwise || !nest.body.widest || !nest.isAllParallel() || target.lanes(nest.body.widest) < 2)
    return failure();
  auto to = nest.largest([&](unsigned loop) {
    return llvm::all_of(nest.outputs,
                        [&](const OperandAccess &output) { return output.along(loop) == Along::consecutive; });
  });
  if (!to)
    return failure();
  auto isApart = [&](const OperandAccess &input) { return input.along(*to) == Along::apart; };
  auto from = nest.largest([&](unsigned loop) {
    return loop != *to && llvm::all_of(nest.inputs, [&](const OperandAccess &input) {
             return !isApart(input) || (input.along(loop) == Along::consecutive && !input.element().isInteger(1));
           });
  });
  // Where another loop is in no input's way, or tiles do not fit, loops are better.
  const int64_t lanes = std::min(kMostLanes, target.lanes(nest.body.widest));
  if (!from || llvm::none_of(nest.inputs, isApart) || nest.nominalSize(*from) < lanes || nest.nominalSize(*to) < lanes)
    return failure();
  TileLoops(nest, target, *from, *to).emit();
  op.erase();
  return success();
}

} // namespace theria::cpu
