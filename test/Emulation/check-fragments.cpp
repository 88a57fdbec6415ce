//===- check-fragments.cpp - fragments of matrices against MLIR's ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR says which lane holds which element of a matrix too (NVGPU/Utils). Whole numbers are shared out by its maps, the
// emulated instruction runs on them, and what it gives, gathered by its maps, is compared with a plain product.
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Intrinsics.h"

#include "mlir/Dialect/NVGPU/Utils/MMAUtils.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>
#include <functional>

using namespace mlir;
using nvgpu::MatMulOperandRole;

namespace theria::emulation {

/// The arguments and results of all lanes of a warp.
struct Warp {
  static constexpr int64_t lanes = Machine::lanes, slots = 16;
  std::vector<char> memory = std::vector<char>(lanes * 2 * slots * kSlot);

  char *argument(int64_t lane, int64_t number) { return memory.data() + ((2 * lane) * slots + number) * kSlot; }
  char *result(int64_t lane, int64_t number) { return memory.data() + ((2 * lane + 1) * slots + number) * kSlot; }
  std::string run(llvm::StringRef name) {
    std::vector<Lane> all;
    for (int64_t lane = 0; lane < lanes; ++lane)
      all.push_back({argument(lane, 0), result(lane, 0)});
    return findIntrinsic(name)->together(all);
  }
};

/// Calls `see` with the lane, the number of its value, and the row and column of each element of a matrix.
static void forEachElement(MLIRContext &context, Type element, ArrayRef<int64_t> shape, MatMulOperandRole role,
                           llvm::function_ref<void(int64_t, int64_t, int64_t, int64_t)> see) {
  OpBuilder builder(&context);
  auto type = VectorType::get(shape, element);
  FailureOr<AffineMap> map = nvgpu::getLaneIdAndValueIdToOperandCoord(builder, builder.getUnknownLoc(), {type, role});
  for (int64_t lane = 0; lane < Warp::lanes; ++lane)
    for (int64_t number = 0; number < type.getNumElements() / Warp::lanes; ++number) {
      Attribute at[] = {builder.getIndexAttr(lane), builder.getIndexAttr(number)};
      SmallVector<Attribute> place;
      (void)map->constantFold(at, place);
      see(lane, number, cast<IntegerAttr>(place[0]).getInt(), cast<IntegerAttr>(place[1]).getInt());
    }
}

static uint16_t bitsOf(int64_t number, bool isHalf) {
  llvm::APFloat value(isHalf ? llvm::APFloat::IEEEhalf() : llvm::APFloat::BFloat());
  value.convertFromAPInt(llvm::APInt(64, uint64_t(number), /*isSigned=*/true), /*IsSigned=*/true,
                         llvm::APFloat::rmNearestTiesToEven);
  return uint16_t(value.bitcastToAPInt().getZExtValue());
}

static int64_t left(int64_t row, int64_t depth) { return (3 * row + 7 * depth) % 11 - 5; }
static int64_t right(int64_t depth, int64_t col) { return (5 * depth + 2 * col) % 13 - 6; }

static bool report(llvm::StringRef name, int64_t wrong) {
  llvm::outs() << name << ": " << wrong << " elements differ\n";
  return wrong == 0;
}

static bool checkProduct(MLIRContext &context, bool isHalf) {
  Builder builder(&context);
  // MLIR knows f16 alone; bf16 lies as it does.
  Type small = builder.getF16Type();
  Warp warp;
  auto put = [&](int64_t lane, int64_t slot, int64_t number, int64_t value) {
    const uint16_t bits = bitsOf(value, isHalf);
    std::memcpy(warp.argument(lane, slot + number / 2) + 2 * (number % 2), &bits, sizeof(bits));
  };
  forEachElement(context, small, {16, 16}, MatMulOperandRole::A,
                 [&](auto lane, auto number, auto row, auto col) { put(lane, 0, number, left(row, col)); });
  // MLIR has the columns of B first.
  forEachElement(context, small, {8, 16}, MatMulOperandRole::B,
                 [&](auto lane, auto number, auto row, auto col) { put(lane, 4, number, right(col, row)); });
  auto forEachSum = [&](llvm::function_ref<void(int64_t, int64_t, int64_t, int64_t)> see) {
    forEachElement(context, builder.getF32Type(), {16, 8}, MatMulOperandRole::C, see);
  };
  forEachSum([&](auto lane, auto number, auto row, auto col) {
    const auto start = float(100 * row + col);
    std::memcpy(warp.argument(lane, 6 + number), &start, sizeof(start));
  });
  const llvm::StringRef name =
      isHalf ? "llvm.nvvm.mma.m16n8k16.row.col.f32.f32" : "llvm.nvvm.mma.m16n8k16.row.col.bf16";
  llvm::outs() << warp.run(name);
  int64_t wrong = 0;
  forEachSum([&](auto lane, auto number, auto row, auto col) {
    int64_t expected = 100 * row + col;
    for (int64_t depth = 0; depth < 16; ++depth)
      expected += left(row, depth) * right(depth, col);
    float found;
    std::memcpy(&found, warp.result(lane, number), sizeof(found));
    wrong += found != float(expected);
  });
  return report(name, wrong);
}

/// Four matrices of 8 by 8 that are A, as it lies in memory or transposed.
static bool checkLoad(MLIRContext &context, bool isTransposed) {
  uint16_t memory[16][16];
  for (int64_t row = 0; row < 16; ++row)
    for (int64_t col = 0; col < 16; ++col)
      memory[row][col] = uint16_t(isTransposed ? 16 * col + row : 16 * row + col);
  Warp warp;
  for (int64_t lane = 0; lane < Warp::lanes; ++lane) {
    // The second matrix is of the next 8 rows of A, the third of the next 8 columns.
    const int64_t matrix = lane / 8, rows = 8 * (matrix % 2), cols = 8 * (matrix / 2), within = lane % 8;
    auto &start = isTransposed ? memory[cols + within][rows] : memory[rows + within][cols];
    const auto address = reinterpret_cast<uintptr_t>(&start);
    std::memcpy(warp.argument(lane, 0), &address, sizeof(address));
  }
  const std::string name =
      std::string("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x4") + (isTransposed ? ".trans" : "") + ".b16.p3";
  llvm::outs() << warp.run(name);
  int64_t wrong = 0;
  forEachElement(context, Builder(&context).getF16Type(), {16, 16}, MatMulOperandRole::A,
                 [&](auto lane, auto number, auto row, auto col) {
                   uint16_t found;
                   std::memcpy(&found, warp.result(lane, number / 2) + 2 * (number % 2), sizeof(found));
                   wrong += found != uint16_t(16 * row + col);
                 });
  return report(name, wrong);
}

} // namespace theria::emulation

int main() {
  using namespace theria::emulation;
  MLIRContext context;
  bool agrees = true;
  for (bool other : {false, true}) {
    agrees &= checkProduct(context, other);
    agrees &= checkLoad(context, other);
  }
  return agrees ? 0 : 1;
}
