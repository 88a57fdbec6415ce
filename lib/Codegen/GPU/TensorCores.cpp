//===- TensorCores.cpp - products of small floats by mma.sync -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mma.m16n8k16: of A a lane holds rows g and g + 8 and the columns 2t, 2t + 1, 2t + 8, 2t + 9, of B the same of its
// rows and the column g, of the sums rows g and g + 8 and columns 2t and 2t + 1, where g = lane / 4 and t = lane % 4
// (PTX ISA, Matrix Fragments for mma.m16n8k16 with floating point type). So what a thread holds of a tile is what it
// needs of A.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/NVGPU/IR/NVGPUDialect.h"

using namespace mlir;

namespace theria::gpu {

/// Two elements as a register: f16 as such, bf16 as a word.
Value TileDistributor::packed(Value pair) { return getElementTypeOrSelf(pair).isF16() ? pair : asWord(pair); }

Value TileDistributor::asWord(Value pair) {
  if (!isa<VectorType>(pair.getType()))
    return pair;
  Value word = vector::BitCastOp::create(builder, loc, VectorType::get({1}, builder.getI32Type()), pair);
  return vector::ExtractOp::create(builder, loc, word, ArrayRef<int64_t>{0});
}

/// Registers of 16 lines by 16 steps along the depth of an operand in shared memory, by ldmatrix: four matrices of 8 by
/// 8, of which lanes 0 to 7 give the rows of the first and so on. `linesFirst`: the second one is of the next 8 lines,
/// as for A, else of the next 8 steps, as for two fragments of B side by side.
SmallVector<Value> TileDistributor::loadFragment(const Shared &tile, bool depthFirst, Value line, Value depth,
                                                 bool linesFirst) {
  auto divide = [&](Value a, int64_t b) -> Value { return arith::DivUIOp::create(builder, loc, a, index(b)); };
  auto times8 = [&](Value a) -> Value { return arith::MulIOp::create(builder, loc, a, index(8)); };
  Value within = arith::RemUIOp::create(builder, loc, lane, index(8));
  Value second = times8(arith::RemUIOp::create(builder, loc, divide(lane, 8), index(2))),
        third = times8(divide(lane, 16));
  const bool isAlongRow = tile.hasDepthAlongRows(depthFirst);
  Value lines = add(line, linesFirst ? second : third), depths = add(depth, linesFirst ? third : second);
  SmallVector<Value> place = placeIn(tile, add(isAlongRow ? lines : depths, within), isAlongRow ? depths : lines);
  Type element = cast<MemRefType>(tile.memory.getType()).getElementType();
  Value matrices = nvgpu::LdMatrixOp::create(builder, loc, VectorType::get({4, 2}, element), tile.memory, place,
                                             /*transpose=*/!isAlongRow, /*numTiles=*/4);
  SmallVector<Value> registers;
  for (int64_t number = 0; number < 4; ++number) {
    Value pair = vector::ExtractOp::create(builder, loc, matrices, ArrayRef<int64_t>{number});
    registers.push_back(packed(pair));
  }
  return registers;
}

/// Of A, from a thread's row on.
SmallVector<Value> TileDistributor::loadRowFragment(vector::ContractionOp op, const Shared &tile, int64_t row,
                                                    int64_t depth) {
  Value line = add(firstRowOfWarp(cast<VectorType>(op.getResultType()).getDimSize(0)), row * 8);
  return loadFragment(tile, isDepthFirst(op, 0), line, index(depth), /*linesFirst=*/true);
}

TileDistributor::Fragments TileDistributor::loadRows(vector::ContractionOp op, const Shared &tile) {
  auto type = cast<VectorType>(op.getResultType());
  const int64_t length = op.getLhsType().getDimSize(isDepthFirst(op, 0) ? 0 : 1), rows = type.getDimSize(0);
  Fragments all;
  for (int64_t row = 0; row < frame.rowsOfThread(rows); row += 2) {
    all.emplace_back();
    for (int64_t depth = 0; depth < length; depth += 16)
      all.back().push_back(loadRowFragment(op, tile, row, depth));
  }
  return all;
}

/// So many registers an estimate may be short of; a spill costs more than reading a fragment again.
static constexpr int64_t spareRegisters = 16;

/// What a loop multiplies from the left again and again, and shared memory holds already, stays in registers as far as
/// there are some; returns it.
SmallVector<Value> TileDistributor::holdFragments(scf::ForOp loop) {
  SmallVector<Value> held;
  loop.getBody()->walk([&](vector::ContractionOp op) {
    Value tile = op.getLhs();
    auto known = sharedTiles.find(tile);
    if (known == sharedTiles.end() || fragments.contains(tile) || !isForTensorCores(op) ||
        loop.getRegion().isAncestor(tile.getParentRegion()))
      return;
    const int64_t rows = cast<VectorType>(op.getResultType()).getDimSize(0);
    const int64_t registers = op.getLhsType().getNumElements() / rows * frame.rowsOfThread(rows) / frame.colLanes / 2;
    if (registers > freeRegisters - spareRegisters)
      return;
    freeRegisters -= registers;
    fragments[tile] = loadRows(op, known->second);
    held.push_back(tile);
  });
  return held;
}

/// The same of what a thread holds of A.
SmallVector<Value> TileDistributor::fragmentOf(Value piece, int64_t row, int64_t depth) {
  SmallVector<Value> registers;
  for (int64_t half : {0, 1})
    for (int64_t other : {0, 1}) {
      const int64_t first = depth / 4 + 2 * half;
      SmallVector<Value> elements{element(piece, row + other, first), element(piece, row + other, first + 1)};
      registers.push_back(packed(assemble(VectorType::get({2}, elements.front().getType()), elements)));
    }
  return registers;
}

/// What threads hold of a tile to its panels in shared memory, by stmatrix: lanes 0 to 15 give the rows of the first
/// eight columns of a fragment, the others of the next eight.
void TileDistributor::storeFragments(const Shared &to, Value piece, VectorType tile) {
  auto panels = cast<MemRefType>(to.memory.getType());
  auto shape = cast<VectorType>(piece.getType()).getShape();
  auto *context = builder.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context, unsigned(NVVM::NVVMMemorySpace::Shared));
  Value start = memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, to.memory);
  Value line = arith::RemUIOp::create(builder, loc, lane, index(16));
  Value half = arith::MulIOp::create(builder, loc, arith::DivUIOp::create(builder, loc, lane, index(16)), index(8));
  for (int64_t row = 0; row < shape[0]; row += 2)
    for (int64_t col = 0; col < shape[1]; col += 4) {
      SmallVector<Value> registers = fragmentOf(piece, row, col * frame.colLanes);
      for (Value &one : registers)
        one = asWord(one);
      SmallVector<Value> place = placeIn(to, add(add(firstRowOfWarp(tile.getDimSize(0)), row * 8), line),
                                         add(add(firstColOfWarp(tile.getDimSize(1)), col * 4), half));
      Value elements = add(arith::MulIOp::create(builder, loc, place[0], index(panels.getDimSize(1))), place[1]);
      Value byte = add(start, arith::MulIOp::create(builder, loc, elements, index(2)));
      Value address = arith::IndexCastUIOp::create(builder, loc, builder.getI64Type(), byte);
      NVVM::StMatrixOp::create(builder, loc, LLVM::IntToPtrOp::create(builder, loc, pointer, address), registers,
                               NVVM::MMALayoutAttr::get(context, NVVM::MMALayout::row),
                               NVVM::LdStMatrixShapeAttr::get(context, 8, 8),
                               NVVM::LdStMatrixEltTypeAttr::get(context, NVVM::LdStMatrixEltType::B16));
    }
}

SmallVector<Value> TileDistributor::multiplyByMma(vector::ContractionOp op, SmallVector<Value> sums) {
  auto type = cast<VectorType>(op.getResultType());
  VectorType held = pieceType(type);
  const bool depthFirstLeft = isDepthFirst(op, 0), depthFirstRight = isDepthFirst(op, 1);
  const int64_t length = op.getLhsType().getDimSize(depthFirstLeft ? 0 : 1), cols = held.getDimSize(1);
  Value piece = takesPiece(op, 0, frame) ? pieces.lookup(op.getLhs()) : Value();
  auto inRegisters = fragments.find(op.getLhs());
  Shared left = piece || inRegisters != fragments.end() ? Shared() : shared(op.getLhs()), right = shared(op.getRhs());
  if (!right.memory || (!left.memory && !piece && inRegisters == fragments.end()))
    return {};
  Value firstCol = firstColOfWarp(type.getDimSize(1));
  const bool isF16 = op.getLhsType().getElementType().isF16();
  const NVVM::MMATypes kind = isF16 ? NVVM::MMATypes::f16 : NVVM::MMATypes::bf16;
  Type f32 = builder.getF32Type(),
       result = LLVM::LLVMStructType::getLiteral(builder.getContext(), {f32, f32, f32, f32});
  SmallVector<Value> both;
  for (int64_t depth = 0; depth < length; depth += 16) {
    SmallVector<SmallVector<Value>> rows;
    for (int64_t row = 0; row < held.getDimSize(0); row += 2) {
      if (inRegisters != fragments.end()) {
        rows.push_back(inRegisters->second[row / 2][depth / 16]);
        continue;
      }
      if (left.memory) {
        rows.push_back(loadRowFragment(op, left, row, depth));
        continue;
      }
      rows.push_back(fragmentOf(piece, row, depth));
    }
    for (int64_t col = 0; col < cols; col += 2) {
      // Two fragments side by side at a time.
      if (col % 4 == 0)
        both = loadFragment(right, depthFirstRight, add(firstCol, col * 4), index(depth), /*linesFirst=*/false);
      ArrayRef<Value> columns = ArrayRef<Value>(both).slice(col % 4, 2);
      for (auto [pair, registers] : llvm::enumerate(rows)) {
        auto sum = [&](int64_t row, int64_t other) -> Value & { return sums[(2 * pair + row) * cols + col + other]; };
        SmallVector<Value> before{sum(0, 0), sum(0, 1), sum(1, 0), sum(1, 1)};
        Value after = NVVM::MmaOp::create(
            builder, loc, result, registers, columns, before, ArrayRef<int64_t>{16, 8, 16}, std::nullopt, std::nullopt,
            std::array{kind, kind}, std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
        for (int64_t number = 0; number < 4; ++number)
          sum(number / 2, number % 2) = LLVM::ExtractValueOp::create(builder, loc, after, ArrayRef<int64_t>{number});
      }
    }
  }
  return sums;
}

} // namespace theria::gpu
