//===- VectoriseTiles.cpp - tiles of one-sided sweeps become vectors ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/ControlFlow.h"
#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/SweepVectoriser.h"

#include "dialect/Folds.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_VECTORISETILES
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

struct VectoriseTiles : impl::VectoriseTilesBase<VectoriseTiles> {
  void runOnOperation() override;
};

} // namespace

LogicalResult SweepVectoriser::refuse(Operation *op) {
  return op->emitError("expected an operation on tiles that is built for GPUs, but found '") << op->getName() << "'";
}

LogicalResult SweepVectoriser::refuseSize(Operation *op) {
  return op->emitError("expected tiles whose sizes are known when a GPU's code is made, but found '")
         << op->getName() << "' of a dimension '?' that is neither rows nor columns; give its size in the types";
}

/// The vector of a tile; of a constant, in the shape that is asked for.
Value SweepVectoriser::vector(Value tile, VectorType like) {
  if (Value known = made.lookup(tile))
    return known;
  Location loc = tile.getLoc();
  VectorType type = like ? like : shapes.vectorOf(tile);
  if (TypedAttr element = getUniformConstant(tile))
    return vectors(loc).constant(type, element);
  // A tensor from outside that is one tile as a whole.
  return read(tile, type, loc);
}

TileTerm SweepVectoriser::term(Value tile, StringRef labels) {
  auto type = cast<RankedTensorType>(tile.getType());
  return {vector(tile), labels.str(), llvm::to_vector<2>(type.getShape())};
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// The dimensions of a tensor but the last as one, as in the vector of its tile.
static SmallVector<ReassociationIndices> rowsAndColumns(int64_t rank) {
  SmallVector<ReassociationIndices> dims(2);
  for (int64_t dim = 0; dim < rank; ++dim)
    dims[dim + 1 == rank].push_back(dim);
  return dims;
}

/// A slice as a vector, with zeros beyond its end.
Value SweepVectoriser::read(Value memory, VectorType type, Location loc) {
  auto source = cast<RankedTensorType>(memory.getType());
  if (source.getRank() > 2)
    return read(tensor::CollapseShapeOp::create(builder, loc, memory, rowsAndColumns(source.getRank())), type, loc);
  Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(source.getElementType()));
  if (source.getRank() == 0)
    return vectors(loc).spread(type, tensor::ExtractOp::create(builder, loc, memory, ValueRange()));
  // The dimensions of one element are no memory's.
  SmallVector<AffineExpr> dims;
  SmallVector<bool> inBounds;
  unsigned next = 0;
  for (auto [dim, size] : llvm::enumerate(type.getShape())) {
    bool isMemory = source.getRank() == 2 || size != 1;
    dims.push_back(isMemory ? builder.getAffineDimExpr(next) : builder.getAffineConstantExpr(0));
    inBounds.push_back(!isMemory || source.getDimSize(next) == size);
    next += isMemory;
  }
  Value origin = arith::ConstantIndexOp::create(builder, loc, 0);
  return vector::TransferReadOp::create(builder, loc, type, memory, SmallVector<Value>(source.getRank(), origin), zero,
                                        AffineMap::get(source.getRank(), 0, dims, builder.getContext()),
                                        ArrayRef<bool>(inBounds));
}

/// `into`, a slice of memory, with the part of a tile that it has room for.
Value SweepVectoriser::write(Value tile, Value into, Location loc) {
  auto type = cast<RankedTensorType>(into.getType());
  // What doesn't fit is beyond the tensor's edge.
  if (auto part = tile.getDefiningOp<tensor::ExtractSliceOp>(); part && shapes.isTile(part.getSource()))
    tile = part.getSource();
  if (type.getRank() > 2) {
    const auto dims = rowsAndColumns(type.getRank());
    Value written = write(tile, tensor::CollapseShapeOp::create(builder, loc, into, dims), loc);
    return tensor::ExpandShapeOp::create(builder, loc, type, written, dims);
  }
  Value value = vector(tile);
  auto whole = cast<VectorType>(value.getType());
  if (type.getRank() == 0) {
    Value number = vector::ExtractOp::create(builder, loc, value, ArrayRef<int64_t>{0, 0});
    return tensor::InsertOp::create(builder, loc, number, into, ValueRange());
  }
  if (type.getRank() == 1)
    value = vector::ShapeCastOp::create(builder, loc, VectorType::get({whole.getNumElements()}, whole.getElementType()),
                                        value);
  SmallVector<bool> inBounds;
  for (auto [here, there] : llvm::zip(type.getShape(), cast<VectorType>(value.getType()).getShape()))
    inBounds.push_back(here == there);
  Value origin = arith::ConstantIndexOp::create(builder, loc, 0);
  return vector::TransferWriteOp::create(builder, loc, value, into, SmallVector<Value>(type.getRank(), origin),
                                         ArrayRef<bool>(inBounds))
      .getResult();
}

LogicalResult SweepVectoriser::convert(tensor::InsertSliceOp op) {
  Location loc = op.getLoc();
  Value slice = tensor::ExtractSliceOp::create(builder, loc, op.getSourceType(), op.getDest(), op.getMixedOffsets(),
                                               op.getMixedSizes(), op.getMixedStrides());
  op.getSourceMutable().assign(write(op.getSource(), slice, loc));
  return success();
}

/// Puts tiles into what the owners of blocks share.
void SweepVectoriser::finish(scf::InParallelOp end) {
  for (auto insert : end.getOps<tensor::ParallelInsertSliceOp>()) {
    if (shapes.isMemory(insert.getSource()))
      continue;
    builder.setInsertionPoint(end);
    Location loc = insert.getLoc();
    Value slice =
        tensor::ExtractSliceOp::create(builder, loc, insert.getSourceType(), insert.getDest(), insert.getMixedOffsets(),
                                       insert.getMixedSizes(), insert.getMixedStrides());
    Value written = write(insert.getSource(), slice, loc);
    insert.getSourceMutable().assign(written);
    // Of more than two dimensions, it is put back into the shape of memory.
    auto expanded = written.getDefiningOp<tensor::ExpandShapeOp>();
    writeEarly((expanded ? expanded.getSrc() : written).getDefiningOp());
  }
}

/// Moves a write to where what it writes is there, so that threads need not hold it any longer.
void SweepVectoriser::writeEarly(Operation *write) {
  Value value = write->getOperand(0);
  while (auto cast = value.getDefiningOp<vector::ShapeCastOp>())
    value = cast.getSource();
  Operation *source = value.getDefiningOp();
  if (!source || source->getBlock() != write->getBlock())
    return;
  IRRewriter rewriter(builder);
  Operation *next = source->getNextNode();
  if (succeeded(moveOperationDependencies(rewriter, write, next)))
    write->moveBefore(next);
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

void SweepVectoriser::replace(Value old, Value given) {
  if (shapes.isTile(old))
    made[old] = given;
  else {
    if (isa<RankedTensorType>(old.getType()))
      shapes.standFor(given, old);
    old.replaceAllUsesWith(given);
  }
}

LogicalResult SweepVectoriser::convert(scf::ForOp op) {
  dead.push_back(op);
  SmallVector<Value> inits;
  for (auto [init, argument] : llvm::zip(op.getInitArgs(), op.getRegionIterArgs()))
    inits.push_back(shapes.isTile(argument) ? vector(init, shapes.vectorOf(argument)) : init);
  scf::ForOp loop = moveLoop(builder, op, inits);
  for (auto [old, given] : llvm::zip(op.getRegionIterArgs(), loop.getRegionIterArgs()))
    replace(old, given);
  if (failed(convert(*loop.getBody())))
    return failure();
  for (auto [old, given] : llvm::zip(op.getResults(), loop.getResults()))
    replace(old, given);
  builder.setInsertionPointAfter(loop);
  return success();
}

LogicalResult SweepVectoriser::convert(scf::IfOp op) {
  dead.push_back(op);
  SmallVector<Type> types;
  for (Value result : op.getResults())
    types.push_back(shapes.isTile(result) ? Type(shapes.vectorOf(result)) : result.getType());
  scf::IfOp branch = moveBranch(builder, op, types);
  for (Region &region : branch->getRegions())
    if (!region.empty() && failed(convert(region.front())))
      return failure();
  for (auto [old, given] : llvm::zip(op.getResults(), branch.getResults()))
    replace(old, given);
  builder.setInsertionPointAfter(branch);
  return success();
}

//===----------------------------------------------------------------------===//
// Operations on tiles
//===----------------------------------------------------------------------===//

LogicalResult SweepVectoriser::convert(EinsumOp op) {
  Equation equation = op.getLabels();
  SmallVector<TileTerm> terms;
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
    terms.push_back(term(input, labels));
  std::optional<TileTerm> mask;
  if (op.getMask())
    mask = term(op.getMask(), equation.where);
  made[op] = vectoriseEinsum(builder, op, terms, mask, shapes.vectorOf(op));
  return success(bool(made[op]));
}

LogicalResult SweepVectoriser::convertElementwise(Operation *op) {
  VectorType type = shapes.vectorOf(op->getResult(0));
  SmallVector<Value> operands;
  for (Value operand : op->getOperands()) {
    auto tensor = dyn_cast<RankedTensorType>(operand.getType());
    operands.push_back(tensor ? vector(operand, type.clone(tensor.getElementType())) : operand);
  }
  OperationState state(op->getLoc(), op->getName(), operands, type, op->getAttrs());
  made[op->getResult(0)] = builder.create(state)->getResult(0);
  return success();
}

LogicalResult SweepVectoriser::convert(Operation *op) {
  builder.setInsertionPoint(op);
  if (isa<scf::YieldOp>(op)) {
    for (OpOperand &operand : op->getOpOperands()) {
      Operation *parent = op->getParentOp();
      Value result = parent->getResult(operand.getOperandNumber());
      if (auto given = dyn_cast<VectorType>(result.getType()))
        operand.set(vector(operand.get(), given));
    }
    return success();
  }
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return convert(loop);
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return convert(branch);
  auto isTile = [&](Value value) { return shapes.isTile(value); };
  if (llvm::none_of(op->getOperands(), isTile) && llvm::none_of(op->getResults(), isTile))
    return success();
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return convert(insert);
  auto isOpen = [&](Value value) {
    return shapes.isTile(value) && !cast<RankedTensorType>(value.getType()).hasStaticShape();
  };
  // The part of a tile that a tensor has room for has any size.
  if (!isa<tensor::ExtractSliceOp>(op) && (llvm::any_of(op->getResults(), isOpen)))
    return refuseSize(op);
  dead.push_back(op);
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<EinsumOp, ReduceMaxOp, LogsumexpOp, CoordOp, GatherOp, ScatterAddOp>([&](auto one) { return convert(one); })
      .Case([&](tensor::ExtractSliceOp slice) {
        // Of a tile: what the tensor that it goes to has room for.
        if (!isTile(slice.getSource())) {
          if (isOpen(slice))
            return refuseSize(op);
          builder.setInsertionPointAfter(op);
          made[slice] = read(slice, shapes.vectorOf(slice), op->getLoc());
          dead.pop_back();
        }
        return success();
      })
      .Case([&](tensor::PadOp pad) {
        made[pad] = read(pad.getSource(), shapes.vectorOf(pad), op->getLoc());
        return success();
      })
      .Case([&](tensor::SplatOp splat) {
        made[splat] = vectors(op->getLoc()).spread(shapes.vectorOf(splat), splat.getInput());
        return success();
      })
      .Case([&](tensor::FromElementsOp from) {
        if (from.getElements().size() != 1)
          return refuse(op);
        made[from] = vectors(op->getLoc()).spread(shapes.vectorOf(from), from.getElements()[0]);
        return success();
      })
      .Case([&](tensor::ExtractOp extract) {
        if (!extract.getIndices().empty())
          return refuse(op);
        Value number =
            vector::ExtractOp::create(builder, op->getLoc(), vector(extract.getTensor()), ArrayRef<int64_t>{0, 0});
        extract.replaceAllUsesWith(number);
        return success();
      })
      .Default([&](Operation *) {
        bool isElementwise = OpTrait::hasElementwiseMappableTraits(op) && op->getNumResults() == 1;
        return isElementwise ? convertElementwise(op) : refuse(op);
      });
}

LogicalResult SweepVectoriser::convert(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block))
    if (failed(convert(&op)))
      return failure();
  return success();
}

LogicalResult SweepVectoriser::run() {
  for (Operation &op : llvm::make_early_inc_range(sweep.getBody()->without_terminator()))
    if (failed(convert(&op)))
      return failure();
  finish(sweep.getTerminator());
  for (Operation *op : llvm::reverse(dead))
    op->erase();
  return success();
}

void VectoriseTiles::runOnOperation() {
  SmallVector<scf::ForallOp> sweeps;
  getOperation().walk([&](scf::ForallOp sweep) { sweeps.push_back(sweep); });
  for (scf::ForallOp sweep : sweeps)
    if (failed(SweepVectoriser(sweep).run()))
      return signalPassFailure();
}

} // namespace theria::gpu
