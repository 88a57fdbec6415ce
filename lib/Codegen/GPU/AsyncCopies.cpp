//===- AsyncCopies.cpp - copies to shared memory beside other work --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// cp.async copies 16 bytes, both of whose addresses are multiples of 16. Copies of a tile are a group, and groups
// arrive in order. A tile is waited for where it is first read, so that what is copied after it still may be under way.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/NVGPU/IR/NVGPUDialect.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace theria::gpu {

/// Whether a place is a multiple of a number.
static bool isMultiple(OpFoldResult place, int64_t of) {
  if (std::optional<int64_t> constant = getConstantIntValue(place))
    return *constant % of == 0;
  Operation *op = cast<Value>(place).getDefiningOp();
  if (isa_and_present<arith::MulIOp>(op))
    return isMultiple(op->getOperand(0), of) || isMultiple(op->getOperand(1), of);
  return isa_and_present<arith::AddIOp>(op) && isMultiple(op->getOperand(0), of) && isMultiple(op->getOperand(1), of);
}

/// Whether an array, or a part of one, starts at a multiple of so many elements, and so does each of its rows: arrays
/// start at multiples of 16 bytes.
static bool isAligned(Value array, int64_t elements) {
  if (auto view = array.getDefiningOp<memref::SubViewOp>())
    return view.hasUnitStride() && isMultiple(view.getMixedOffsets().back(), elements) &&
           isAligned(view.getSource(), elements);
  auto type = cast<MemRefType>(array.getType());
  bool isWhole = isa<BlockArgument>(array) || array.getDefiningOp<memref::AllocOp>();
  return isWhole && type.getLayout().isIdentity() && type.getRank() > 0 && !type.isDynamicDim(type.getRank() - 1) &&
         type.getShape().back() % elements == 0;
}

/// Whether what a read reads lies side by side in pieces that can be copied.
static bool isCopied(vector::TransferReadOp op) {
  VectorType type = op.getVectorType();
  const int64_t elements = bytesAtOnce / std::max<int64_t>(bytesOf(type.getElementType()), 1);
  return !type.getElementType().isInteger(1) && op.isDimInBounds(1) && isMultiple(op.getIndices().back(), elements) &&
         type.getDimSize(1) % elements == 0 && isAligned(op.getBase(), elements);
}

bool isCopiedLine(vector::TransferReadOp op) {
  VectorType type = op.getVectorType();
  if (!isa<scf::ForOp>(op->getParentOp()) || type.getRank() != 2 || type.getDimSize(0) != 1 ||
      cast<MemRefType>(op.getBase().getType()).getRank() != 1 || !isCopied(op))
    return false;
  auto launch = op->getParentOfType<mlir::gpu::LaunchOp>();
  return launch && !hasAny(launch, [&](Operation *other) {
           auto write = dyn_cast<vector::TransferWriteOp>(other);
           return write && arrayOf(write.getBase()) == arrayOf(op.getBase());
         });
}

bool TileDistributor::canCopyAsync(vector::TransferReadOp op) const {
  return isCopiedLine(op) ||
         (op.getPermutationMap().isMinorIdentity() && isCopied(op) && !writtenArrays.contains(arrayOf(op.getBase())));
}

/// Copies what a read reads, from these places of an array. Threads copy 16 bytes at a time, those that follow each
/// other what follows each other. Rows beyond the end are 0.
void TileDistributor::copyAsync(vector::TransferReadOp op, Value from, SmallVector<Value> first, const Shared &to) {
  VectorType type = op.getVectorType();
  const int64_t elements = bytesAtOnce / bytesOf(type.getElementType()), perRow = type.getDimSize(1) / elements,
                total = type.getDimSize(0) * perRow;
  auto token = nvgpu::DeviceAsyncTokenType::get(builder.getContext());
  for (int64_t done = 0; done < total; done += frame.threads()) {
    OpBuilder::InsertionGuard guard(builder);
    Value number = add(thread, done);
    if (done + frame.threads() > total) {
      Value isThere = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, number, index(total));
      builder.setInsertionPointToStart(scf::IfOp::create(builder, loc, isThere, /*withElseRegion=*/false).thenBlock());
    }
    Value row = arith::DivUIOp::create(builder, loc, number, index(perRow));
    Value col = arith::MulIOp::create(builder, loc, arith::RemUIOp::create(builder, loc, number, index(perRow)),
                                      index(elements));
    SmallVector<Value> places = first;
    Value count;
    places.back() = add(places.back(), col);
    if (places.size() > 1)
      places[places.size() - 2] = add(places[places.size() - 2], row);
    if (!op.isDimInBounds(0)) {
      Value &fromRow = places[places.size() - 2];
      Value size = memref::DimOp::create(builder, loc, from, places.size() - 2);
      Value isInside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, fromRow, size);
      count = arith::SelectOp::create(builder, loc, isInside, index(elements), index(0));
      // The last row is there, since a block without any isn't visited.
      fromRow = arith::MinSIOp::create(builder, loc, fromRow, arith::SubIOp::create(builder, loc, size, index(1)));
    }
    nvgpu::DeviceAsyncCopyOp::create(builder, loc, token, to.memory, placeIn(to, row, col), from, places,
                                     builder.getIndexAttr(elements), count, builder.getUnitAttr());
  }
}

/// Of the copies since the last one.
Value TileDistributor::endGroup() {
  auto token = nvgpu::DeviceAsyncTokenType::get(builder.getContext());
  return nvgpu::DeviceAsyncCreateGroupOp::create(builder, loc, token, ValueRange());
}

/// Waits until the first `count` tiles that are under way have arrived, for all threads.
void TileDistributor::arrive(size_t count) {
  if (count == 0)
    return;
  nvgpu::DeviceAsyncWaitOp::create(builder, loc, pending[count - 1].group,
                                   builder.getI32IntegerAttr(int32_t(pending.size() - count)));
  show(/*toWgmma=*/llvm::any_of(ArrayRef(pending).take_front(count),
                                [&](const Pending &one) { return isReadByWgmma(one.tile, frame); }));
  pending.erase(pending.begin(), pending.begin() + count);
}

void TileDistributor::arrive(Value tile) {
  for (size_t number = 0; number < pending.size(); ++number)
    if (pending[number].tile == tile)
      return arrive(number + 1);
}

/// Moves reads to the start of their block: those of tiles that are copied arrive beside other work, and before them
/// those of what threads hold, which are under way while copies are waited for.
void TileDistributor::readEarly() {
  SmallVector<vector::TransferReadOp> held, copied;
  launch.getBody().walk([&](vector::TransferReadOp read) {
    if (read.getVectorType().getRank() != 2)
      return;
    if (!isShared(read, frame))
      held.push_back(read);
    else if (canCopyAsync(read))
      copied.push_back(read);
  });
  llvm::DenseMap<Block *, Operation *> last;
  IRRewriter rewriter(builder);
  for (vector::TransferReadOp read : llvm::concat<vector::TransferReadOp>(held, copied)) {
    Block *block = read->getBlock();
    // In a loop, there is something to wait for; what a kernel writes is read where it is.
    if (!isShared(read, frame) &&
        (!isa<scf::ForOp>(block->getParentOp()) || writtenArrays.contains(arrayOf(read.getBase()))))
      continue;
    auto [before, isFirst] = last.try_emplace(block, nullptr);
    Operation *place = before->second                   ? before->second->getNextNode()
                       : block == pool.getParentBlock() ? pool.getDefiningOp()->getNextNode()
                                                        : &block->front();
    if (place != read && succeeded(moveOperationDependencies(rewriter, read, place)))
      read->moveBefore(place);
    before->second = read;
  }
}

} // namespace theria::gpu
