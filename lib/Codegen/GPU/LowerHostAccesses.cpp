//===- LowerHostAccesses.cpp - the host reads and writes device memory ----===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_LOWERHOSTACCESSES
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

struct LowerHostAccesses : impl::LowerHostAccessesBase<LowerHostAccesses> {
  void runOnOperation() override;

private:
  void lower(memref::LoadOp op);
  void lower(memref::StoreOp op);
  void lower(memref::GetGlobalOp op);
  void lower(memref::ReshapeOp op);
  func::FuncOp declare(StringRef name);
  Value place(OpBuilder &builder, Location loc, Value array, ValueRange indices);
  Value slot(Operation *op, Type element);
};

} // namespace

/// theria_read(host, device, bytes) or theria_write(device, host, bytes), of addresses as numbers.
func::FuncOp LowerHostAccesses::declare(StringRef name) {
  ModuleOp module = getOperation();
  if (auto known = module.lookupSymbol<func::FuncOp>(name))
    return known;
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  Type index = builder.getIndexType();
  auto function =
      func::FuncOp::create(builder, module.getLoc(), name, builder.getFunctionType({index, index, index}, {}));
  function.setPrivate();
  return function;
}

/// The address of an element.
Value LowerHostAccesses::place(OpBuilder &builder, Location loc, Value array, ValueRange indices) {
  auto type = cast<MemRefType>(array.getType());
  auto constant = [&](int64_t number) -> Value { return arith::ConstantIndexOp::create(builder, loc, number); };
  auto layout = memref::ExtractStridedMetadataOp::create(builder, loc, array);
  Value offset = layout.getOffset();
  for (auto [index, stride] : llvm::zip(indices, layout.getStrides()))
    offset = arith::AddIOp::create(builder, loc, offset, arith::MulIOp::create(builder, loc, index, stride));
  Value base = memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, array);
  return arith::AddIOp::create(builder, loc, base,
                               arith::MulIOp::create(builder, loc, offset, constant(bytesOf(type.getElementType()))));
}

/// Memory of the host for one element, of the function and not of a loop.
Value LowerHostAccesses::slot(Operation *op, Type element) {
  OpBuilder builder = OpBuilder::atBlockBegin(&op->getParentOfType<func::FuncOp>().getBody().front());
  return memref::AllocaOp::create(builder, op->getLoc(), MemRefType::get({}, element));
}

static Value addressOf(OpBuilder &builder, Location loc, Value array) {
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, array);
}

void LowerHostAccesses::lower(memref::LoadOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value host = slot(op, op.getType());
  Value bytes = arith::ConstantIndexOp::create(builder, loc, bytesOf(op.getType()));
  func::CallOp::create(
      builder, loc, declare("theria_read"),
      ValueRange{addressOf(builder, loc, host), place(builder, loc, op.getMemRef(), op.getIndices()), bytes});
  op.replaceAllUsesWith(memref::LoadOp::create(builder, loc, host, ValueRange()).getResult());
  op.erase();
}

void LowerHostAccesses::lower(memref::StoreOp op) {
  if (op.getMemRef().getDefiningOp<memref::AllocaOp>())
    return;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Type element = op.getValueToStore().getType();
  Value host = slot(op, element);
  memref::StoreOp::create(builder, loc, op.getValueToStore(), host, ValueRange());
  Value bytes = arith::ConstantIndexOp::create(builder, loc, bytesOf(element));
  func::CallOp::create(
      builder, loc, declare("theria_write"),
      ValueRange{place(builder, loc, op.getMemRef(), op.getIndices()), addressOf(builder, loc, host), bytes});
  op.erase();
}

/// Constants are the host's; kernels read a copy, which is freed with all that a run leaves.
void LowerHostAccesses::lower(memref::GetGlobalOp op) {
  OpBuilder builder(op->getContext());
  builder.setInsertionPointAfter(op);
  Location loc = op.getLoc();
  MemRefType type = op.getType();
  Value copy = memref::AllocOp::create(builder, loc, type);
  Value bytes = arith::ConstantIndexOp::create(builder, loc, type.getNumElements() * bytesOf(type.getElementType()));
  auto write =
      func::CallOp::create(builder, loc, declare("theria_write"),
                           ValueRange{addressOf(builder, loc, copy), addressOf(builder, loc, op.getResult()), bytes});
  op.getResult().replaceUsesWithIf(copy, [&](OpOperand &use) {
    return use.getOwner() != write && use.getOwner() != write.getOperand(1).getDefiningOp();
  });
}

/// A shape that lies on the device is read; what computes the new array's sizes is the host's.
void LowerHostAccesses::lower(memref::ReshapeOp op) {
  Value shape = op.getShape();
  if (shape.getDefiningOp<memref::AllocaOp>())
    return;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto type = cast<MemRefType>(shape.getType());
  OpBuilder entry = OpBuilder::atBlockBegin(&op->getParentOfType<func::FuncOp>().getBody().front());
  Value host = memref::AllocaOp::create(entry, loc, MemRefType::get(type.getShape(), type.getElementType()));
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value bytes = arith::ConstantIndexOp::create(builder, loc, type.getNumElements() * bytesOf(type.getElementType()));
  func::CallOp::create(builder, loc, declare("theria_read"),
                       ValueRange{addressOf(builder, loc, host), place(builder, loc, shape, zero), bytes});
  op.getShapeMutable().assign(host);
}

/// A shape that the host computes for reshapes alone need not go to the device and back.
static void keepShapes(func::FuncOp function) {
  SmallVector<memref::AllocOp> shapes;
  function.walk([&](memref::AllocOp alloc) {
    auto isHosts = [&](Operation *user) {
      auto reshape = dyn_cast<memref::ReshapeOp>(user);
      return (reshape && reshape.getSource() != alloc) ||
             (isa<memref::StoreOp>(user) && !user->getParentOfType<mlir::gpu::LaunchOp>());
    };
    if (llvm::any_of(alloc->getUsers(), llvm::IsaPred<memref::ReshapeOp>) && llvm::all_of(alloc->getUsers(), isHosts))
      shapes.push_back(alloc);
  });
  for (memref::AllocOp alloc : shapes) {
    OpBuilder entry = OpBuilder::atBlockBegin(&function.getBody().front());
    auto kept = memref::AllocaOp::create(entry, alloc.getLoc(), alloc.getType());
    alloc.replaceAllUsesWith(kept.getResult());
    alloc.erase();
  }
}

void LowerHostAccesses::runOnOperation() {
  for (auto function : getOperation().getOps<func::FuncOp>())
    keepShapes(function);
  SmallVector<Operation *> accesses;
  getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isa<mlir::gpu::LaunchOp, mlir::gpu::GPUModuleOp>(op))
      return WalkResult::skip();
    if (isa<memref::LoadOp, memref::StoreOp, memref::GetGlobalOp, memref::ReshapeOp>(op))
      accesses.push_back(op);
    return WalkResult::advance();
  });
  for (Operation *op : accesses) {
    if (auto load = dyn_cast<memref::LoadOp>(op))
      lower(load);
    else if (auto store = dyn_cast<memref::StoreOp>(op))
      lower(store);
    else if (auto reshape = dyn_cast<memref::ReshapeOp>(op))
      lower(reshape);
    else
      lower(cast<memref::GetGlobalOp>(op));
  }
}

} // namespace theria::gpu
