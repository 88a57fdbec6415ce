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

static constexpr int64_t copiedBytes = 16;

/// Whether an array, or a part of one, starts at a multiple of so many elements, and so does each of its rows: arrays
/// start at multiples of 16 bytes.
static bool isAligned(Value array, int64_t elements) {
  if (auto view = array.getDefiningOp<memref::SubViewOp>()) {
    std::optional<int64_t> last = getConstantIntValue(view.getMixedOffsets().back());
    return view.hasUnitStride() && last && *last % elements == 0 && isAligned(view.getSource(), elements);
  }
  auto type = cast<MemRefType>(array.getType());
  bool isWhole = isa<BlockArgument>(array) || array.getDefiningOp<memref::AllocOp>();
  return isWhole && type.getLayout().isIdentity() && type.getRank() > 0 && !type.isDynamicDim(type.getRank() - 1) &&
         type.getShape().back() % elements == 0;
}

bool TileDistributor::canCopyAsync(vector::TransferReadOp op) const {
  VectorType type = op.getVectorType();
  const int64_t width = bytesOf(type.getElementType()), elements = copiedBytes / width;
  std::optional<int64_t> last = getConstantIntValue(op.getIndices().back());
  return !type.getElementType().isInteger(1) && op.getPermutationMap().isMinorIdentity() && op.isDimInBounds(1) &&
         last && *last % elements == 0 && type.getDimSize(1) % elements == 0 &&
         !writtenArrays.contains(arrayOf(op.getBase())) && isAligned(op.getBase(), elements);
}

/// Copies what a read reads, from these places of an array. Threads copy 16 bytes at a time, those that follow each
/// other what follows each other. Rows beyond the end are 0.
void TileDistributor::copyAsync(vector::TransferReadOp op, Value from, SmallVector<Value> first, Value memory) {
  VectorType type = op.getVectorType();
  const int64_t elements = copiedBytes / bytesOf(type.getElementType()), perRow = type.getDimSize(1) / elements,
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
    Value &fromRow = places[places.size() - 2], &fromCol = places.back(), count;
    fromRow = add(fromRow, row);
    fromCol = add(fromCol, col);
    if (!op.isDimInBounds(0)) {
      Value size = memref::DimOp::create(builder, loc, from, places.size() - 2);
      Value isInside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, fromRow, size);
      count = arith::SelectOp::create(builder, loc, isInside, index(elements), index(0));
      // The last row is there, since a block without any isn't visited.
      fromRow = arith::MinSIOp::create(builder, loc, fromRow, arith::SubIOp::create(builder, loc, size, index(1)));
    }
    nvgpu::DeviceAsyncCopyOp::create(builder, loc, token, memory, ValueRange{row, col}, from, places,
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
  barrier();
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
