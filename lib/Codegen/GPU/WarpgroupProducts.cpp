//===- WarpgroupProducts.cpp - products of small floats by wgmma ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// wgmma.m64nNk16: four warps multiply 64 rows, 16 of each, by all columns, which the tensor cores read from shared
// memory themselves. What a thread holds of A and of the sums is as for mma.m16n8k16 (TensorCores.cpp), eight columns
// after the other. It goes on beside the threads, which wait for it where they need a result (PTX ISA, Asynchronous
// Warpgroup Level Matrix Instructions).
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace theria::gpu {

static constexpr int64_t elementBytes = 2, depthStep = 16, warpsTogether = 4;

/// Assembly that returns as many numbers of f32 as `sums` are, or `count`, and reads those first, in their registers.
static SmallVector<Value> emitAssembly(OpBuilder &builder, Location loc, const std::string &text, size_t count,
                                       ArrayRef<Value> sums, ArrayRef<Value> others) {
  SmallVector<std::string> constraints(count, "=f");
  for (size_t number = 0; number < sums.size(); ++number)
    constraints.push_back(std::to_string(number));
  constraints.append(others.size(), "r");
  SmallVector<Value> operands(sums);
  llvm::append_range(operands, others);
  SmallVector<Type> types(count, builder.getF32Type());
  auto all = LLVM::LLVMStructType::getLiteral(builder.getContext(), types);
  Value result =
      LLVM::InlineAsmOp::create(builder, loc, all, operands, text, llvm::join(constraints, ","),
                                /*has_side_effects=*/true, /*is_align_stack=*/false, LLVM::TailCallKind::None,
                                /*asm_dialect=*/{}, /*operand_attrs=*/{})
          .getRes();
  SmallVector<Value> numbers;
  for (size_t number = 0; number < count; ++number)
    numbers.push_back(LLVM::ExtractValueOp::create(builder, loc, result, ArrayRef<int64_t>{int64_t(number)}));
  return numbers;
}

/// Where an operand of one wgmma lies.
struct Place {
  TileDistributor::Descriptor tile;
  int64_t bytes; ///< from the start of the tile
  bool isTurned;
};

/// One wgmma. `left`: four registers, or none, and where A lies; without `sums`, they are 0. Descriptors are put
/// together here, or they would be kept in registers, two for each.
static SmallVector<Value> multiply(OpBuilder &builder, Location loc, ArrayRef<Value> registers, const Place &left,
                                   const Place &right, ArrayRef<Value> sums, int64_t cols, StringRef element) {
  const size_t count = cols / 2, first = count + sums.size();
  auto list = [](size_t from, size_t size) {
    SmallVector<std::string> names;
    for (size_t number = from; number < from + size; ++number)
      names.push_back("$" + std::to_string(number));
    return llvm::join(names, ", ");
  };
  std::string text;
  llvm::raw_string_ostream stream(text);
  SmallVector<Value> others(registers);
  auto describe = [&](StringRef name, const Place &place) {
    stream << ".reg .b32 " << name << "Low, " << name << "High;\n.reg .b64 " << name << ";\nadd.u32 " << name << "Low, "
           << list(first + others.size(), 1) << ", " << place.bytes / 16 << ";\nmov.b32 " << name << "High, "
           << place.tile.high << ";\nmov.b64 " << name << ", {" << name << "Low, " << name << "High};\n";
    others.push_back(place.tile.low);
  };
  stream << "{\n.reg .pred adds;\nsetp.ne.b32 adds, " << !sums.empty() << ", 0;\n";
  if (registers.empty())
    describe("left", left);
  describe("right", right);
  stream << "wgmma.mma_async.sync.aligned.m64n" << cols << "k16.f32." << element << '.' << element << " {"
         << list(0, count) << "}, "
         << (registers.empty() ? std::string("left") : "{" + list(first, registers.size()) + "}")
         << ", right, adds, 1, 1, ";
  if (registers.empty())
    stream << left.isTurned << ", ";
  stream << right.isTurned << ";\n}";
  return emitAssembly(builder, loc, text, count, sums, others);
}

/// The bytes from the first step along the depth of an operand to another.
static int64_t bytesToDepth(MemRefType panels, int64_t panelRows, bool alongRow, int64_t depth) {
  const int64_t width = panels.getDimSize(1), rowBytes = width * elementBytes;
  return alongRow ? depth / width * panelRows * rowBytes + depth % width * elementBytes : depth * rowBytes;
}

/// Tells wgmma where a line of an operand begins in shared memory, and how it lies there: the distances, in 16 bytes,
/// of one panel from the next, and of 8 rows from the next 8, and the bytes of rows (PTX ISA, Matrix Descriptor).
TileDistributor::Descriptor TileDistributor::describe(const Shared &tile, Value line, bool depthFirst) {
  auto panels = cast<MemRefType>(tile.memory.getType());
  const int64_t width = panels.getDimSize(1), rowBytes = width * elementBytes, panelBytes = tile.panelRows * rowBytes;
  auto times = [&](Value a, int64_t b) { return builder.createOrFold<arith::MulIOp>(loc, a, index(b)); };
  Value offset = times(line, rowBytes);
  if (!tile.hasDepthAlongRows(depthFirst)) {
    Value within = builder.createOrFold<arith::RemUIOp>(loc, line, index(width));
    offset = add(times(builder.createOrFold<arith::DivUIOp>(loc, line, index(width)), panelBytes),
                 times(within, elementBytes));
  }
  Value start = add(memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, tile.memory), offset);
  auto word = [&](int64_t number) -> Value {
    return arith::ConstantIntOp::create(builder, loc, builder.getI32Type(), number);
  };
  const uint32_t swizzle = width == 64 ? 1 : width == 32 ? 2 : 3;
  Value address = arith::IndexCastUIOp::create(builder, loc, builder.getI32Type(), start);
  address = arith::ShRUIOp::create(builder, loc, arith::AndIOp::create(builder, loc, address, word(0x3ffff)), word(4));
  return {arith::OrIOp::create(builder, loc, address, word(panelBytes / 16 << 16)),
          swizzle << 30 | uint32_t(8 * rowBytes / 16)};
}

/// What a thread holds of a sum that a product starts from; nothing where it is 0.
SmallVector<Value> TileDistributor::takeSums(Value tile) {
  auto known = llvm::find_if(products, [&](const Product &product) { return product.tile == tile; });
  if (known != products.end() && tile.hasOneUse()) {
    SmallVector<Value> sums = std::move(known->sums);
    products.erase(known);
    return sums;
  }
  SmallVector<Value> sums;
  if (matchPattern(tile, m_PosZeroFloat()))
    return sums;
  Value start = piece(tile);
  for (int64_t col = 0; col < cast<VectorType>(start.getType()).getDimSize(1); col += 2)
    for (int64_t row : {0, 1})
      for (int64_t other : {0, 1})
        sums.push_back(element(start, row, col + other));
  return sums;
}

LogicalResult TileDistributor::multiplyByWgmma(vector::ContractionOp op) {
  const bool depthFirstLeft = isDepthFirst(op, 0), depthFirstRight = isDepthFirst(op, 1);
  const int64_t length = op.getLhsType().getDimSize(depthFirstLeft ? 0 : 1);
  const int64_t cols = cast<VectorType>(op.getResultType()).getDimSize(1);
  Value piece = takesPiece(op, 0, frame) ? pieces.lookup(op.getLhs()) : Value();
  auto held = fragments.find(op.getLhs());
  const bool inRegisters = piece || held != fragments.end();
  Shared left = inRegisters ? Shared() : shared(op.getLhs()), right = shared(op.getRhs());
  if (!right.memory || (!inRegisters && !left.memory))
    return refuse(op);
  SmallVector<Value> sums = takeSums(op.getAcc());
  auto placeOf = [](const Descriptor &start, const Shared &tile, bool depthFirst, int64_t depth) -> Place {
    const bool alongRow = tile.hasDepthAlongRows(depthFirst);
    return {start, bytesToDepth(cast<MemRefType>(tile.memory.getType()), tile.panelRows, alongRow, depth), !alongRow};
  };
  Descriptor leftStart;
  if (!inRegisters) {
    Value group = arith::DivUIOp::create(builder, loc, warpRow, index(warpsTogether));
    Value line = arith::MulIOp::create(builder, loc, group, index(warpsTogether * frame.rowUnit));
    leftStart = describe(left, frame.warpRows == warpsTogether ? index(0) : line, depthFirstLeft);
  }
  const Descriptor rightStart = describe(right, firstColOfWarp(cols), depthFirstRight);
  SmallVector<SmallVector<Value>> operands;
  for (int64_t depth = 0; depth < length; depth += depthStep) {
    operands.emplace_back();
    if (inRegisters)
      for (Value one : piece ? fragmentOf(piece, 0, depth) : held->second[0][depth / depthStep])
        operands.back().push_back(asWord(one));
  }
  NVVM::WgmmaFenceAlignedOp::create(builder, loc);
  for (auto [step, registers] : llvm::enumerate(operands)) {
    const int64_t depth = int64_t(step) * depthStep;
    sums = multiply(builder, loc, registers, inRegisters ? Place() : placeOf(leftStart, left, depthFirstLeft, depth),
                    placeOf(rightStart, right, depthFirstRight, depth), sums, cols / frame.warpColsOf(cols),
                    op.getLhsType().getElementType().isF16() ? "f16" : "bf16");
  }
  NVVM::WgmmaGroupSyncAlignedOp::create(builder, loc);
  products.push_back({op.getResult(), sums});
  return success();
}

/// Waits for the first so many products, which end in their order.
void TileDistributor::finishProducts(size_t count) {
  if (count == 0)
    return;
  SmallVector<Value> sums;
  const ArrayRef<Product> first = ArrayRef(products).take_front(count);
  for (const Product &product : first)
    llvm::append_range(sums, product.sums);
  const std::string wait = "wgmma.wait_group.sync.aligned " + std::to_string(products.size() - count) + ";";
  ArrayRef<Value> done = sums = emitAssembly(builder, loc, wait, sums.size(), sums, {});
  for (const Product &product : first) {
    ArrayRef<Value> own = done.take_front(product.sums.size());
    done = done.drop_front(own.size());
    SmallVector<Value> elements;
    for (size_t row : {0, 2})
      for (size_t first = row; first < own.size(); first += 4)
        llvm::append_range(elements, own.slice(first, 2));
    give(product.tile, assemble(pieceType(cast<VectorType>(product.tile.getType())), elements));
  }
  products.erase(products.begin(), products.begin() + count);
}

} // namespace theria::gpu
