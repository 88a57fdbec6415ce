//===- SplitTf32.cpp - products of f32 on tensor cores, in two parts ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A number is high + low, both tf32, which has 11 digits; low is what high leaves. Then a·b = high·high + high·low +
// low·high but for 2^-21 of it (after Ootomo and Yokota, Recovering single precision accuracy from Tensor Cores, 2022).
//
// mma.m16n8k8: of A a lane holds rows g and g + 8 and columns t and t + 4, of B rows t and t + 4 and column g, of the
// sums what it holds of those of m16n8k16 (PTX ISA, Matrix Fragments for mma.m16n8k8).
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace theria::gpu {

namespace {

/// The parts of a fragment. An infinity times a low part that is 0 would be NaN: `finite` is the high part, 0 where it
/// is not finite.
struct Parts {
  SmallVector<Value> high, finite, low;
};

class Splitter {
public:
  Splitter(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  Parts split(ArrayRef<Value> numbers) {
    Parts parts;
    for (Value number : numbers)
      add(number, parts);
    return parts;
  }

private:
  void add(Value number, Parts &parts) {
    Type f32 = builder.getF32Type(), i32 = builder.getI32Type();
    auto constant = [&](TypedAttr value) -> Value { return arith::ConstantOp::create(builder, loc, value); };
    auto bitsOf = [&](Value value) -> Value { return arith::BitcastOp::create(builder, loc, i32, value); };
    Value zero = constant(builder.getF32FloatAttr(0));
    Value isFinite = math::IsFiniteOp::create(builder, loc, number);
    Value isNaN = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO, number, number);
    // Without the last digits a NaN might be infinite.
    const llvm::APFloat quiet = llvm::APFloat::getQNaN(llvm::APFloat::IEEEsingle());
    Value whole = arith::SelectOp::create(builder, loc, isNaN, constant(builder.getFloatAttr(f32, quiet)), number);
    Value mask = constant(builder.getI32IntegerAttr(-(1 << 13)));
    Value high = arith::AndIOp::create(builder, loc, bitsOf(whole), mask);
    Value rest = arith::SubFOp::create(builder, loc, number, arith::BitcastOp::create(builder, loc, f32, high));
    parts.high.push_back(high);
    parts.finite.push_back(arith::SelectOp::create(builder, loc, isFinite, high, bitsOf(zero)));
    parts.low.push_back(bitsOf(arith::SelectOp::create(builder, loc, isFinite, rest, zero)));
  }

  OpBuilder &builder;
  Location loc;
};

} // namespace

/// sums + A·B for 16 rows, 8 columns and 8 steps.
static SmallVector<Value> multiply(OpBuilder &builder, Location loc, ArrayRef<Value> a, ArrayRef<Value> b,
                                   ArrayRef<Value> sums) {
  Type f32 = builder.getF32Type(),
       result = LLVM::LLVMStructType::getLiteral(builder.getContext(), {f32, f32, f32, f32});
  Value after = NVVM::MmaOp::create(builder, loc, result, a, b, sums, ArrayRef<int64_t>{16, 8, 8}, std::nullopt,
                                    std::nullopt, std::array{NVVM::MMATypes::tf32, NVVM::MMATypes::tf32},
                                    std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
  SmallVector<Value> next;
  for (int64_t number = 0; number < 4; ++number)
    next.push_back(LLVM::ExtractValueOp::create(builder, loc, after, ArrayRef<int64_t>{number}));
  return next;
}

SmallVector<Value> TileDistributor::multiplyBySplitTf32(vector::ContractionOp op, SmallVector<Value> sums) {
  auto type = cast<VectorType>(op.getResultType());
  VectorType held = pieceType(type);
  const int64_t cols = held.getDimSize(1);
  const int64_t length = op.getLhsType().getDimSize(isDepthFirst(op, 0) ? 0 : 1);
  Shared left = shared(op.getLhs()), right = shared(op.getRhs());
  if (!left.memory || !right.memory)
    return {};
  SmallVector<Value> rowPlaces = rowsOf(type.getDimSize(0));
  Value firstLine = add(firstColOfWarp(type.getDimSize(1)), laneRow);
  auto loop = scf::ForOp::create(builder, loc, index(0), index(length), index(8), sums);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Splitter splitter(builder, loc);
  Value depths[] = {add(loop.getInductionVar(), laneCol), {}};
  depths[1] = add(depths[0], 4);
  auto load = [&](const Shared &tile, unsigned operand, Value line, Value depth) {
    return isDepthFirst(op, operand) ? loadShared(tile, depth, line) : loadShared(tile, line, depth);
  };
  SmallVector<Parts> rows;
  for (int64_t row = 0; row < held.getDimSize(0); row += 2) {
    SmallVector<Value> numbers;
    for (Value depth : depths)
      for (int64_t half : {0, 1})
        numbers.push_back(load(left, 0, rowPlaces[row + half], depth));
    rows.push_back(splitter.split(numbers));
  }
  SmallVector<Value> next(loop.getRegionIterArgs());
  for (int64_t col = 0; col < cols; col += 2) {
    Value line = add(firstLine, col * 4);
    Parts b = splitter.split({load(right, 1, line, depths[0]), load(right, 1, line, depths[1])});
    for (auto [pair, a] : llvm::enumerate(rows)) {
      const int64_t first = 2 * pair * cols + col, second = first + cols;
      SmallVector<Value> sum{next[first], next[first + 1], next[second], next[second + 1]};
      // What is small comes first.
      sum = multiply(builder, loc, a.low, b.finite, sum);
      sum = multiply(builder, loc, a.finite, b.low, sum);
      sum = multiply(builder, loc, a.high, b.high, sum);
      std::tie(next[first], next[first + 1], next[second], next[second + 1]) =
          std::tuple(sum[0], sum[1], sum[2], sum[3]);
    }
  }
  scf::YieldOp::create(builder, loc, next);
  return SmallVector<Value>(loop.getResults());
}

} // namespace theria::gpu
