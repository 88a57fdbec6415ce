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

using namespace mlir;

namespace theria::gpu {

/// Two elements as a register: f16 as such, bf16 as a word.
Value TileDistributor::packedPair(ArrayRef<Value> elements) {
  Type element = elements.front().getType();
  Value pair = assemble(VectorType::get({2}, element), elements);
  if (element.isF16())
    return pair;
  Value word = vector::BitCastOp::create(builder, loc, VectorType::get({1}, builder.getI32Type()), pair);
  return vector::ExtractOp::create(builder, loc, word, ArrayRef<int64_t>{0});
}

/// Two elements that follow each other along the depth, of a row or column of an operand in shared memory.
Value TileDistributor::loadPair(const Shared &tile, bool depthFirst, Value line, Value depth) {
  return packedPair(readLine(tile, depthFirst, line, depth, 2));
}

SmallVector<Value> TileDistributor::multiplyByMma(vector::ContractionOp op, SmallVector<Value> sums) {
  auto type = cast<VectorType>(op.getResultType());
  VectorType held = pieceType(type);
  const bool depthFirstLeft = isDepthFirst(op, 0), depthFirstRight = isDepthFirst(op, 1);
  const int64_t length = op.getLhsType().getDimSize(depthFirstLeft ? 0 : 1), cols = held.getDimSize(1);
  Value piece = takesPiece(op, 0, frame) ? pieces.lookup(op.getLhs()) : Value();
  Shared left = piece ? Shared() : shared(op.getLhs()), right = shared(op.getRhs());
  if (!right.memory || (!left.memory && !piece))
    return {};
  SmallVector<Value> rowPlaces = rowsOf(type.getDimSize(0));
  // The first depth of a lane, and the column of B.
  Value firstLine = add(firstColOfWarp(type.getDimSize(1)), laneRow);
  Value depths = arith::MulIOp::create(builder, loc, laneCol, index(2));
  const bool isF16 = op.getLhsType().getElementType().isF16();
  const NVVM::MMATypes kind = isF16 ? NVVM::MMATypes::f16 : NVVM::MMATypes::bf16;
  Type f32 = builder.getF32Type(),
       result = LLVM::LLVMStructType::getLiteral(builder.getContext(), {f32, f32, f32, f32});
  for (int64_t depth = 0; depth < length; depth += 16) {
    SmallVector<Value> at{add(depths, depth), add(depths, depth + 8)};
    SmallVector<SmallVector<Value>> rows;
    for (int64_t row = 0; row < held.getDimSize(0); row += 2) {
      SmallVector<Value> registers;
      for (int64_t half : {0, 1})
        for (int64_t other : {0, 1}) {
          const int64_t first = depth / 4 + 2 * half;
          registers.push_back(
              left.memory ? loadPair(left, depthFirstLeft, rowPlaces[row + other], at[half])
                          : packedPair({element(piece, row + other, first), element(piece, row + other, first + 1)}));
        }
      rows.push_back(registers);
    }
    for (int64_t col = 0; col < cols; col += 2) {
      Value line = add(firstLine, col * 4);
      SmallVector<Value> columns{loadPair(right, depthFirstRight, line, at[0]),
                                 loadPair(right, depthFirstRight, line, at[1])};
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
