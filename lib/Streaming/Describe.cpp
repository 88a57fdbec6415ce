//===- Describe.cpp - fills the record of streaming -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bytes moved follow a simple model: a block visit reads each operand over columns and each strip that its level needs,
// writes the strips that it fills, and reads and writes each accumulator over columns or pairs; a block of rows reads
// its operands over rows and writes its results once for each level that needs them.
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Describe.h"

#include "lib/Streaming/Cost.h"
#include "lib/Streaming/Operands.h"
#include "lib/Streaming/Predicate.h"
#include "lib/Streaming/SymbolicSizes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace theria::streaming {

namespace {

/// Describes one sweep; operations made on the way stand in a block of their own.
class SweepDescriber {
public:
  SweepDescriber(OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes, Report &report)
      : builder(builder), loc(sweep.reductions.front()->getLoc()), sweep(sweep), stream(*sweep.stream),
        symbolic(builder, report.symbols), blocking(chooseBlocking(builder, loc, sweep, sizes)) {}

  SweepReport run();
  Quantity axisSize(Axis axis) { return symbolic.of(blocking[axis].size); }

private:
  void addLevel(int level);
  void addPair(Value value, int level, llvm::SmallDenseSet<Value> &seen);
  void addTerms(Operation *op, int level, llvm::SmallDenseSet<Value> &seen);
  void addProduct(Operation *op, int level);
  void addRead(Value value, const Layout &layout, llvm::SmallDenseSet<Value> &seen);
  void addResult(const Accumulator &accumulator);
  void addStrips();
  void addMasks(TileBuilder &tiles);
  void addPacked(TileBuilder &tiles);
  Quantity blocksBut(Axis left);
  Quantity elementBytes(Value value);
  /// Moves bytes in each block, or in each block of rows.
  void move(bool eachBlock, Quantity bytes);
  Quantity product(ArrayRef<Quantity> factors) { return symbolic.product(factors); }
  Quantity tileOf(Value value, const Layout &layout, ArrayRef<OpFoldResult> sizes);
  Quantity pairTile(Value value);
  std::string reasonOf(Value value) const;

  OpBuilder &builder;
  Location loc;
  const Sweep &sweep;
  const Stream &stream;
  SymbolicSizes symbolic;
  SmallVector<Blocking> blocking;
  SweepReport report;
  Quantity blockBytes, rowBlockBytes;
  llvm::SmallDenseSet<Operation *> useful; ///< products that were counted; again, they are no use of their own
};

} // namespace

/// A stream that isn't transposed has the rows as its first axis.
static std::string nameOf(Axis axis) {
  return axis == 0 ? "rows" : axis == 1 ? "columns" : "batch " + std::to_string(axis - 2);
}

/// The operation that makes a value, with what tells it from others of its name.
static std::string nameOf(Operation *op) {
  std::string name = op->getName().getStringRef().str();
  if (auto einsum = dyn_cast<EinsumOp>(op))
    name += " \"" + einsum.getLabels().str() + "\"";
  return name;
}

Quantity SweepDescriber::elementBytes(Value value) {
  return symbolic.constant(streaming::elementBytes(value.getType()));
}

/// How many blocks there are along all axes but one.
Quantity SweepDescriber::blocksBut(Axis left) {
  Quantity all = symbolic.constant(1);
  for (Axis axis = 0; axis < stream.axisCount; ++axis)
    if (axis != left)
      all = product({all, symbolic.of(blocking[axis].count)});
  return all;
}

/// The bytes of the part of a tensor that belongs to one block.
Quantity SweepDescriber::tileOf(Value value, const Layout &layout, ArrayRef<OpFoldResult> sizes) {
  Quantity bytes = elementBytes(value);
  for (auto [axis, size] : llvm::zip(layout, sizes))
    if (axis == kFeature)
      bytes = product({bytes, symbolic.of(size)});
    else if (!stream.isBatch(axis))
      bytes = product({bytes, symbolic.constant(blocking[axis].tile)});
  return bytes;
}

Quantity SweepDescriber::pairTile(Value value) {
  return product({elementBytes(value), symbolic.constant(blocking[stream.rows].tile),
                  symbolic.constant(blocking[stream.cols].tile)});
}

void SweepDescriber::move(bool eachBlock, Quantity bytes) {
  Quantity &sum = eachBlock ? blockBytes : rowBlockBytes;
  sum = symbolic.sum(sum, bytes);
}

/// A contraction of two tensors with features: 2 operations for each of its terms.
void SweepDescriber::addProduct(Operation *op, int level) {
  auto einsum = dyn_cast<EinsumOp>(op);
  if (!einsum || einsum.getInputs().size() < 2)
    return;
  Equation equation = einsum.getLabels();
  LabelAxes axes = stream.labelAxes(einsum);
  Quantity flop = symbolic.constant(2);
  llvm::SmallDenseSet<char> seen;
  bool hasFeatures = false;
  for (auto [input, labels] : llvm::zip(einsum.getInputs(), equation.inputs))
    for (auto [dim, label] : llvm::enumerate(labels))
      if (seen.insert(label).second) {
        auto axis = axes.find(label);
        hasFeatures |= axis == axes.end();
        flop = product({flop, axis == axes.end() ? symbolic.of(tensor::getMixedSize(builder, loc, input, dim))
                                                 : axisSize(axis->second)});
      }
  if (!hasFeatures)
    return;
  report.products.push_back({level, equation.str()});
  if (useful.insert(op).second)
    report.flop = symbolic.sum(report.flop, flop);
}

/// What a block reads of a tensor that is no pair.
void SweepDescriber::addRead(Value value, const Layout &layout, llvm::SmallDenseSet<Value> &seen) {
  bool overCols = llvm::is_contained(layout, stream.cols), overRows = llvm::is_contained(layout, stream.rows);
  if (!(overCols || overRows) || sweep.rowLayouts.contains(value) || !seen.insert(value).second)
    return;
  move(overCols, tileOf(value, layout, tensor::getMixedSizes(builder, loc, value)));
}

void SweepDescriber::addTerms(Operation *op, int level, llvm::SmallDenseSet<Value> &seen) {
  for (Value operand : op->getOperands())
    addPair(operand, level, seen);
  if (auto einsum = dyn_cast<EinsumOp>(op))
    for (auto [input, labels] : llvm::zip(einsum.getInputs(), einsum.getLabels().inputs))
      if (!isPair(input))
        addRead(input, stream.layoutOf(einsum, labels), seen);
  if (auto cast = dyn_cast<PairCastOp>(op); cast && !isPair(cast.getSource()))
    addRead(cast.getSource(), stream.layouts.at(cast.getResult()), seen);
  addProduct(op, level);
}

/// What is computed again only because something else is has no reason of its own.
std::string SweepDescriber::reasonOf(Value value) const {
  auto found = sweep.reasons.find(value);
  return found == sweep.reasons.end() ? "needed for what is computed again" : found->second;
}

/// A pair value that a level needs: from a strip, or computed.
void SweepDescriber::addPair(Value value, int level, llvm::SmallDenseSet<Value> &seen) {
  if (!isPair(value) || !seen.insert(value).second)
    return;
  int own = sweep.levelOf(value);
  if (sweep.strips.contains(value) && own < level)
    return move(true, pairTile(value));
  Operation *op = value.getDefiningOp();
  if (own < level && !op->hasTrait<OpTrait::ConstantLike>())
    report.recomputed.push_back({nameOf(op), reasonOf(value)});
  addTerms(op, level, seen);
}

void SweepDescriber::addLevel(int level) {
  llvm::SmallDenseSet<Value> seen;
  for (Operation *op : sweep.reductions)
    if (sweep.levels.lookup(op) == level)
      addTerms(op, level, seen);
  for (auto &[value, strip] : sweep.strips)
    if (sweep.levelOf(value) == level) {
      addPair(value, level, seen);
      move(true, pairTile(value));
    }
}

/// What reductions add to.
void SweepDescriber::addResult(const Accumulator &accumulator) {
  Operation *op = accumulator.terms.front();
  Value value = accumulator.value();
  Layout layout = stream.resultLayout(op);
  SmallVector<OpFoldResult> sizes = resultSizes(builder, loc, sweep, blocking, op);
  bool overRows = llvm::is_contained(layout, stream.rows), overCols = llvm::is_contained(layout, stream.cols);
  Quantity tile = tileOf(value, layout, sizes), whole = elementBytes(value);
  for (OpFoldResult size : sizes)
    whole = product({whole, symbolic.of(size)});
  report.resultBytes = symbolic.sum(report.resultBytes, whole);
  std::string name =
      llvm::join(llvm::map_range(accumulator.terms, [](Operation *term) { return nameOf(term); }), " + ");
  if (overRows && !overCols) {
    report.accumulators.push_back({nameOf(stream.rows), name, tile});
    return move(false, tile);
  }
  report.accumulators.push_back({overRows ? "pairs" : overCols ? "columns" : "all", name, whole});
  move(true, product({symbolic.constant(2), tile}));
}

void SweepDescriber::addStrips() {
  for (auto &[value, strip] : sweep.strips)
    report.kept.push_back({nameOf(value.getDefiningOp()), reasonOf(value)});
  report.strips = sweep.stripTypes.size();
  report.stripBytes = symbolic.constant(0);
  SmallVector<bool> counted(sweep.stripTypes.size());
  for (auto &[value, strip] : sweep.strips)
    if (!counted[strip]) {
      counted[strip] = true;
      report.stripBytes =
          symbolic.sum(report.stripBytes, product({pairTile(value), symbolic.of(blocking[stream.cols].count)}));
    }
}

/// What is known of the masks on a block whose place isn't.
void SweepDescriber::addMasks(TileBuilder &tiles) {
  for (Axis axis = 0; axis < stream.axisCount; ++axis)
    tiles.moveTo(axis, builder.getInsertionBlock()->addArgument(builder.getIndexType(), loc));
  bool someKnownFull = true, allKnownFull = true, someEmpty = false;
  const SweepMasks sweepMasks = masksOf(sweep);
  for (Value mask : sweepMasks.masks) {
    BlockMask bound = boundMask(tiles, mask);
    someKnownFull &= !matchPattern(bound.all, m_Zero());
    allKnownFull &= matchPattern(bound.all, m_One());
    someEmpty |= !matchPattern(bound.any, m_One());
  }
  bool edges = tiles.edges;
  report.empty = sweepMasks.everywhere && someEmpty ? "by predicate" : "none";
  report.full = !someKnownFull ? "none" : allKnownFull ? (edges ? "but edges" : "all") : "by predicate";
  report.mixed = !someKnownFull ? "all" : allKnownFull ? (edges ? "edges" : "none") : "by predicate";
}

/// The blocks of each operand over columns that is copied.
void SweepDescriber::addPacked(TileBuilder &tiles) {
  packColumnOperands(tiles);
  for (auto &[key, packed] : tiles.packed) {
    Quantity bytes = product({tileOf(key.value, key.layout, tensor::getMixedSizes(builder, loc, key.value)),
                              symbolic.of(blocking[stream.cols].count)});
    for (Axis axis : key.layout)
      if (stream.isBatch(axis))
        bytes = product({bytes, axisSize(axis)});
    report.packedBytes = symbolic.sum(report.packedBytes, bytes);
  }
}

SweepReport SweepDescriber::run() {
  report.levels = sweep.levelCount;
  report.tile = {blocking[stream.rows].tile, blocking[stream.cols].tile};
  report.blocks = blocksBut(kFeature);
  report.packedBytes = report.resultBytes = report.flop = blockBytes = rowBlockBytes = symbolic.constant(0);
  for (int level = 0; level < sweep.levelCount; ++level)
    addLevel(level);
  for (const Accumulator &accumulator : sweep.accumulators)
    addResult(accumulator);
  addStrips();
  TileBuilder tiles(builder, loc, sweep, blocking, /*featureTile=*/0);
  tiles.edges = needsEdges(tiles);
  addMasks(tiles);
  addPacked(tiles);
  report.bytes = symbolic.sum(product({report.blocks, blockBytes}), product({blocksBut(stream.cols), rowBlockBytes}));
  return std::move(report);
}

/// How often the loops around a block run it.
static Quantity countRuns(SymbolicSizes &symbolic, Block &block) {
  Quantity runs = symbolic.constant(1);
  for (Operation *op = block.getParentOp(); op && !isa<FunctionOpInterface>(op); op = op->getParentOp()) {
    auto loop = dyn_cast<scf::ForOp>(op);
    std::optional<llvm::APInt> trips = loop ? loop.getStaticTripCount() : std::nullopt;
    runs = symbolic.product({runs, trips ? symbolic.constant(trips->getSExtValue()) : Quantity()});
  }
  return runs;
}

void describe(ArrayRef<Stream> streams, ArrayRef<Step> steps, const TileSizes &sizes, Report &report) {
  size_t first = report.streams.size();
  report.streams.resize(first + streams.size());
  for (const Step &step : steps) {
    const auto *sweep = std::get_if<Sweep>(&step);
    if (!sweep)
      continue;
    Block scratch;
    OpBuilder builder(sweep->reductions.front()->getContext());
    builder.setInsertionPointToEnd(&scratch);
    StreamReport &stream = report.streams[first + sweep->stream->number];
    SymbolicSizes symbolic(builder, report.symbols);
    SweepDescriber describer(builder, *sweep, sizes, report);
    stream.runs = countRuns(symbolic, *sweep->reductions.front()->getBlock());
    if (stream.axes.empty())
      for (Axis axis = 0; axis < sweep->stream->axisCount; ++axis)
        stream.axes.push_back({nameOf(axis), describer.axisSize(axis)});
    stream.sweeps.push_back(describer.run());
  }
  // What nothing reads is not computed.
  llvm::erase_if(report.streams, [](const StreamReport &stream) { return stream.sweeps.empty(); });
}

} // namespace theria::streaming
