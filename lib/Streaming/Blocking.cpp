//===- Blocking.cpp - how large the tiles of a sweep are ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Cost.h"
#include "lib/Streaming/Operands.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <cmath>

using namespace mlir;

namespace theria::streaming {

/// The size of an axis from the type of a pair value, or from an operand that has it; 1 where the sweep has no pairs
/// along it, but only others of its stream.
static OpFoldResult axisSize(IndexBuilder &index, const Sweep &sweep, Axis axis) {
  OpFoldResult size;
  bool isThere = false;
  auto see = [&](Value value, const Layout &layout) {
    auto at = llvm::find(layout, axis);
    if (!size && at != layout.end())
      size = index.size(value, at - layout.begin());
  };
  for (Operation *op : operationsOf(sweep))
    for (Value value :
         llvm::concat<Value>(SmallVector<Value>(op->getOperands()), SmallVector<Value>(op->getResults()))) {
      if (!isPair(value))
        continue;
      const Layout &layout = sweep.stream->layouts.at(value);
      auto at = llvm::find(layout, axis);
      auto type = cast<RankedTensorType>(value.getType());
      isThere |= at != layout.end();
      if (at != layout.end() && !type.isDynamicDim(at - layout.begin()))
        return index.constant(type.getDimSize(at - layout.begin()));
    }
  for (Operation *op : operationsOf(sweep)) {
    if (auto cast = dyn_cast<PairCastOp>(op); cast && isPair(cast.getResult()))
      see(cast.getSource(), sweep.stream->layouts.at(cast.getResult()));
    auto einsum = dyn_cast<EinsumOp>(op);
    if (einsum)
      forEachOutside(sweep, einsum, see);
    // Sizes given for the dynamic dimensions of the result.
    OperandRange given = einsum ? einsum.getSizes() : OperandRange(op->operand_end(), op->operand_end());
    if (auto coord = dyn_cast<CoordOp>(op))
      given = coord.getSizes();
    if (auto splat = dyn_cast<tensor::SplatOp>(op))
      given = splat.getDynamicSizes();
    if (given.empty())
      continue;
    auto type = mlir::cast<RankedTensorType>(op->getResult(0).getType());
    std::string fresh = einsum ? einsum.getLabels().newLabels() : "";
    unsigned next = 0;
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      bool isGiven = type.isDynamicDim(dim) && (!einsum || StringRef(fresh).contains(einsum.getLabels().result[dim]));
      if (!isGiven)
        continue;
      Value here = given[next++];
      if (!size && isPair(op->getResult(0)) && sweep.stream->layouts.at(op->getResult(0))[dim] == axis)
        size = here;
    }
  }
  return isThere ? size : index.constant(1);
}

//===----------------------------------------------------------------------===//
// What the owner of a block of rows holds
//===----------------------------------------------------------------------===//

using Order = llvm::SetVector<Operation *>;

static void visit(Operation *op, Order &order) {
  for (Value operand : op->getOperands())
    if (isPair(operand) && !order.contains(operand.getDefiningOp()))
      visit(operand.getDefiningOp(), order);
  order.insert(op);
}

/// The operations of a level in the order in which tiles are made: those that a reduction needs, then the reduction; or
/// all pairs first.
static Order orderOf(const Sweep &sweep, int level, bool pairsFirst) {
  Order order;
  SmallVector<Operation *> reductions =
      llvm::filter_to_vector(sweep.reductions, [&](Operation *op) { return sweep.levels.lookup(op) == level; });
  if (pairsFirst)
    for (Operation *op : reductions)
      for (Value operand : op->getOperands())
        if (isPair(operand))
          visit(operand.getDefiningOp(), order);
  for (Operation *op : reductions)
    visit(op, order);
  return order;
}

/// Whether each element of a tile follows from those of the operands, or of a row or a column.
static bool followsByElement(Operation *op) {
  if (auto einsum = dyn_cast<EinsumOp>(op))
    return isPair(einsum.getResult()) && multiplyAddsOfPair(einsum) == 0;
  return isPair(op->getResult(0)) && !isa<GatherOp, PairCastOp>(op);
}

/// Whether a tile repeats a row or a column.
static bool repeatsLine(Operation *op) {
  auto einsum = dyn_cast<EinsumOp>(op);
  return einsum && followsByElement(op) && einsum.getInputs().size() == 1 && !isPair(einsum.getInputs().front());
}

/// The bytes of a tile for each pair, of a boolean those of a register; none of what is made of a row, a column,
/// positions or a number.
static int64_t tileBytes(Operation *op) {
  const bool isMade = repeatsLine(op) || isa<CoordOp, tensor::SplatOp>(op) || op->hasTrait<OpTrait::ConstantLike>();
  return isMade || !isPair(op->getResult(0)) ? 0 : std::max<int64_t>(elementBytes(op->getResult(0).getType()), 4);
}

/// The bytes of tiles for each pair where most are alive. What is computed element by element lies between tiles.
static int64_t mostLiveBytes(const Order &order) {
  llvm::SmallDenseMap<Operation *, Operation *> lastReader;
  for (Operation *op : order)
    for (Value operand : op->getOperands())
      if (isPair(operand))
        lastReader[operand.getDefiningOp()] = op;
  int64_t live = 0, most = 0;
  for (Operation *op : order) {
    live += tileBytes(op);
    if (!followsByElement(op))
      most = std::max(most, live);
    for (Value operand : llvm::SmallSetVector<Value, 4>(op->operand_begin(), op->operand_end()))
      if (isPair(operand) && lastReader.lookup(operand.getDefiningOp()) == op)
        live -= tileBytes(operand.getDefiningOp());
  }
  return most;
}

bool makesPairsFirst(const Sweep &sweep, int level) {
  return sweep.oneSided && mostLiveBytes(orderOf(sweep, level, true)) < mostLiveBytes(orderOf(sweep, level, false));
}

/// Dimensions of tiles that a GPU's threads share are multiples of this.
static constexpr int64_t oneSidedMultiple = 16;

/// The bytes of what a sweep adds up for each row.
static int64_t bytesOfRow(const Sweep &sweep, int64_t featureTile) {
  int64_t bytes = 0;
  for (const Accumulator &accumulator : sweep.accumulators) {
    auto type = cast<RankedTensorType>(accumulator.value().getType());
    int64_t elements = 1;
    for (auto [axis, size] : llvm::zip(sweep.stream->resultLayout(accumulator.terms.front()), type.getShape()))
      if (axis == kFeature)
        elements *=
            ShapedType::isDynamic(size) ? std::max<int64_t>(featureTile, 1) : llvm::alignTo(size, oneSidedMultiple);
    bytes += elements * elementBytes(type);
  }
  return bytes;
}

/// The tile along an axis of a one-sided sweep: no longer than the axis where its size is known.
static int64_t tileWithin(int64_t most, const Blocking &blocks) {
  std::optional<int64_t> size = getConstantIntValue(blocks.size);
  return size ? std::min<int64_t>(most, llvm::alignTo(std::max<int64_t>(*size, 1), oneSidedMultiple)) : most;
}

/// What a level holds, in bytes of each pair: tiles; and of each pair of a tile that repeats a row or a column.
struct PairBytes {
  int64_t tiles = 0, lines = 0;
};

static PairBytes pairBytes(const Sweep &sweep) {
  PairBytes most;
  for (int level = 0; level < sweep.levelCount; ++level) {
    const Order order = orderOf(sweep, level, makesPairsFirst(sweep, level));
    int64_t lines = 0;
    for (Operation *op : order)
      if (repeatsLine(op))
        lines += elementBytes(op->getResult(0).getType());
    most = {std::max(most.tiles, mostLiveBytes(order)), std::max(most.lines, lines)};
  }
  return most;
}

/// The bytes that an owner of rows holds of a sweep: some warps of a GPU, of which each thread has about as many rows
/// as columns of a tile.
static double bytesOfOwner(const Sweep &sweep, const PairBytes &ofPair, const TileSizes &sizes, double threads) {
  const double pairs = double(sizes.rows) * double(sizes.cols);
  const double linesOfTile = double(ofPair.lines) / std::sqrt(std::max(pairs / threads, 1.0));
  return double(sizes.rows * bytesOfRow(sweep, sizes.features)) + pairs * (double(ofPair.tiles) + linesOfTile);
}

/// What the threads of an owner read together, in bytes of a row and of a column, with what keeps rows of memory apart.
struct OperandBytes {
  int64_t row = 0, column = 0;
  int64_t widest = 0; ///< element
};

static constexpr int64_t paddingBytes = 16;

static OperandBytes operandBytes(const Sweep &sweep, int64_t featureTile) {
  const Stream &stream = *sweep.stream;
  llvm::SmallDenseSet<Value> seen;
  OperandBytes bytes;
  for (Operation *op : operationsOf(sweep)) {
    auto einsum = dyn_cast<EinsumOp>(op);
    if (!einsum)
      continue;
    forEachOutside(sweep, einsum, [&](Value value, const Layout &layout) {
      auto feature = llvm::find(layout, kFeature);
      const bool isOfRows = llvm::is_contained(layout, stream.rows);
      if (feature == layout.end() || (!isOfRows && !llvm::is_contained(layout, stream.cols)) ||
          !seen.insert(value).second)
        return;
      auto extension = value.getDefiningOp<arith::ExtFOp>();
      const int64_t width = elementBytes(extension ? extension.getIn().getType() : value.getType());
      const int64_t size = cast<RankedTensorType>(value.getType()).getDimSize(feature - layout.begin());
      const int64_t features =
          ShapedType::isDynamic(size) ? std::max<int64_t>(featureTile, 1) : llvm::alignTo(size, oneSidedMultiple);
      (isOfRows ? bytes.row : bytes.column) += features * width + paddingBytes;
      bytes.widest = std::max(bytes.widest, width);
    });
  }
  return bytes;
}

/// The bytes of tiles of operands, and of two pair values.
static int64_t bytesShared(const OperandBytes &bytes, const TileSizes &sizes) {
  return sizes.rows * bytes.row + sizes.cols * bytes.column +
         2 * sizes.rows * (sizes.cols * bytes.widest + paddingBytes);
}

/// Whether a sweep multiplies what it reads as bf16 or f16.
static bool multipliesSmallFloats(const Sweep &sweep) {
  bool isSmall = false;
  for (Operation *op : operationsOf(sweep))
    if (auto einsum = dyn_cast<EinsumOp>(op))
      forEachOutside(sweep, einsum, [&](Value value, const Layout &layout) {
        auto extension = value.getDefiningOp<arith::ExtFOp>();
        isSmall |= extension && elementBytes(extension.getIn().getType()) == 2;
      });
  return isSmall;
}

/// Smaller tiles, but of 16 rows and columns, where an owner of rows would hold too much: fewer columns for what
/// threads read together, then fewer rows, which are worth more than columns beyond 32 and than half of the threads,
/// then columns, for what they add up. Twice the rows, and threads, where much is read for each column.
static TileSizes fit(const Sweep &sweep, TileSizes sizes) {
  if (!sizes.heldBytes)
    return sizes;
  const PairBytes ofPair = pairBytes(sweep);
  // What lies between tiles takes twice the registers in f64, by what ptxas says of many kernels.
  const bool isF64 = llvm::any_of(
      sweep.pairOps, [](Operation *op) { return getElementTypeOrSelf(op->getResult(0).getType()).isF64(); });
  const bool canHaveTwice = sizes.heldBytesOfWideOwners && multipliesSmallFloats(sweep);
  bool hasTwice = false;
  // Where warps have fewer rows and share columns, they exchange what they computed.
  auto most = [&](const TileSizes &tiles) -> double {
    if (hasTwice)
      return tiles.rows == sizes.rows ? double(sizes.heldBytesOfWideOwners) : 0;
    if (canHaveTwice && tiles.rows == sizes.rows) // With half the threads, which wait for each other less.
      return double(sizes.heldBytesOfWideOwners) * 0.52;
    return double(tiles.rows < sizes.rows ? sizes.heldBytesOfFewRows : sizes.heldBytes) * (isF64 ? 0.6 : 1.0);
  };
  auto isHeld = [&](const TileSizes &tiles) {
    constexpr double threads = 128;
    return bytesOfOwner(sweep, ofPair, tiles, hasTwice ? 2 * threads : threads) <= most(tiles);
  };
  const OperandBytes operands = operandBytes(sweep, sizes.features);
  auto isShared = [&](const TileSizes &tiles) {
    return !sizes.sharedBytes || bytesShared(operands, tiles) <= sizes.sharedBytes;
  };
  auto halve = [](int64_t &size) { size = llvm::alignTo(size / 2, oneSidedMultiple); };
  TileSizes fitted = sizes;
  constexpr int64_t enoughCols = 32;
  fitted.cols = std::min(sizes.cols, enoughCols);
  while (!isShared(fitted) && fitted.cols > oneSidedMultiple)
    halve(fitted.cols);
  if (!isHeld(fitted) && canHaveTwice) {
    hasTwice = true;
    hasTwice = isHeld(fitted);
  }
  for (int64_t *size : {&fitted.rows, &fitted.cols})
    while (!(isHeld(fitted) && isShared(fitted)) && *size > oneSidedMultiple)
      halve(*size);
  TileSizes wider = fitted;
  while ((wider.cols *= 2) <= std::min(sizes.cols, 2 * wider.rows) && isHeld(wider) && isShared(wider))
    fitted = wider;
  TileSizes tall = fitted;
  tall.rows *= 2;
  // By what an H200 does faster.
  constexpr int64_t muchForColumn = 1024;
  const bool isTall = canHaveTwice && !hasTwice && fitted.rows == sizes.rows && operands.column >= muchForColumn;
  return isTall && isShared(tall) ? tall : fitted;
}

/// The blocks along rows or columns of a sweep that shares them among threads of a CPU: as many as needed, as equal as
/// vectors allow.
static int64_t evenTile(int64_t most, int64_t size, bool isCols) {
  int64_t count = std::max<int64_t>(llvm::divideCeil(size, most), 1);
  int64_t even = std::max<int64_t>(llvm::divideCeil(size, count), 1);
  constexpr int64_t vector = 16;
  return isCols && even > vector ? llvm::alignTo(even, vector) : even;
}

SmallVector<Blocking> chooseBlocking(OpBuilder &builder, Location loc, const Sweep &sweep, const TileSizes &sizes) {
  IndexBuilder index(builder, loc);
  const Stream &stream = *sweep.stream;
  SmallVector<Blocking> blocking(stream.axisCount);
  for (Axis axis = 0; axis < stream.axisCount; ++axis)
    blocking[axis].size = axisSize(index, sweep, axis);
  TileSizes tiles = sizes;
  if (sweep.oneSided) {
    tiles.cols = tileWithin(tiles.cols, blocking[stream.cols]);
    tiles = fit(sweep, tiles);
    tiles.rows = tileWithin(tiles.rows, blocking[stream.rows]);
  }
  for (Axis axis : {stream.rows, stream.cols}) {
    Blocking &blocks = blocking[axis];
    std::optional<int64_t> size = getConstantIntValue(blocks.size);
    blocks.tile = axis == stream.rows ? tiles.rows : tiles.cols;
    if (size && !sweep.oneSided)
      blocks.tile = evenTile(blocks.tile, *size, axis == stream.cols);
    blocks.exact = size && *size % blocks.tile == 0;
  }
  for (Blocking &blocks : blocking)
    blocks.count = index.ceilDivide(blocks.size, blocks.tile);
  return blocking;
}

} // namespace theria::streaming
