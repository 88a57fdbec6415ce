//===- DistributeTiles.cpp - tiles become what threads hold of them -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/ControlFlow.h"
#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_DISTRIBUTETILES
#include "lib/Codegen/GPU/Passes.h.inc"

static bool isVector(Value value) { return isa<VectorType>(value.getType()); }

TileDistributor::TileDistributor(mlir::gpu::LaunchOp launch, const Frame &frame, int64_t sharedBytes)
    : launch(launch), frame(frame), sharedBytes(sharedBytes), builder(launch), loc(launch.getLoc()),
      freeRegisters(frame.freeRegisters) {
  launch.getBody().walk([&](vector::TransferReadOp read) { readArrays.insert(arrayOf(read.getBase())); });
  launch.getBody().walk([&](vector::TransferWriteOp write) { writtenArrays.insert(arrayOf(write.getBase())); });
  builder.setInsertionPointToStart(&launch.getBody().front());
  locate(launch.getThreadIds().x);
  auto space = mlir::gpu::AddressSpaceAttr::get(builder.getContext(), mlir::gpu::AddressSpace::Workgroup);
  pool = mlir::gpu::DynamicSharedMemoryOp::create(
      builder, loc, MemRefType::get({ShapedType::kDynamic}, builder.getI8Type(), AffineMap(), space));
}

Value TileDistributor::index(int64_t number) { return arith::ConstantIndexOp::create(builder, loc, number); }

Value TileDistributor::add(Value a, Value b) { return builder.createOrFold<arith::AddIOp>(loc, a, b); }

Value TileDistributor::add(Value a, int64_t b) { return b ? add(a, index(b)) : a; }

LogicalResult TileDistributor::refuse(Operation *op) {
  return op->emitError("expected an operation on tiles that threads can share, but found '")
         << op->getName() << "' of " << op->getResultTypes();
}

//===----------------------------------------------------------------------===//
// Pieces
//===----------------------------------------------------------------------===//

VectorType TileDistributor::pieceType(VectorType tile, bool alongColumns) const {
  if (tile.getRank() == 2)
    return frame.pieceOf(tile);
  int64_t size = tile.getNumElements();
  return frame.pieceOf(
      VectorType::get(tile.getRank() == 0 || alongColumns ? ArrayRef<int64_t>{1, size} : ArrayRef<int64_t>{size, 1},
                      tile.getElementType()));
}

Value TileDistributor::piece(Value tile) {
  auto product = llvm::find_if(products, [&](const Product &one) { return one.tile == tile; });
  if (product != products.end())
    finishProducts(product - products.begin() + 1);
  if (Value known = pieces.lookup(tile))
    return known;
  if (isReadShared(tile, frame)) {
    Shared known = shared(tile);
    return known.memory ? loadPiece(known, cast<VectorType>(tile.getType())) : Value();
  }
  DenseElementsAttr elements;
  auto constant = tile.getDefiningOp<arith::ConstantOp>();
  if (constant)
    elements = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (!elements || !elements.isSplat())
    return {};
  VectorType type = pieceType(cast<VectorType>(tile.getType()));
  return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, elements.getSplatValue<Attribute>()));
}

Value TileDistributor::element(Value piece, int64_t row, int64_t col) {
  return vector::ExtractOp::create(builder, loc, piece, ArrayRef<int64_t>{row, col});
}

Value TileDistributor::assemble(VectorType type, ArrayRef<Value> elements) {
  return vector::FromElementsOp::create(builder, loc, type, elements);
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

/// What a loop or a branch hands on: pieces in the place of tiles.
void TileDistributor::replaceAll(ValueRange olds, ValueRange givens) {
  for (auto [old, given] : llvm::zip(olds, givens))
    if (isVector(old))
      give(old, given);
    else
      Value(old).replaceAllUsesWith(given);
}

LogicalResult TileDistributor::distributeBody(scf::ForOp loop, ArrayRef<Prefetched> prefetched) {
  std::array<llvm::SaveAndRestore<Value>, 6> here{{thread, lane, warpRow, warpCol, laneRow, laneCol}};
  Operation *first = &loop.getBody()->front();
  const bool branches = hasAny(loop, llvm::IsaPred<scf::IfOp>);
  // In an iteration before.
  allMayBeRead = true;
  if (!prefetched.empty()) {
    Operation *read = prefetched.front().read;
    if (failed(distributeFrom(first, read)))
      return failure();
    builder.setInsertionPoint(read);
    continuePrefetch(loop, prefetched);
    first = read;
  }
  // A loop that branches, as few do, needs registers for that.
  if (branches) {
    builder.setInsertionPoint(first);
    relocate();
  }
  return distributeFrom(first);
}

LogicalResult TileDistributor::distribute(scf::ForOp op) {
  dead.push_back(op);
  if (isa<mlir::gpu::LaunchOp>(op->getParentOp())) {
    SmallVector<Value> bounds{op.getLowerBound(), op.getUpperBound()};
    recompute(bounds);
    op.setLowerBound(bounds[0]);
    op.setUpperBound(bounds[1]);
  }
  llvm::SaveAndRestore left(freeRegisters, freeInLoop.lookup_or(op, freeRegisters));
  SmallVector<Value> shared = shareForLoop(op), held = holdFragments(op);
  SmallVector<Value> inits;
  for (Value init : op.getInitArgs())
    inits.push_back(isVector(init) ? piece(init) : init);
  SmallVector<DeferredSum> deferred = deferSums(op);
  shareOut(deferred, inits);
  SmallVector<Prefetched> prefetched = startPrefetch(op);
  scf::ForOp loop = moveLoop(builder, op, inits);
  replaceAll(op.getRegionIterArgs(), loop.getRegionIterArgs());
  if (failed(distributeBody(loop, prefetched)))
    return failure();
  for (Value tile : shared)
    sharedTiles.erase(tile);
  for (Value tile : held)
    fragments.erase(tile);
  builder.setInsertionPointAfter(loop);
  if (isa<mlir::gpu::LaunchOp>(op->getParentOp()))
    relocate();
  replaceAll(op.getResults(), loop.getResults());
  combineDeferred(deferred, op);
  return success();
}

LogicalResult TileDistributor::distribute(scf::IfOp op) {
  dead.push_back(op);
  SmallVector<Type> types;
  for (Type type : op.getResultTypes())
    types.push_back(isa<VectorType>(type) ? Type(pieceType(cast<VectorType>(type))) : type);
  scf::IfOp branch = moveBranch(builder, op, types);
  for (Region &region : branch->getRegions())
    if (!region.empty() && failed(distributeFrom(&region.front().front())))
      return failure();
  builder.setInsertionPointAfter(branch);
  replaceAll(op.getResults(), branch.getResults());
  return success();
}

//===----------------------------------------------------------------------===//
// Operations on elements, and on shapes
//===----------------------------------------------------------------------===//

LogicalResult TileDistributor::distributeElementwise(Operation *op) {
  if (isa<arith::ExtFOp>(op) && !op->use_empty() &&
      (!isHeld(op->getResult(0), frame) || isReadShared(op->getOperand(0), frame)))
    return success();
  SmallVector<Value> operands;
  bool isRow = false;
  for (Value operand : op->getOperands()) {
    operands.push_back(isVector(operand) ? piece(operand) : operand);
    if (!operands.back())
      return refuse(op);
    isRow |= isVector(operand) && alongColumns.contains(operand) && !alongColumns.lookup(operand);
  }
  Value result = op->getResult(0);
  VectorType type = pieceType(cast<VectorType>(result.getType()), !isRow);
  if (cast<VectorType>(result.getType()).getRank() == 1)
    alongColumns[result] = !isRow;
  OperationState state(loc, op->getName(), operands, type, op->getAttrs());
  give(result, builder.create(state)->getResult(0));
  return success();
}

LogicalResult TileDistributor::distribute(vector::BroadcastOp op) {
  auto type = op.getResultVectorType();
  VectorType wanted = pieceType(type);
  if (!isVector(op.getSource())) {
    Value number = op.getSource();
    // LLVM sees where a number was cut to 32 bits and compares all 64, two registers for each that a thread keeps.
    if (number.getDefiningOp<arith::IndexCastOp>() && number.getType().isInteger(32))
      number = hide(number);
    give(op, vector::BroadcastOp::create(builder, loc, wanted, number));
    return success();
  }
  auto source = cast<VectorType>(op.getSource().getType());
  Value from = piece(op.getSource());
  if (!from || (source.getRank() == 1 && !alongColumns.lookup_or(op.getSource(), true)))
    return refuse(op);
  give(op, from.getType() == wanted ? from : vector::BroadcastOp::create(builder, loc, wanted, from));
  return success();
}

/// Only the name of a shape changes, unless a line is turned.
LogicalResult TileDistributor::distribute(vector::ShapeCastOp op) {
  auto from = op.getSourceVectorType(), to = op.getResultVectorType();
  if (auto step = op.getSource().getDefiningOp<vector::StepOp>()) {
    if (to.getRank() != 2)
      return refuse(op);
    SmallVector<Value> places = to.getDimSize(1) == 1 ? rowsOf(to.getDimSize(0)) : colsOf(to.getDimSize(1));
    give(op, assemble(pieceType(to), places));
    return success();
  }
  Value source = piece(op.getSource());
  if (!source)
    return refuse(op);
  auto lies = [&](Value value, VectorType type) {
    return type.getRank() == 2 ? type.getDimSize(0) == 1 : alongColumns.lookup_or(value, true);
  };
  const bool isColumns = lies(op.getSource(), from);
  if (to.getNumElements() > 1 && to.getRank() == 2 && isColumns != (to.getDimSize(0) == 1))
    return refuse(op);
  if (to.getRank() == 1)
    alongColumns[op] = isColumns;
  give(op, source);
  return success();
}

LogicalResult TileDistributor::distribute(vector::StepOp op) {
  alongColumns[op] = true;
  if (llvm::all_of(op->getUsers(), llvm::IsaPred<vector::ShapeCastOp>))
    return success();
  give(op, assemble(pieceType(op.getType()), colsOf(op.getType().getNumElements())));
  return success();
}

LogicalResult TileDistributor::distribute(vector::ExtractOp op) {
  auto source = cast<VectorType>(op.getSource().getType());
  if (source.getNumElements() == 1) {
    Value from = piece(op.getSource());
    if (!from)
      return refuse(op);
    if (isVector(op)) {
      alongColumns[op] = true;
      give(op, from);
      return success();
    }
    op.replaceAllUsesWith(element(from, 0, 0));
    return success();
  }
  if (!isVector(op) || op.getNumIndices() != 1 || source.getRank() != 2)
    return refuse(op);
  // One line of a tile, along the columns or, of one that is read transposed, along the rows, as its readers want it.
  bool columns = !llvm::all_of(op->getUsers(), [](Operation *user) {
    auto cast = dyn_cast<vector::ShapeCastOp>(user);
    return cast && cast.getResultVectorType().getDimSize(1) == 1;
  });
  Value line = getValueOrCreateConstantIndexOp(builder, loc, op.getMixedPosition().front());
  Shared tile = shared(op.getSource());
  if (!tile.memory)
    return refuse(op);
  SmallVector<Value> elements;
  for (Value place : columns ? colsOf(source.getDimSize(1)) : rowsOf(source.getDimSize(1)))
    elements.push_back(loadShared(tile, line, place));
  alongColumns[op] = columns;
  give(op, assemble(pieceType(cast<VectorType>(op.getType()), columns), elements));
  return success();
}

LogicalResult TileDistributor::distribute(Operation *op) {
  builder.setInsertionPoint(op);
  loc = op->getLoc();
  current = op;
  if (isa<scf::ForOp, scf::IfOp, scf::YieldOp>(op)) {
    // What is under way on one path would be unknown where paths meet.
    arrive(pending.size());
    finishProducts(products.size());
    allMayBeRead = true;
  }
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return distribute(loop);
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return distribute(branch);
  if (isa<scf::YieldOp>(op)) {
    for (OpOperand &operand : op->getOpOperands())
      if (isVector(operand.get()))
        operand.set(piece(operand.get()));
    return success(llvm::all_of(op->getOperands(), [](Value operand) { return bool(operand); }));
  }
  if (auto store = dyn_cast<memref::StoreOp>(op))
    return distribute(store);
  if (llvm::none_of(op->getOperands(), isVector) && llvm::none_of(op->getResults(), isVector))
    return success();
  dead.push_back(op);
  if (auto product = dyn_cast<arith::MulFOp>(op); product && isRescale(product, frame))
    return rescale(product);
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([](arith::ConstantOp) { return success(); })
      .Case<vector::TransferReadOp, vector::TransferWriteOp, vector::BroadcastOp, vector::ShapeCastOp,
            vector::ExtractOp, vector::StepOp, vector::TransposeOp, vector::GatherOp, vector::MultiDimReductionOp,
            vector::ContractionOp>([&](auto one) { return distribute(one); })
      .Default([&](Operation *) {
        bool isElementwise = OpTrait::hasElementwiseMappableTraits(op) && op->getNumResults() == 1;
        return isElementwise ? distributeElementwise(op) : refuse(op);
      });
}

/// An operation and those after it in its block, up to another.
LogicalResult TileDistributor::distributeFrom(Operation *first, Operation *end) {
  for (Operation *op = first; op != end;) {
    Operation *next = op->getNextNode();
    if (failed(distribute(op)))
      return failure();
    release(op);
    op = next;
  }
  return success();
}

LogicalResult TileDistributor::run() {
  readEarly();
  groupProducts();
  freeInLoop = frame.freeRegistersOfLoops(launch);
  if (failed(distributeFrom(pool.getDefiningOp()->getNextNode())))
    return failure();
  for (Operation *op : llvm::reverse(dead))
    op->erase();
  if (mostBytes == 0)
    return success();
  builder.setInsertionPoint(launch);
  Value bytes = arith::ConstantIntOp::create(builder, launch.getLoc(), builder.getI32Type(), mostBytes);
  launch.getDynamicSharedMemorySizeMutable().assign(bytes);
  return success();
}

namespace {

struct DistributeTiles : impl::DistributeTilesBase<DistributeTiles> {
  using Base::Base;
  void runOnOperation() override {
    SmallVector<mlir::gpu::LaunchOp> launches;
    getOperation()->walk([&](mlir::gpu::LaunchOp launch) { launches.push_back(launch); });
    for (mlir::gpu::LaunchOp launch : launches) {
      if (!hasAny(launch, llvm::IsaPred<vector::TransferReadOp, vector::TransferWriteOp>))
        continue;
      if (splitTf32)
        launch.getBody().walk([](vector::ContractionOp op) {
          if (getElementTypeOrSelf(op.getLhs()).isF32() && getElementTypeOrSelf(op.getRhs()).isF32())
            op->setAttr(kSplitTf32, UnitAttr::get(op.getContext()));
        });
      const Frame frame = Frame::chooseFor(launch, wgmma);
      OpBuilder builder(launch);
      launch.getBlockSizeXMutable().assign(arith::ConstantIndexOp::create(builder, launch.getLoc(), frame.threads()));
      TileDistributor distributor(launch, frame, sharedBytes);
      if (failed(distributor.run()))
        return signalPassFailure();
      if (distributor.bytes() > sharedBytes) {
        launch.emitError("expected tiles for which the ")
            << int64_t(sharedBytes)
            << " bytes of shared memory suffice that a block of threads may have, but found some that need "
            << distributor.bytes() << "; choose smaller tiles";
        return signalPassFailure();
      }
    }
  }
};

} // namespace
} // namespace theria::gpu
