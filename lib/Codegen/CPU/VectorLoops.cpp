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
  SmallVector<Value> iterate(Width width, ArrayRef<Value> results);
  BodyPoint point(Width width) { return {ivs, loop, width.copies ? lanes : 0, target.fma}; }
  SmallVector<Value> loadResults(Width width);
  void storeResults(Width width, ArrayRef<Value> results);
  void emitParallel(Width width);
  void emitReduction();
  SmallVector<Value> identities();
  void accumulate(Width width, SmallVector<Value> &sums);
  void combineAndStore(ArrayRef<Value> sums);
  /// Runs `body` for each vector of a width, the vector loop at its start.
  void forCopies(Width width, function_ref<void(int64_t)> body);

  unsigned loop;
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

/// The results after one more iteration.
SmallVector<Value> VectorLoops::iterate(Width width, ArrayRef<Value> results) {
  SmallVector<Value> arguments = loadInputs(width);
  llvm::append_range(arguments, results);
  return emitBody(b, op, arguments, point(width));
}

SmallVector<Value> VectorLoops::loadResults(Width width) {
  SmallVector<Value> results;
  for (auto [output, argument] : llvm::zip_equal(nest.outputs, op.getRegionOutputArgs())) {
    if (argument.use_empty())
      results.push_back({});
    else if (width.copies)
      results.push_back(output.loadVector(b, loc, lanes, ivs, loop, width.mask));
    else
      results.push_back(output.loadScalar(b, loc, ivs));
  }
  return results;
}

void VectorLoops::storeResults(Width width, ArrayRef<Value> results) {
  for (auto [output, result] : llvm::zip_equal(nest.outputs, results)) {
    if (width.copies)
      output.storeVector(b, loc, result, ivs, loop, width.mask);
    else
      output.storeScalar(b, loc, result, ivs);
  }
}

/// One iteration of a parallel vector loop: reductions stay in registers.
void VectorLoops::emitParallel(Width width) {
  SmallVector<unsigned> reductions = loopsOf(utils::IteratorType::reduction, loop);
  if (reductions.empty()) {
    forCopies(width, [&](int64_t) { storeResults(width, iterate(width, loadResults(width))); });
    return;
  }
  const size_t count = nest.outputs.size();
  SmallVector<Value> carried;
  forCopies(width, [&](int64_t) { llvm::append_range(carried, loadResults(width)); });
  forAll(reductions, carried, [&] {
    forCopies(width, [&](int64_t copy) {
      llvm::copy(iterate(width, ArrayRef(carried).slice(copy * count, count)), carried.begin() + copy * count);
    });
  });
  forCopies(width, [&](int64_t copy) { storeResults(width, ArrayRef(carried).slice(copy * count, count)); });
}

/// The identity of every result: `copies` vectors each and, where the rest runs in scalars, a scalar each.
SmallVector<Value> VectorLoops::identities() {
  SmallVector<Value> sums;
  for (int64_t copy = 0; copy < copies + !hasMasks; ++copy)
    for (unsigned result = 0; result < nest.outputs.size(); ++result) {
      TypedAttr identity = identityOf(findCombiner(op, result));
      if (copy < copies)
        identity = DenseElementsAttr::get(VectorType::get(lanes, identity.getType()), Attribute(identity));
      sums.push_back(arith::ConstantOp::create(b, loc, identity));
    }
  return sums;
}

void VectorLoops::accumulate(Width width, SmallVector<Value> &sums) {
  const size_t count = nest.outputs.size();
  forCopies(width, [&](int64_t copy) {
    const size_t first = (width.copies ? copy : copies) * count;
    SmallVector<Value> next = iterate(width, ArrayRef(sums).slice(first, count));
    for (auto [result, sum] : llvm::enumerate(next))
      sums[first + result] =
          width.mask ? arith::SelectOp::create(b, loc, width.mask, sum, sums[first + result]).getResult() : sum;
  });
}

/// Halves the number of vectors, then of lanes, until one number is left.
void VectorLoops::combineAndStore(ArrayRef<Value> sums) {
  const size_t count = nest.outputs.size();
  SmallVector<Value> results;
  for (size_t result = 0; result < count; ++result) {
    Operation *combiner = findCombiner(op, result);
    auto combine = [&](Value left, Value right) { return emitOn(b, combiner, {left, right}); };
    SmallVector<Value> vectors;
    for (int64_t copy = 0; copy < copies; ++copy)
      vectors.push_back(sums[copy * count + result]);
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
      whole = combine(whole, sums[copies * count + result]);
    results.push_back(combine(nest.outputs[result].loadScalar(b, loc, ivs), whole));
  }
  storeResults({0, {}}, results);
}

void VectorLoops::emitReduction() {
  SmallVector<Value> sums = identities();
  forAll(loopsOf(utils::IteratorType::reduction, loop), sums,
         [&] { alongVector(sums, [&](Width width) { accumulate(width, sums); }); });
  combineAndStore(sums);
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

/// The reduction to run in vectors, where inputs have a unit stride.
static std::optional<unsigned> chooseReduction(const LoopNest &nest) {
  for (unsigned result = 0; result < nest.outputs.size(); ++result)
    if (!findCombiner(nest.op, result))
      return std::nullopt;
  return nest.largest([&](unsigned loop) {
    auto is = [&](Along along) { return [=](const OperandAccess &access) { return access.along(loop) == along; }; };
    return !nest.isParallel(loop) && llvm::all_of(nest.outputs, is(Along::same)) &&
           llvm::none_of(nest.inputs, is(Along::apart)) && llvm::any_of(nest.inputs, is(Along::consecutive));
  });
}

LogicalResult vectoriseLoops(GenericOp op, VectorTarget target) {
  LoopNest nest(op);
  if (!nest.body.isElementwise || !nest.body.widest)
    return failure();
  // A result that a later iteration overwrites is no sum.
  if (!nest.isAllParallel() &&
      llvm::any_of(op.getRegionOutputArgs(), [](BlockArgument sum) { return sum.use_empty(); }))
    return failure();
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
