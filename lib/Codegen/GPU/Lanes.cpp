//===- Lanes.cpp - what the lanes of a warp tell each other ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Lanes.h"

#include "lib/Codegen/GPU/Frame.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace theria::gpu {

bool isExchanged(Type element) {
  return element.isIntOrFloat() && (element.getIntOrFloatBitWidth() == 32 || element.getIntOrFloatBitWidth() == 64);
}

Value exchange(OpBuilder &builder, Location loc, Value value, int64_t distance) {
  auto shuffle = [&](Value word) -> Value {
    return mlir::gpu::ShuffleOp::create(builder, loc, word, int32_t(distance), int32_t(Frame::lanes),
                                        mlir::gpu::ShuffleMode::XOR)
        .getShuffleResult();
  };
  Type type = value.getType(), word = builder.getI32Type();
  if (type == word || type.isF32())
    return shuffle(value);
  auto one = VectorType::get({1}, type), words = VectorType::get({2}, word);
  Value both = vector::BitCastOp::create(builder, loc, words, vector::BroadcastOp::create(builder, loc, one, value));
  SmallVector<Value> others;
  for (int64_t number : {0, 1})
    others.push_back(shuffle(vector::ExtractOp::create(builder, loc, both, ArrayRef<int64_t>{number})));
  Value other =
      vector::BitCastOp::create(builder, loc, one, vector::FromElementsOp::create(builder, loc, words, others));
  return vector::ExtractOp::create(builder, loc, other, ArrayRef<int64_t>{0});
}

} // namespace theria::gpu
