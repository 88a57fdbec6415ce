//===- Activation.cpp - one call of a function ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Activation.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/Support/MathExtras.h"

#include <unistd.h>

using namespace mlir;

namespace theria::oracle {

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

unsigned widthOf(Type type) {
  type = getElementTypeOrSelf(type);
  return type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
}

Tensors Activation::get(ValueRange range) const {
  Tensors tensors;
  for (Value value : range)
    tensors.push_back(get(value));
  return tensors;
}

Tensor Activation::take(Value value, Operation *reader) {
  // A loop's body reads what is outside of it again.
  if (value.hasOneUse() && value.getParentBlock() == reader->getBlock())
    return std::exchange(values[value], Tensor());
  return get(value);
}

int64_t Activation::index(Value value) const {
  return llvm::SignExtend64(get(value).index(), widthOf(value.getType()));
}

LogicalResult Activation::setResults(Operation *op, FailureOr<Tensors> results) {
  if (failed(results))
    return failure();
  for (auto [result, tensor] : llvm::zip_equal(op->getResults(), *results))
    set(result, std::move(tensor));
  return success();
}

int64_t Activation::index(OpFoldResult size) const {
  if (auto value = dyn_cast<Value>(size))
    return index(value);
  return *getConstantIntValue(size);
}

SmallVector<int64_t> Activation::indices(ArrayRef<OpFoldResult> sizes) const {
  return llvm::map_to_vector(sizes, [&](OpFoldResult size) { return index(size); });
}

SmallVector<int64_t> Activation::shapeOf(Type type, ValueRange sizes) const {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return {};
  SmallVector<int64_t> shape(tensor.getShape());
  for (int64_t &size : shape)
    if (ShapedType::isDynamic(size)) {
      size = index(sizes.front());
      sizes = sizes.drop_front();
    }
  return shape;
}

/// Bytes of memory that are free, or nothing where the system does not tell.
static std::optional<int64_t> freeMemory() {
#ifdef _SC_AVPHYS_PAGES
  const long pages = sysconf(_SC_AVPHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
  if (pages > 0 && bytes > 0)
    return int64_t(pages) * bytes;
#endif
  return std::nullopt;
}

LogicalResult checkSizes(Operation *op, ArrayRef<int64_t> shape) {
  for (int64_t size : shape)
    if (size < 0)
      return op->emitError() << "expected sizes of at least 0, but found " << size << "; give tensors sizes that exist";
  return success();
}

/// Says where the elements of a tensor would not find room.
static LogicalResult checkRoom(Operation *op, ArrayRef<int64_t> shape, int64_t elementBytes) {
  if (failed(checkSizes(op, shape)))
    return failure();
  int64_t bytes = elementBytes;
  bool fits = true;
  for (int64_t size : shape)
    fits &= !llvm::MulOverflow(bytes, size, bytes);
  if (llvm::is_contained(shape, 0))
    return success();
  // What is small finds room, or nothing does.
  constexpr int64_t small = 1 << 20;
  std::optional<int64_t> room = fits && bytes < small ? std::nullopt : freeMemory();
  if (fits && (!room || bytes <= *room))
    return success();
  InFlightDiagnostic error = op->emitError() << "expected free memory for a tensor in the oracle, ";
  if (fits)
    error << bytes << " bytes, ";
  return error << "but the machine has " << room.value_or(0) << "; evaluate smaller sizes";
}

FailureOr<Tensor> Activation::create(Operation *op, Type type, ArrayRef<int64_t> shape) const {
  const bool isReal = isa<FloatType>(getElementTypeOrSelf(type));
  // Beside the number, its significand and what the allocator adds.
  const int64_t bytes = isReal ? sizeof(Real) + 16 + llvm::divideCeil(setting.precision, 8) : sizeof(uint64_t);
  if (failed(checkRoom(op, shape, bytes)))
    return failure();
  return isReal ? Tensor::ofReals(shape, setting.precision) : Tensor::ofIntegers(shape);
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

static Handler findHandler(Operation *op) {
  for (auto find : {findElementwiseHandler, findConstantHandler, findTensorHandler, findContractionHandler,
                    findIndexingHandler, findControlHandler, findSdpaHandler, findCalculusHandler})
    if (Handler handler = find(op))
      return handler;
  return nullptr;
}

void Activation::roundResults(Operation *op) {
  for (Value result : op->getResults()) {
    if (!isa<FloatType>(getElementTypeOrSelf(result)))
      continue;
    const RoundTo round = rounding(result.getType());
    for (Real &element : values[result].editReals())
      round(element.get());
  }
}

FailureOr<Tensors> Activation::evaluate(Region &region, Tensors arguments) {
  if (!region.hasOneBlock())
    return region.getParentOp()->emitError()
           << "expected structured control flow, but found a region of several blocks; use scf";
  Block &block = region.front();
  for (auto [argument, tensor] : llvm::zip(block.getArguments(), arguments))
    set(argument, std::move(tensor));
  for (Operation &op : block.without_terminator()) {
    Handler handler = findHandler(&op);
    if (!handler)
      return op.emitError() << "expected only operations that the oracle evaluates, but found '" << op.getName()
                            << "'; rewrite it in func, arith, math, tensor, scf and theria";
    ++evaluated;
    if (failed(handler(&op, *this)))
      return failure();
    if (setting.rounding)
      roundResults(&op);
  }
  Tensors results;
  for (Value operand : block.getTerminator()->getOperands())
    results.push_back(take(operand, block.getTerminator()));
  return results;
}

FailureOr<Tensors> callBody(func::FuncOp function, Tensors arguments, const Setting &setting, Operation *caller) {
  if (function.isDeclaration()) {
    InFlightDiagnostic error = caller->emitError() << "expected a function with a body, but found a call of @"
                                                   << function.getSymName() << ", which has none; define the function";
    error.attachNote(function.getLoc()) << "declared here";
    return error;
  }
  constexpr unsigned deepest = 1000;
  if (setting.depth == deepest)
    return caller->emitError() << "expected at most " << deepest << " nested calls, but found one more, of @"
                               << function.getSymName() << "; end the recursion earlier or write it as a loop";
  Setting inner = setting;
  ++inner.depth;
  return Activation(inner).evaluate(function.getBody(), std::move(arguments));
}

} // namespace theria::oracle
