//===- VectorLoops.cpp - loops of which one runs in vectors --------------===//
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

/// Vectors that a short body works on at a time: enough to hide the latency of an addition.
static constexpr int64_t kCopies = 4;
/// Instructions from which a body has parallelism of its own.
static constexpr int64_t kHeavyBody = 8;
/// Instructions from which a body is worth vectors of elements that are gathered one by one.
static constexpr int64_t kWorthGathering = 4;

namespace {

/// How far one iteration goes along the vector loop.
struct Width {
  /// Vectors; 0: one scalar.
  int64_t copies;
  /// Lanes of the only vector that are inside; null: all.
  Value mask;
};

class VectorLoops : LoopEmitter {
public:
  VectorLoops(const LoopNest &nest, VectorTarget target, unsigned loop);
  void emit();

private:
  void alongVector(SmallVector<Value> &carried, function_ref<void(Width)> body);
  SmallVector<Value> loadInputs(Width width);
  SmallVector<Value> iterate(Width width, ArrayRef<Value> before);
  BodyPoint point(Width width) { return {ivs, loop, width.copies ? lanes : 0, target.fma}; }
  Value load(Width width, unsigned result);
  void store(Width width, unsigned result, Value value);
  void emitParallel(Width width);
  void emitReduction();
  SmallVector<Value> identities();
  void accumulate(Width width, SmallVector<Value> &carried);
  void combineAndStore(ArrayRef<Value> carried);
  /// Runs `body` for each vector of a width, the vector loop at its start.
  void forCopies(Width width, function_ref<void(int64_t)> body);

  unsigned loop;
  /// Results that later iterations add to; the others are written once.
  SmallVector<unsigned> sums;
  int64_t lanes;
  int64_t copies;
  bool hasMasks;
  Value mask;
};

} // namespace

VectorLoops::VectorLoops(const LoopNest &nest, VectorTarget target, unsigned loop)
    : LoopEmitter(nest, target), loop(loop), lanes(target.lanes(nest.body.widest)),
      copies(nest.body.weight < kHeavyBody ? kCopies : 1), hasMasks(!nest.body.mayTrap) {
  for (const auto &accesses : {nest.inputs, nest.outputs})
    for (const OperandAccess &access : accesses) {
      if (access.along(loop) == Along::consecutive)
        hasMasks &= target.hasMasks(access.element());
      hasMasks &= access.along(loop) != Along::apart;
    }
  for (unsigned result = 0; result < nest.outputs.size(); ++result)
    if (nest.isSum(result))
      sums.push_back(result);
  if (hasMasks && (!nest.isKnown(loop) || nest.extents[loop] % lanes)) {
    Value rest = b.createOrFold<arith::RemUIOp>(loc, sizes[loop], constant(lanes));
    mask = vector::CreateMaskOp::create(b, loc, VectorType::get(lanes, b.getI1Type()), rest);
  }
}

/// Runs `body` over the whole vector loop: several vectors at a time, then one,
/// then what is left, masked or in scalars.
void VectorLoops::alongVector(SmallVector<Value> &carried, function_ref<void(Width)> body) {
  Value begin = constant(0);
  if (copies > 1)
    begin = forSteps(loop, begin, copies * lanes, carried, [&] { body({copies, {}}); });
  begin = forSteps(loop, begin, lanes, carried, [&] { body({1, {}}); });
  if (!hasMasks) {
    forSteps(loop, begin, 1, carried, [&] { body({0, {}}); });
    return;
  }
  if (!mask)
    return;
  ivs[loop] = begin;
  if (nest.isKnown(loop))
    return body({1, mask});
  Value isLeft = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, begin, sizes[loop]);
  auto ifOp = scf::IfOp::create(b, loc, TypeRange(ValueRange(carried)), isLeft, /*withElseRegion=*/!carried.empty());
  SmallVector<Value> before = carried;
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(ifOp.thenBlock());
  body({1, mask});
  if (carried.empty())
    return;
  scf::YieldOp::create(b, loc, carried);
  b.setInsertionPointToStart(ifOp.elseBlock());
  scf::YieldOp::create(b, loc, before);
  llvm::copy(ifOp.getResults(), carried.begin());
}

void VectorLoops::forCopies(Width width, function_ref<void(int64_t)> body) {
  Value begin = ivs[loop];
  for (int64_t copy = 0; copy < std::max<int64_t>(width.copies, 1); ++copy) {
    ivs[loop] = offset(begin, copy * lanes);
    body(copy);
  }
  ivs[loop] = begin;
}

SmallVector<Value> VectorLoops::loadInputs(Width width) {
  return llvm::map_to_vector(nest.inputs, [&](const OperandAccess &input) {
    const Along along = input.along(loop);
    if (!width.copies || along == Along::same)
      return input.loadScalar(b, loc, ivs);
    if (along == Along::apart)
      return input.gather(b, loc, lanes, ivs, loop);
    return input.loadVector(b, loc, lanes, ivs, loop, width.mask);
  });
}

/// The sums after one more iteration; other results are stored.
SmallVector<Value> VectorLoops::iterate(Width width, ArrayRef<Value> before) {
  SmallVector<Value> arguments = loadInputs(width), results(nest.outputs.size());
  for (auto [result, sum] : llvm::zip_equal(sums, before))
    results[result] = sum;
  for (auto [result, argument] : llvm::enumerate(op.getRegionOutputArgs()))
    if (!results[result] && !argument.use_empty())
      results[result] = load(width, result);
  llvm::append_range(arguments, results);
  results = emitBody(b, op, arguments, point(width));
  for (auto [result, value] : llvm::enumerate(results))
    if (!nest.isSum(result))
      store(width, result, value);
  return llvm::map_to_vector(sums, [&](unsigned result) { return results[result]; });
}

Value VectorLoops::load(Width width, unsigned result) {
  const OperandAccess &output = nest.outputs[result];
  return width.copies ? output.loadVector(b, loc, lanes, ivs, loop, width.mask) : output.loadScalar(b, loc, ivs);
}

void VectorLoops::store(Width width, unsigned result, Value value) {
  const OperandAccess &output = nest.outputs[result];
  if (width.copies)
    output.storeVector(b, loc, value, ivs, loop, width.mask);
  else
    output.storeScalar(b, loc, value, ivs);
}

/// One iteration of a parallel vector loop: reductions stay in registers.
void VectorLoops::emitParallel(Width width) {
  const size_t count = sums.size();
  SmallVector<Value> carried;
  forCopies(width, [&](int64_t) {
    for (unsigned result : sums)
      carried.push_back(load(width, result));
  });
  forAll(loopsOf(utils::IteratorType::reduction, loop), carried, [&] {
    forCopies(width, [&](int64_t copy) {
      llvm::copy(iterate(width, ArrayRef(carried).slice(copy * count, count)), carried.begin() + copy * count);
    });
  });
  forCopies(width, [&](int64_t copy) {
    for (auto [number, result] : llvm::enumerate(sums))
      store(width, result, carried[copy * count + number]);
  });
}

/// The identity of every sum: `copies` vectors each and, where the rest runs in scalars, a scalar each.
SmallVector<Value> VectorLoops::identities() {
  SmallVector<Value> values;
  for (int64_t copy = 0; copy < copies + !hasMasks; ++copy)
    for (unsigned result : sums) {
      TypedAttr identity = identityOf(findCombiner(op, result));
      if (copy < copies)
        identity = DenseElementsAttr::get(VectorType::get(lanes, identity.getType()), Attribute(identity));
      values.push_back(arith::ConstantOp::create(b, loc, identity));
    }
  return values;
}

void VectorLoops::accumulate(Width width, SmallVector<Value> &carried) {
  const size_t count = sums.size();
  forCopies(width, [&](int64_t copy) {
    const size_t first = (width.copies ? copy : copies) * count;
    SmallVector<Value> next = iterate(width, ArrayRef(carried).slice(first, count));
    for (auto [number, sum] : llvm::enumerate(next))
      carried[first + number] =
          width.mask ? arith::SelectOp::create(b, loc, width.mask, sum, carried[first + number]).getResult() : sum;
  });
}

/// Halves the number of vectors, then of lanes, until one number is left.
void VectorLoops::combineAndStore(ArrayRef<Value> carried) {
  const size_t count = sums.size();
  for (auto [number, result] : llvm::enumerate(sums)) {
    Operation *combiner = findCombiner(op, result);
    auto combine = [&](Value left, Value right) { return emitOn(b, combiner, {left, right}); };
    SmallVector<Value> vectors;
    for (int64_t copy = 0; copy < copies; ++copy)
      vectors.push_back(carried[copy * count + number]);
    for (; vectors.size() > 1; vectors.truncate(vectors.size() / 2))
      for (size_t i = 0; i < vectors.size() / 2; ++i)
        vectors[i] = combine(vectors[i], vectors[i + vectors.size() / 2]);
    Value vector = vectors.front();
    for (int64_t half = lanes / 2; half; half /= 2) {
      auto low = llvm::to_vector(llvm::seq<int64_t>(0, half)), high = llvm::to_vector(llvm::seq(half, 2 * half));
      vector = combine(vector::ShuffleOp::create(b, loc, vector, vector, low),
                       vector::ShuffleOp::create(b, loc, vector, vector, high));
    }
    Value whole = vector::ExtractOp::create(b, loc, vector, 0);
    if (!hasMasks)
      whole = combine(whole, carried[copies * count + number]);
    store({0, {}}, result, combine(load({0, {}}, result), whole));
  }
}

void VectorLoops::emitReduction() {
  SmallVector<Value> carried = identities();
  forAll(loopsOf(utils::IteratorType::reduction, loop), carried,
         [&] { alongVector(carried, [&](Width width) { accumulate(width, carried); }); });
  combineAndStore(carried);
}

void VectorLoops::emit() {
  SmallVector<Value> nothing;
  forAll(loopsOf(utils::IteratorType::parallel, loop), nothing, [&] {
    if (nest.isParallel(loop))
      alongVector(nothing, [&](Width width) { emitParallel(width); });
    else
      emitReduction();
  });
}

/// The parallel loop to run in vectors, where all results have a unit stride.
static std::optional<unsigned> chooseParallel(const LoopNest &nest, bool gathers) {
  return nest.largest([&](unsigned loop) {
    return nest.isParallel(loop) &&
           llvm::all_of(nest.outputs,
                        [&](const OperandAccess &output) { return output.along(loop) == Along::consecutive; }) &&
           (gathers ||
            llvm::all_of(nest.inputs, [&](const OperandAccess &input) { return input.along(loop) != Along::apart; }));
  });
}

/// The reduction to run in vectors, where inputs and what isn't summed have a unit stride.
static std::optional<unsigned> chooseReduction(const LoopNest &nest) {
  for (unsigned result = 0; result < nest.outputs.size(); ++result)
    if (nest.isSum(result) && !findCombiner(nest.op, result))
      return std::nullopt;
  return nest.largest([&](unsigned loop) {
    auto is = [&](Along along) { return [=](const OperandAccess &access) { return access.along(loop) == along; }; };
    return !nest.isParallel(loop) &&
           llvm::all_of(llvm::enumerate(nest.outputs),
                        [&](auto output) {
                          return output.value().along(loop) ==
                                 (nest.isSum(output.index()) ? Along::same : Along::consecutive);
                        }) &&
           llvm::none_of(nest.inputs, is(Along::apart)) && llvm::any_of(nest.inputs, is(Along::consecutive));
  });
}

LogicalResult vectoriseLoops(GenericOp op, VectorTarget target) {
  LoopNest nest(op);
  if (!nest.body.isElementwise || !nest.body.widest)
    return failure();
  for (auto [result, argument] : llvm::enumerate(op.getRegionOutputArgs()))
    if (nest.isSum(result) ? argument.use_empty() : !nest.isAllParallel() && !argument.use_empty())
      return failure(); // What a later iteration overwrites is no sum, and what it adds to is not written once.
  std::optional<unsigned> parallel = chooseParallel(nest, /*gathers=*/false), reduction = chooseReduction(nest);
  const int64_t lanes = target.lanes(nest.body.widest);
  // A row that does not fill a vector is worse than a sum that does.
  if (parallel && reduction && nest.nominalSize(*parallel) < std::min(lanes, nest.nominalSize(*reduction)))
    parallel.reset();
  std::optional<unsigned> loop = parallel ? parallel : reduction;
  if (!loop && nest.body.weight >= kWorthGathering)
    loop = chooseParallel(nest, /*gathers=*/true);
  if (!loop)
    return failure();
  VectorLoops(nest, target, *loop).emit();
  op.erase();
  return success();
}

} // namespace theria::cpu
