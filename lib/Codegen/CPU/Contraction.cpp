//===- Contraction.cpp - contractions as calls of kernels ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Contraction.h"

#include "lib/Codegen/CPU/OperandAccess.h"
#include "lib/Codegen/CPU/Passes.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using linalg::GenericOp;

namespace theria::cpu {

/// What a dimension of unknown size counts as, where the larger of two is chosen.
static constexpr int64_t kNominalSize = 1024;
/// Rows of A below which packing B costs more than it saves.
static constexpr int64_t kFewRows = 4;

namespace {

/// A generic as a product of matrices: which operand is A and which B, and
/// which loops are m, n and k.
struct MatrixProduct {
  unsigned a, b;
  unsigned m, n, k;
};

} // namespace

/// Whether the body is out + left*right.
static bool isMultiplyAdd(GenericOp op) {
  Block *body = op.getBody();
  if (op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1)
    return false;
  Type element = body->getArgument(0).getType();
  if (!element.isF32() && !element.isF64())
    return false;
  Value left = body->getArgument(0), right = body->getArgument(1), sum = body->getArgument(2);
  auto areFactors = [&](Value first, Value second) {
    return (first == left && second == right) || (first == right && second == left);
  };
  Operation *last = body->getTerminator()->getOperand(0).getDefiningOp();
  if (auto fma = dyn_cast_or_null<math::FmaOp>(last))
    return areFactors(fma.getA(), fma.getB()) && fma.getC() == sum;
  auto add = dyn_cast_or_null<arith::AddFOp>(last);
  if (!add || (add.getLhs() != sum && add.getRhs() != sum))
    return false;
  auto product = (add.getLhs() == sum ? add.getRhs() : add.getLhs()).getDefiningOp<arith::MulFOp>();
  return product && areFactors(product.getLhs(), product.getRhs());
}

/// Whether every operand is an array of which each element is visited by the loops of its map alone.
static bool isOverMatrices(GenericOp op) {
  return llvm::all_of(llvm::zip_equal(op->getOperands(), op.getIndexingMapsArray()), [](auto pair) {
    auto [operand, map] = pair;
    return isa<MemRefType>(operand.getType()) && map.isProjectedPermutation();
  });
}

static bool visits(GenericOp op, unsigned operand, unsigned loop) {
  return op.getIndexingMapsArray()[operand].isFunctionOfDim(loop);
}

static Along along(GenericOp op, unsigned operand, unsigned loop) {
  return accessAlong(op->getOperand(operand).getType(), op.getIndexingMapsArray()[operand], loop);
}

/// The largest of the loops that `fits` holds for.
static std::optional<unsigned> largest(GenericOp op, function_ref<bool(unsigned)> fits) {
  SmallVector<int64_t> sizes = op.getStaticLoopRanges();
  std::optional<unsigned> best;
  auto size = [&](unsigned loop) { return ShapedType::isDynamic(sizes[loop]) ? kNominalSize : sizes[loop]; };
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
    if (fits(loop) && (!best || size(loop) > size(*best)))
      best = loop;
  return best;
}

/// `op` as a product with B = `b`; nothing where it is none.
static std::optional<MatrixProduct> matchWith(GenericOp op, unsigned b, bool isUnit) {
  const unsigned a = 1 - b, c = 2;
  auto n = largest(op, [&](unsigned loop) {
    return visits(op, b, loop) && !visits(op, a, loop) && along(op, c, loop) == Along::consecutive &&
           (!isUnit || along(op, b, loop) == Along::consecutive);
  });
  auto m =
      largest(op, [&](unsigned loop) { return visits(op, a, loop) && visits(op, c, loop) && !visits(op, b, loop); });
  auto k =
      largest(op, [&](unsigned loop) { return visits(op, a, loop) && visits(op, b, loop) && !visits(op, c, loop); });
  if (!n || !m || !k ||
      (!isUnit && op.getStaticLoopRanges()[*m] < kFewRows && !ShapedType::isDynamic(op.getStaticLoopRanges()[*m])))
    return std::nullopt;
  return MatrixProduct{a, b, *m, *n, *k};
}

/// The product that `op` is, with a B that needs no packing where there is one.
static std::optional<MatrixProduct> match(GenericOp op) {
  if (!isMultiplyAdd(op) || !isOverMatrices(op))
    return std::nullopt;
  for (bool isUnit : {true, false})
    for (unsigned b : {1, 0})
      if (auto product = matchWith(op, b, isUnit))
        return product;
  return std::nullopt;
}

/// Whether `value` is overwritten with zeros before `op`, and read by nobody
/// between: by the fill that is returned.
static linalg::FillOp findZeroFill(Value value, Operation *op) {
  Block *block = op->getBlock();
  auto isZeroFill = [&](Operation *user) {
    auto fill = dyn_cast<linalg::FillOp>(user);
    return fill && fill->getBlock() == block && fill.getOutputs()[0] == value && fill->isBeforeInBlock(op) &&
           matchPattern(fill.getInputs()[0], m_PosZeroFloat());
  };
  Operation *before = op->getPrevNode();
  while (before && isMemoryEffectFree(before))
    before = before->getPrevNode();
  if (before && isZeroFill(before))
    return cast<linalg::FillOp>(before);

  // Of an array that nothing else can name, it is enough to look at the uses.
  if (!value.getDefiningOp() || !isa<memref::AllocOp, memref::AllocaOp>(value.getDefiningOp()))
    return {};
  linalg::FillOp fill;
  for (Operation *user : value.getUsers())
    if (isZeroFill(user) && (!fill || fill->isBeforeInBlock(user)))
      fill = cast<linalg::FillOp>(user);
  for (Operation *user : value.getUsers()) {
    Operation *ancestor = block->findAncestorOpInBlock(*user);
    bool isAfter = ancestor && op->isBeforeInBlock(ancestor);
    if (!fill || user == op || user == fill || isAfter)
      continue;
    if (llvm::any_of(user->getResultTypes(), llvm::IsaPred<BaseMemRefType>) ||
        (ancestor && fill->isBeforeInBlock(ancestor)))
      return {};
  }
  return fill;
}

namespace {

/// Emits the loops around a kernel and its call.
class CallEmitter {
public:
  CallEmitter(GenericOp op, const MatrixProduct &product) : op(op), product(product), b(op), loc(op.getLoc()) {}
  void emit(ContractionKernels &kernels);

private:
  UnitStride unitStride(unsigned operand, unsigned row, unsigned column);
  Value view(unsigned operand, unsigned row, unsigned column, UnitStride unit, ArrayRef<Value> ivs);
  bool isInKernel(unsigned loop) { return loop == product.m || loop == product.n || loop == product.k; }

  GenericOp op;
  MatrixProduct product;
  OpBuilder b;
  Location loc;
};

} // namespace

UnitStride CallEmitter::unitStride(unsigned operand, unsigned row, unsigned column) {
  if (along(op, operand, column) == Along::consecutive)
    return UnitStride::second;
  return along(op, operand, row) == Along::consecutive ? UnitStride::first : UnitStride::none;
}

/// The matrix of an operand at `ivs` of the loops outside the kernel.
Value CallEmitter::view(unsigned operand, unsigned row, unsigned column, UnitStride unit, ArrayRef<Value> ivs) {
  AffineMap map = op.getIndexingMapsArray()[operand];
  Value memory = op->getOperand(operand);
  auto metadata = memref::ExtractStridedMetadataOp::create(b, loc, memory);
  auto mul = [&](Value left, Value right) { return b.createOrFold<arith::MulIOp>(loc, left, right); };
  Value offset = metadata.getOffset();
  SmallVector<OpFoldResult> sizes(2), strides(2);
  for (auto [dim, loop] : llvm::enumerate(map.getResults())) {
    const unsigned position = cast<AffineDimExpr>(loop).getPosition();
    if (!isInKernel(position)) {
      Value distance = mul(ivs[position], metadata.getStrides()[dim]);
      offset = b.createOrFold<arith::AddIOp>(loc, offset, distance);
      continue;
    }
    sizes[position == column] = memref::DimOp::create(b, loc, memory, dim).getResult();
    strides[position == column] = metadata.getStrides()[dim];
  }
  if (unit != UnitStride::none)
    strides[unit == UnitStride::second] = b.getIndexAttr(1);
  Type element = cast<MemRefType>(memory.getType()).getElementType();
  return memref::ReinterpretCastOp::create(b, loc, matrixType(element, unit), metadata.getBaseBuffer(), offset, sizes,
                                           strides);
}

void CallEmitter::emit(ContractionKernels &kernels) {
  const auto [a, rhs, m, n, k] = product;
  const unsigned c = 2;
  SmallVector<Range> ranges = cast<linalg::LinalgOp>(op.getOperation()).createLoopRanges(b, loc);
  KernelKind kind = {op.getBody()->getArgument(0).getType(), unitStride(a, m, k), unitStride(rhs, k, n), false};
  bool sumsOutside = false;
  SmallVector<Value> ivs(ranges.size());
  Value zero = arith::ConstantIndexOp::create(b, loc, 0), one = arith::ConstantIndexOp::create(b, loc, 1);
  for (auto [loop, range] : llvm::enumerate(ranges)) {
    if (isInKernel(loop))
      continue;
    sumsOutside |= !visits(op, c, loop);
    Value size = getValueOrCreateConstantIndexOp(b, loc, range.size);
    auto forOp = scf::ForOp::create(b, loc, zero, size, one);
    b.setInsertionPointToStart(forOp.getBody());
    ivs[loop] = forOp.getInductionVar();
  }
  // Packing sums a part of k at a time.
  if (kind.b == UnitStride::second && !sumsOutside)
    if (linalg::FillOp fill = findZeroFill(op.getOutputs()[0], op)) {
      kind.overwrites = true;
      fill.erase();
    }
  Value operands[] = {view(a, m, k, kind.a, ivs), view(rhs, k, n, kind.b, ivs), view(c, m, n, UnitStride::second, ivs)};
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  func::CallOp::create(b, loc, kernels.get(kind, extents[m], extents[n]), operands);
  op.erase();
}

bool isMatrixProduct(GenericOp op) { return match(op).has_value(); }

LogicalResult callContractionKernel(GenericOp op, ContractionKernels &kernels) {
  std::optional<MatrixProduct> product = match(op);
  if (!product)
    return failure();
  CallEmitter(op, *product).emit(kernels);
  return success();
}

} // namespace theria::cpu
