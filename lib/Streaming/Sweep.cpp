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

#include "lib/Streaming/SweepEmitter.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {

void SweepEmitter::classify() {
  for (const Accumulator &accumulator : sweep.accumulators) {
    Operation *op = accumulator.terms.front();
    Layout layout = stream.resultLayout(op);
    bool isPairs = llvm::is_contained(layout, stream.rows) && llvm::is_contained(layout, stream.cols);
    bool isRows = sweep.rowLayouts.contains(op->getResult(0));
    bool keepsBatches =
        llvm::all_of(stream.batchAxesOf(op), [&](Axis axis) { return llvm::is_contained(layout, axis); });
    bool fits = llvm::all_of(
        layout, [&](Axis axis) { return (axis != stream.rows && axis != stream.cols) || blocking[axis].exact; });
    results.push_back({&accumulator, op, layout,
                       isRows           ? Result::Rows
                       : isPairs        ? Result::InPlace
                       : sweep.oneSided ? Result::Owned
                       : fits           ? Result::InPlace
                                        : Result::Blocked,
                       isRows || (isPairs && keepsBatches)});
  }
  for (Operation *op : sweep.epilogueResults)
    results.push_back({nullptr, op, sweep.rowLayouts.at(op->getResult(0)), Result::Rows, true});
  chooseParallel();
}

/// Threads share the batch axes that all results have. Of a result without rows and columns, which is small, each
/// position on an axis that it lacks has a part of its own instead.
void SweepEmitter::chooseParallel() {
  rowsParallel =
      sweep.oneSided || llvm::all_of(results, [](const Result &result) { return result.kind == Result::Rows; });
  auto has = [](const Result &result, Axis axis) { return llvm::is_contained(result.layout, axis); };
  auto isSmall = [&](const Result &result) { return !has(result, stream.rows) && !has(result, stream.cols); };
  for (Axis axis = 0; axis < stream.axisCount; ++axis) {
    if (!stream.isBatch(axis))
      continue;
    bool shared = llvm::all_of(results, [&](const Result &result) { return has(result, axis) || isSmall(result); });
    (shared ? parallel : sequential).push_back(axis);
    for (Result &result : results)
      if (shared && !has(result, axis))
        result.apart.push_back(axis);
  }
  if (!rowsParallel)
    return;
  parallel.push_back(stream.rows);
  for (Result &result : results)
    if (!has(result, stream.rows))
      result.apart.push_back(stream.rows);
}

SweepEmitter::State SweepEmitter::loop(Axis axis, State state, Body body) {
  Value zero = index.value(index.constant(0)), one = index.value(index.constant(1));
  auto loop = scf::ForOp::create(builder, loc, zero, index.value(blocking[axis].count), one, state);
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

/// One-sided, each position is a block of threads. Canonicalisation inlines a loop of a single position unless it is
/// mapped; of more axes than there are names for, it does.
std::optional<ArrayAttr> SweepEmitter::mapping(size_t axes) const {
  constexpr auto first = uint64_t(mlir::gpu::MappingId::LinearDim0);
  constexpr uint64_t most = mlir::gpu::getMaxEnumValForMappingId() - first + 1;
  if (!sweep.oneSided || axes > most)
    return std::nullopt;
  SmallVector<Attribute> ids;
  for (uint64_t axis = 0; axis < axes; ++axis)
    ids.push_back(mlir::gpu::GPUBlockMappingAttr::get(builder.getContext(), mlir::gpu::MappingId(first + axis)));
  return builder.getArrayAttr(ids);
}

LogicalResult SweepEmitter::run() {
  classify();
  if (llvm::any_of(blocking, [](const Blocking &blocks) { return isConstantIntValue(blocks.count, 0); })) {
    runEmpty();
    return success();
  }
  tiles.edges = needsEdges(tiles);
  if (!sweep.oneSided) {
    packColumnOperands(tiles);
    chooseChunks();
  }
  SmallVector<Value> outputs;
  for (const Result &result : results) {
    SmallVector<OpFoldResult> sizes;
    for (Axis axis : result.apart)
      sizes.push_back(blocking[axis].count);
    llvm::append_range(sizes, resultSizes(builder, loc, sweep, blocking, result.op));
    // What an owner adds up in place starts there.
    bool starts = sweep.oneSided && result.kind == Result::InPlace && !result.complete;
    outputs.push_back(starts ? identity(result, sizes) : allocate(builder, loc, sizes, result.element()));
  }
  SmallVector<OpFoldResult> bounds;
  for (Axis axis : parallel)
    bounds.push_back(blocking[axis].count);
  if (bounds.empty())
    bounds.push_back(index.constant(1));
  auto forall = scf::ForallOp::create(builder, loc, bounds, outputs, mapping(bounds.size()));
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
      if (result.kind == Result::Blocked)
        part = finish(result, part,
                      extract(builder, loc, shared[position], outputExtents(result, shared[position], true)));
      else if (rowsParallel && result.kind != Result::InPlace)
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
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(forall);
    checkFeatures(tiles);
  }
  SmallVector<Value> values;
  for (auto [result, parts] : llvm::zip(results, forall.getResults()))
    values.push_back(result.apart.empty() ? parts : sumParts(result, parts));
  replace(values);
  return success(!tiles.failed);
}

/// What a sweep without blocks gives: sums of nothing.
void SweepEmitter::runEmpty() {
  llvm::erase_if(results, [](const Result &result) { return !result.accumulator; });
  replace(llvm::map_to_vector(results, [&](const Result &result) {
    return identity(result, resultSizes(builder, loc, sweep, blocking, result.op));
  }));
}

void SweepEmitter::replace(ValueRange values) {
  // A sweep may know a size that the type of what it takes the place of leaves open.
  auto replaceValue = [&](Value old, Value value) {
    if (value.getType() != old.getType())
      value = tensor::CastOp::create(builder, loc, old.getType(), value);
    old.replaceAllUsesWith(value);
  };
  for (auto [result, value] : llvm::zip(results, values))
    if (isPair(result.value()))
      for (Operation *cast : result.value().getUsers())
        replaceValue(cast->getResult(0), value);
    else
      replaceValue(result.value(), value);
  for (const Accumulator &accumulator : sweep.accumulators)
    for (Operation *addition : llvm::reverse(accumulator.additions))
      addition->erase();
}

LogicalResult emitSweep(OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes) {
  return SweepEmitter(builder, sweep, sizes).run();
}

} // namespace theria::streaming
