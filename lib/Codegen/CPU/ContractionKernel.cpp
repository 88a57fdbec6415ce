//===- ContractionKernel.cpp - the register-blocked matrix product -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/ContractionKernel.h"

#include "lib/Codegen/CPU/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace theria::cpu {

namespace {

/// A matrix in memory: a pointer to its first element, and strides in elements.
struct Matrix {
  Value first;
  Value strides[2];
  UnitStride unit;
};

/// The part of C that is in registers at a time: rows by vectors of columns.
struct Block {
  int64_t rows;
  int64_t vectors;
  VectorType type;
  /// Lanes of the only vector that are columns of C; null: all.
  Value mask;
};

/// Emits a kernel for a B with unit stride along n. Addresses are pointers that
/// are kept in registers: as indices of memrefs, they would be multiplied by
/// strides in the innermost loop.
class KernelBuilder {
public:
  KernelBuilder(func::FuncOp kernel, VectorTarget target, const KernelKind &kind, const KernelSizes &known);
  void build();

private:
  Value constant(int64_t value) { return arith::ConstantIndexOp::create(b, loc, value); }
  Matrix matrix(Value memory, UnitStride unit);
  Value advance(Value pointer, Value distance);
  Value advance(Value pointer, int64_t distance);
  Value at(const Matrix &matrix, Value row, Value column);
  Value forSteps(Value begin, Value end, int64_t step, function_ref<void(Value)> body);
  bool needsRows(int64_t rows) const;
  void columns(Block block, Value j);
  void multiply(const Block &block, Value i, Value j);
  SmallVector<Value> step(const Block &block, ArrayRef<Value> elementsOfA, Value rowOfB, ValueRange sums);
  Value load(const Block &block, Value pointer);
  void store(const Block &block, Value vector, Value pointer);

  VectorTarget target;
  KernelKind kind;
  KernelSizes known;
  Location loc;
  OpBuilder b;
  Type pointerType;
  Matrix lhs, rhs, out;
  Value m, n, k;
  int64_t mostRows, mostVectors, lanes;
};

} // namespace

KernelBuilder::KernelBuilder(func::FuncOp kernel, VectorTarget target, const KernelKind &kind, const KernelSizes &known)
    : target(target), kind(kind), known(known), loc(kernel.getLoc()), b(kernel.getContext()),
      pointerType(LLVM::LLVMPointerType::get(kernel.getContext())) {
  b.setInsertionPointToStart(kernel.addEntryBlock());
  lhs = matrix(kernel.getArgument(0), kind.a);
  rhs = matrix(kernel.getArgument(1), kind.b);
  out = matrix(kernel.getArgument(2), UnitStride::second);
  m = memref::DimOp::create(b, loc, kernel.getArgument(2), 0);
  n = memref::DimOp::create(b, loc, kernel.getArgument(2), 1);
  k = memref::DimOp::create(b, loc, kernel.getArgument(1), 0);
  const BlockShape shape = blockShape(target);
  mostRows = shape.rows;
  mostVectors = shape.vectors;
  lanes = target.lanes(kind.element);
}

Matrix KernelBuilder::matrix(Value memory, UnitStride unit) {
  auto metadata = memref::ExtractStridedMetadataOp::create(b, loc, memory);
  Value address = memref::ExtractAlignedPointerAsIndexOp::create(b, loc, memory);
  Value bits = arith::IndexCastOp::create(b, loc, b.getI64Type(), address);
  Value pointer = LLVM::IntToPtrOp::create(b, loc, pointerType, bits);
  return {advance(pointer, metadata.getOffset()), {metadata.getStrides()[0], metadata.getStrides()[1]}, unit};
}

Value KernelBuilder::advance(Value pointer, Value distance) {
  Value elements = arith::IndexCastOp::create(b, loc, b.getI64Type(), distance);
  return LLVM::GEPOp::create(b, loc, pointerType, kind.element, pointer, ArrayRef<LLVM::GEPArg>(elements));
}

Value KernelBuilder::advance(Value pointer, int64_t distance) {
  if (!distance)
    return pointer;
  return LLVM::GEPOp::create(b, loc, pointerType, kind.element, pointer, ArrayRef<LLVM::GEPArg>(int32_t(distance)));
}

/// Where the element (row, column) is.
Value KernelBuilder::at(const Matrix &matrix, Value row, Value column) {
  Value indices[] = {row, column};
  Value distance;
  for (int dim : {0, 1}) {
    const bool isUnit = matrix.unit == (dim ? UnitStride::second : UnitStride::first);
    Value part = isUnit ? indices[dim] : arith::MulIOp::create(b, loc, indices[dim], matrix.strides[dim]).getResult();
    distance = distance ? arith::AddIOp::create(b, loc, distance, part).getResult() : part;
  }
  return advance(matrix.first, distance);
}

/// A loop over whole steps, and where it ends.
Value KernelBuilder::forSteps(Value begin, Value end, int64_t step, function_ref<void(Value)> body) {
  Value size = arith::SubIOp::create(b, loc, end, begin);
  Value rest = arith::RemUIOp::create(b, loc, size, constant(step));
  Value last = arith::SubIOp::create(b, loc, end, rest);
  auto loop = scf::ForOp::create(b, loc, begin, last, constant(step));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  body(loop.getInductionVar());
  return last;
}

Value KernelBuilder::load(const Block &block, Value pointer) {
  const unsigned alignment = elementBytes(kind.element);
  if (!block.mask)
    return LLVM::LoadOp::create(b, loc, block.type, pointer, alignment);
  Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(block.type));
  return LLVM::MaskedLoadOp::create(b, loc, block.type, pointer, block.mask, zero, alignment);
}

void KernelBuilder::store(const Block &block, Value vector, Value pointer) {
  const unsigned alignment = elementBytes(kind.element);
  if (block.mask)
    LLVM::MaskedStoreOp::create(b, loc, vector, pointer, block.mask, alignment);
  else
    LLVM::StoreOp::create(b, loc, vector, pointer, alignment);
}

/// The sums of a block after one more k.
SmallVector<Value> KernelBuilder::step(const Block &block, ArrayRef<Value> elementsOfA, Value rowOfB, ValueRange sums) {
  SmallVector<Value> right;
  for (int64_t v = 0; v < block.vectors; ++v)
    right.push_back(load(block, advance(rowOfB, v * block.type.getNumElements())));
  SmallVector<Value> results;
  for (Value elementOfA : elementsOfA) {
    Value scalar = LLVM::LoadOp::create(b, loc, kind.element, elementOfA);
    Value left = vector::BroadcastOp::create(b, loc, block.type, scalar);
    for (Value vector : right) {
      Value sum = sums[results.size()];
      if (target.fma)
        sum = vector::FMAOp::create(b, loc, left, vector, sum);
      else
        sum = arith::AddFOp::create(b, loc, sum, arith::MulFOp::create(b, loc, left, vector));
      results.push_back(sum);
    }
  }
  return results;
}

/// All of k for the block of C at (i, j).
void KernelBuilder::multiply(const Block &block, Value i, Value j) {
  Value zero = constant(0), one = constant(1);
  SmallVector<Value> rowsOfA, blockOfC, carried;
  for (int64_t r = 0; r < block.rows; ++r) {
    Value row = arith::AddIOp::create(b, loc, i, constant(r));
    rowsOfA.push_back(at(lhs, kind.a == UnitStride::first ? i : row, zero));
    Value rowOfC = at(out, row, j);
    for (int64_t v = 0; v < block.vectors; ++v)
      blockOfC.push_back(advance(rowOfC, v * block.type.getNumElements()));
  }
  // C is far away where it is an accumulator that was added to one sweep of columns ago.
  for (Value place : blockOfC)
    LLVM::Prefetch::create(b, loc, place, /*rw=*/1, /*hint=*/3, /*cache=*/1);
  // A sum of its own, added to C at the end, loses less than one that C begins.
  carried.assign(blockOfC.size(), arith::ConstantOp::create(b, loc, b.getZeroAttr(block.type)));
  // Where the row of B and the column of A are.
  carried.append({at(rhs, zero, j), zero});
  auto loop = scf::ForOp::create(b, loc, zero, k, one, carried);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    ValueRange sums = loop.getRegionIterArgs().drop_back(2);
    Value rowOfB = loop.getRegionIterArgs().drop_back().back(), columnOfA = loop.getRegionIterArgs().back();
    SmallVector<Value> elementsOfA;
    for (int64_t r = 0; r < block.rows; ++r)
      elementsOfA.push_back(kind.a == UnitStride::first ? advance(advance(rowsOfA[0], columnOfA), r)
                                                        : advance(rowsOfA[r], columnOfA));
    SmallVector<Value> next = step(block, elementsOfA, rowOfB, sums);
    Value distance = kind.a == UnitStride::second ? one : lhs.strides[1];
    next.append({advance(rowOfB, rhs.strides[0]), arith::AddIOp::create(b, loc, columnOfA, distance)});
    scf::YieldOp::create(b, loc, next);
  }
  for (auto [place, sum] : llvm::zip(blockOfC, loop.getResults()))
    store(block, kind.overwrites ? sum : arith::AddFOp::create(b, loc, load(block, place), sum).getResult(), place);
}

/// Whether rows may be left for a block of so many after those of more.
bool KernelBuilder::needsRows(int64_t rows) const {
  for (int64_t left = 0; left < mostRows; ++left)
    if ((known.rowsLeft >> left & 1) && left % (2 * rows) >= rows)
      return true;
  return rows == mostRows;
}

/// All rows of the columns of C that start at j, as wide as the block.
void KernelBuilder::columns(Block block, Value j) {
  Value i = constant(0);
  for (int64_t rows : {mostRows, int64_t(4), int64_t(2), int64_t(1)}) {
    if (!needsRows(rows))
      continue;
    block.rows = rows;
    i = forSteps(i, m, rows, [&](Value row) { multiply(block, row, j); });
  }
}

void KernelBuilder::build() {
  auto type = VectorType::get(lanes, kind.element);
  Value j = constant(0);
  for (int64_t vectors = mostVectors; vectors; vectors /= 2)
    if (vectors == mostVectors || known.columns % (2 * vectors * lanes))
      j = forSteps(j, n, vectors * lanes, [&](Value column) { columns({0, vectors, type, {}}, column); });
  if (known.columns % lanes == 0) {
    // Whole vectors are all there is.
  } else if (!target.hasMasks(kind.element)) {
    forSteps(j, n, 1, [&](Value column) { columns({0, 1, VectorType::get(1, kind.element), {}}, column); });
  } else {
    Value left = arith::SubIOp::create(b, loc, n, j);
    auto some = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, left, constant(0));
    auto ifOp = scf::IfOp::create(b, loc, some);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(ifOp.thenBlock());
    Value mask = vector::CreateMaskOp::create(b, loc, type.clone(b.getI1Type()), left);
    columns({0, 1, type, mask}, j);
  }
  func::ReturnOp::create(b, loc);
}

void buildKernel(func::FuncOp kernel, VectorTarget target, const KernelKind &kind, const KernelSizes &sizes) {
  KernelBuilder(kernel, target, kind, sizes).build();
}

} // namespace theria::cpu
