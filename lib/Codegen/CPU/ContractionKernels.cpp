//===- ContractionKernels.cpp - the kernels of a module ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/ContractionKernel.h"

#include "lib/Codegen/CPU/Passes.h"

#include <numeric>

using namespace mlir;

namespace theria::cpu {

/// Rows of B that are packed at a time.
static constexpr int64_t kPackedRows = 128;

MemRefType matrixType(Type element, UnitStride unit) {
  constexpr int64_t any = ShapedType::kDynamic;
  const int64_t strides[] = {unit == UnitStride::first ? 1 : any, unit == UnitStride::second ? 1 : any};
  return MemRefType::get({any, any}, element, StridedLayoutAttr::get(element.getContext(), any, strides));
}

BlockShape blockShape(VectorTarget target) { return {6, target.registers >= 32 ? 4 : 2}; }

/// Packs B, as many rows and columns at a time as stay in the cache, and calls `inner` on each part.
static void buildPacked(func::FuncOp kernel, func::FuncOp inner, int64_t width) {
  Location loc = kernel.getLoc();
  OpBuilder b = OpBuilder::atBlockBegin(kernel.addEntryBlock());
  Value lhs = kernel.getArgument(0), rhs = kernel.getArgument(1), out = kernel.getArgument(2);
  Type element = cast<MemRefType>(out.getType()).getElementType();
  Value panel =
      memref::AllocaOp::create(b, loc, MemRefType::get({kPackedRows, width}, element), b.getI64IntegerAttr(64));
  Value zero = arith::ConstantIndexOp::create(b, loc, 0);
  auto size = [&](Value matrix, int64_t dim) { return memref::DimOp::create(b, loc, matrix, dim); };
  Value m = size(out, 0), n = size(out, 1), k = size(rhs, 0);
  auto part = [&](Value matrix, Value row, Value column, Value rows, Value columns) -> Value {
    SmallVector<OpFoldResult> offsets = {row, column}, sizes = {rows, columns}, strides(2, b.getIndexAttr(1));
    return memref::SubViewOp::create(b, loc, matrix, offsets, sizes, strides);
  };
  auto forParts = [&](Value end, int64_t length, function_ref<void(Value, Value)> body) {
    Value step = arith::ConstantIndexOp::create(b, loc, length);
    auto loop = scf::ForOp::create(b, loc, zero, end, step);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value left = arith::SubIOp::create(b, loc, end, loop.getInductionVar());
    body(loop.getInductionVar(), arith::MinUIOp::create(b, loc, left, step));
  };
  forParts(n, width, [&](Value j, Value columns) {
    forParts(k, kPackedRows, [&](Value p, Value depth) {
      Value packed = part(panel, zero, zero, depth, columns);
      linalg::CopyOp::create(b, loc, part(rhs, p, j, depth, columns), packed);
      const Value matrices[] = {part(lhs, zero, p, m, depth), packed, part(out, zero, j, m, columns)};
      SmallVector<Value> operands;
      for (auto [matrix, type] : llvm::zip_equal(matrices, inner.getArgumentTypes()))
        operands.push_back(b.createOrFold<memref::CastOp>(loc, type, matrix));
      func::CallOp::create(b, loc, inner, operands);
    });
  });
  func::ReturnOp::create(b, loc);
}

func::FuncOp ContractionKernels::declare(const KernelKind &kind) {
  std::string name;
  llvm::raw_string_ostream stream(name);
  constexpr StringLiteral along[] = {"first", "second", "none"};
  stream << "theria.contract." << kind.element << "." << along[int(kind.a)] << "." << along[int(kind.b)]
         << (kind.overwrites ? ".set" : ".add");
  OpBuilder builder(module.getContext());
  const Type types[] = {matrixType(kind.element, kind.a), matrixType(kind.element, kind.b),
                        matrixType(kind.element, UnitStride::second)};
  auto kernel = func::FuncOp::create(builder, module.getLoc(), name, builder.getFunctionType(types, {}));
  kernel.setPrivate();
  symbols.insert(kernel);
  return kernel;
}

void KernelSizes::add(int64_t rowsOfC, int64_t columnsOfC, int64_t rowsOfBlock) {
  columns = std::gcd(columns, ShapedType::isDynamic(columnsOfC) ? 1 : columnsOfC);
  rowsLeft |= ShapedType::isDynamic(rowsOfC) ? (1U << rowsOfBlock) - 1 : 1U << (rowsOfC % rowsOfBlock);
}

func::FuncOp ContractionKernels::get(const KernelKind &kind, int64_t rows, int64_t columns) {
  const BlockShape shape = blockShape(target);
  Kernel &kernel = kernels[kind.key()];
  const bool isNew = !kernel.function;
  if (isNew)
    kernel = {kind, declare(kind), {}};
  kernel.sizes.add(rows, columns, shape.rows);
  func::FuncOp function = kernel.function;
  if (kind.b == UnitStride::second)
    return function;
  const int64_t width = shape.vectors * target.lanes(kind.element);
  KernelKind inner = kind;
  inner.b = UnitStride::second;
  func::FuncOp onPanel = get(inner, rows, ShapedType::isDynamic(columns) ? columns : std::gcd(columns, width));
  if (isNew)
    buildPacked(function, onPanel, width);
  return function;
}

void ContractionKernels::build() {
  for (auto &[key, kernel] : kernels)
    if (kernel.kind.b == UnitStride::second)
      buildKernel(kernel.function, target, kernel.kind, kernel.sizes);
}

} // namespace theria::cpu
