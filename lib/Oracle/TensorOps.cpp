//===- TensorOps.cpp - the tensor dialect in the oracle -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Activation.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace theria::oracle {

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

namespace {
/// Where a slice lies in its tensor.
struct Slice {
  SmallVector<int64_t> sizes, strides;
  int64_t offset = 0;
};
} // namespace

/// The slice of `op` in a tensor of `shape`; the strides of dims in `dropped` are left out.
static FailureOr<Slice> locate(OffsetSizeAndStrideOpInterface op, ArrayRef<int64_t> shape,
                               const llvm::SmallBitVector &dropped, const Activation &activation) {
  Slice slice;
  const SmallVector<int64_t> steps = stridesOf(shape);
  for (auto [dim, bound] : llvm::enumerate(shape)) {
    const int64_t offset = activation.index(op.getMixedOffsets()[dim]);
    const int64_t size = activation.index(op.getMixedSizes()[dim]);
    const int64_t stride = activation.index(op.getMixedStrides()[dim]);
    const bool isInside = stride >= 1 && size >= 0 && offset >= 0 && offset <= bound &&
                          (size == 0 || (offset < bound && size - 1 <= (bound - 1 - offset) / stride));
    if (!isInside)
      return op.emitError() << "expected a slice inside dim " << dim << " of size " << bound << ", but found offset "
                            << offset << ", size " << size << ", stride " << stride
                            << "; keep slices inside the tensor";
    slice.offset += offset * steps[dim];
    if (dropped.test(dim))
      continue;
    slice.sizes.push_back(size);
    slice.strides.push_back(stride * steps[dim]);
  }
  return slice;
}

static LogicalResult extractSlice(tensor::ExtractSliceOp op, Activation &activation) {
  const Tensor &source = activation.get(op.getSource());
  FailureOr<Slice> slice = locate(op, source.getShape(), op.getDroppedDims(), activation);
  if (failed(slice))
    return failure();
  activation.set(op.getResult(), readStrided(source, slice->sizes, slice->strides, slice->offset));
  return success();
}

LogicalResult insertSlice(OffsetSizeAndStrideOpInterface op, const Tensor &source, Tensor &target,
                          const Activation &activation) {
  const llvm::SmallBitVector dropped = isa<tensor::InsertSliceOp>(op)
                                           ? cast<tensor::InsertSliceOp>(op).getDroppedDims()
                                           : cast<tensor::ParallelInsertSliceOp>(op).getDroppedDims();
  FailureOr<Slice> slice = locate(op, target.getShape(), dropped, activation);
  if (failed(slice))
    return failure();
  for (auto [dim, sizes] : llvm::enumerate(llvm::zip_equal(slice->sizes, source.getShape())))
    if (std::get<0>(sizes) != std::get<1>(sizes))
      return op.emitError() << "expected a source of size " << std::get<0>(sizes) << " in dim " << dim
                            << " of the inserted slice, but found " << std::get<1>(sizes)
                            << "; insert a tensor of the slice's sizes";
  writeStrided(target, source, slice->strides, slice->offset);
  return success();
}

static LogicalResult insertSliceOp(tensor::InsertSliceOp op, Activation &activation) {
  Tensor target = activation.take(op.getDest(), op);
  if (failed(insertSlice(op, activation.get(op.getSource()), target, activation)))
    return failure();
  activation.set(op.getResult(), std::move(target));
  return success();
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

/// The place of an element in C order.
static FailureOr<int64_t> place(Operation *op, ArrayRef<int64_t> shape, ValueRange position,
                                const Activation &activation) {
  int64_t element = 0;
  for (auto [dim, size] : llvm::enumerate(shape)) {
    const int64_t index = activation.index(position[dim]);
    if (index < 0 || index >= size)
      return op->emitError() << "expected an index in dim " << dim << " of a tensor of size " << size << ", but found "
                             << index << "; keep indices inside";
    element = element * size + index;
  }
  return element;
}

static LogicalResult extract(tensor::ExtractOp op, Activation &activation) {
  const Tensor &tensor = activation.get(op.getTensor());
  FailureOr<int64_t> element = place(op, tensor.getShape(), op.getIndices(), activation);
  if (failed(element))
    return failure();
  activation.set(op.getResult(), readStrided(tensor, {}, {}, *element));
  return success();
}

static LogicalResult insert(tensor::InsertOp op, Activation &activation) {
  Tensor target = activation.take(op.getDest(), op);
  FailureOr<int64_t> element = place(op, target.getShape(), op.getIndices(), activation);
  if (failed(element))
    return failure();
  writeStrided(target, activation.get(op.getScalar()), {}, *element);
  activation.set(op.getResult(), std::move(target));
  return success();
}

static LogicalResult fromElements(tensor::FromElementsOp op, Activation &activation) {
  FailureOr<Tensor> result = activation.create(op, op.getType(), op.getType().getShape());
  if (failed(result))
    return failure();
  for (auto [element, scalar] : llvm::enumerate(op.getElements()))
    writeStrided(*result, activation.get(scalar), {}, element);
  activation.set(op.getResult(), std::move(*result));
  return success();
}

static LogicalResult splat(tensor::SplatOp op, Activation &activation) {
  const SmallVector<int64_t> shape = activation.shapeOf(op.getType(), op.getDynamicSizes());
  FailureOr<Tensor> result = activation.create(op, op.getType(), shape);
  if (failed(result))
    return failure();
  activation.set(op.getResult(),
                 readStrided(activation.get(op.getInput()), shape, SmallVector<int64_t>(shape.size(), 0), 0));
  return success();
}

/// Where nothing was put, there is NaN.
template <typename Op> static LogicalResult allocate(Op op, Activation &activation) {
  FailureOr<Tensor> result =
      activation.create(op, op.getType(), activation.shapeOf(op.getType(), op.getDynamicSizes()));
  if (failed(result))
    return failure();
  activation.set(op.getResult(), std::move(*result));
  return success();
}

static LogicalResult allocTensor(bufferization::AllocTensorOp op, Activation &activation) {
  if (!op.getCopy())
    return allocate(op, activation);
  activation.set(op.getResult(), activation.get(op.getCopy()));
  return success();
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

static LogicalResult dim(tensor::DimOp op, Activation &activation) {
  const Tensor &tensor = activation.get(op.getSource());
  const int64_t dim = activation.index(op.getIndex());
  if (dim < 0 || dim >= tensor.getRank())
    return op.emitError() << "expected a dim of a tensor of rank " << tensor.getRank() << ", but found " << dim
                          << "; count dims from 0";
  activation.set(op.getResult(), Tensor::of(uint64_t(tensor.getShape()[dim])));
  return success();
}

static LogicalResult rank(tensor::RankOp op, Activation &activation) {
  activation.set(op.getResult(), Tensor::of(uint64_t(activation.get(op.getTensor()).getRank())));
  return success();
}

/// The same elements under the sizes that `shape` has.
static LogicalResult reshape(Operation *op, Tensor source, ArrayRef<int64_t> shape, Activation &activation) {
  if (failed(checkSizes(op, shape)))
    return failure();
  if (product(shape) != source.size())
    return op->emitError() << "expected a shape of " << source.size() << " elements, but found one of "
                           << product(shape) << "; keep the number of elements";
  activation.set(op->getResult(0), source.reshaped(shape));
  return success();
}

/// The sizes of the result, those that its type has checked.
static LogicalResult setShaped(Operation *op, ArrayRef<int64_t> shape, Activation &activation) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  for (auto [dim, size] : llvm::enumerate(type.getShape()))
    if (!ShapedType::isDynamic(size) && size != shape[dim])
      return op->emitError() << "expected size " << size << " in dim " << dim << ", but found " << shape[dim]
                             << "; give arrays whose sizes agree";
  return reshape(op, activation.take(op->getOperand(0), op), shape, activation);
}

static LogicalResult castShape(tensor::CastOp op, Activation &activation) {
  const SmallVector<int64_t> shape(activation.get(op.getSource()).getShape());
  return setShaped(op, shape, activation);
}

static LogicalResult collapse(tensor::CollapseShapeOp op, Activation &activation) {
  const ArrayRef<int64_t> source = activation.get(op.getSrc()).getShape();
  SmallVector<int64_t> shape;
  for (const ReassociationIndices &group : op.getReassociationIndices()) {
    shape.push_back(1);
    for (int64_t dim : group)
      shape.back() *= source[dim];
  }
  return setShaped(op, shape, activation);
}

static LogicalResult expand(tensor::ExpandShapeOp op, Activation &activation) {
  return setShaped(op, activation.indices(op.getMixedOutputShape()), activation);
}

static LogicalResult reshapeTo(tensor::ReshapeOp op, Activation &activation) {
  const unsigned width = widthOf(op.getShape().getType());
  SmallVector<int64_t> shape;
  for (uint64_t size : activation.get(op.getShape()).integers())
    shape.push_back(llvm::SignExtend64(size, width));
  return setShaped(op, shape, activation);
}

static LogicalResult concat(tensor::ConcatOp op, Activation &activation) {
  const Tensors inputs = activation.get(op.getInputs());
  const int64_t along = op.getDim();
  SmallVector<int64_t> shape(inputs.front().getShape());
  shape[along] = 0;
  for (const Tensor &input : inputs) {
    for (auto [dim, size] : llvm::enumerate(input.getShape()))
      if (int64_t(dim) != along && size != shape[dim])
        return op.emitError() << "expected operands of one size in dim " << dim << ", but found " << shape[dim]
                              << " and " << size << "; give arrays whose sizes agree";
    shape[along] += input.getShape()[along];
  }
  FailureOr<Tensor> result = activation.create(op, op.getType(), shape);
  if (failed(result))
    return failure();
  const SmallVector<int64_t> strides = stridesOf(shape);
  int64_t offset = 0;
  for (const Tensor &input : inputs) {
    writeStrided(*result, input, strides, offset);
    offset += input.getShape()[along] * strides[along];
  }
  activation.set(op.getResult(), std::move(*result));
  return success();
}

/// What a region gives for each position.
static LogicalResult fill(Operation *op, Tensor &result, Activation &activation) {
  Counter counter(result.getShape(), {});
  for (int64_t element = 0, count = result.size(); element < count; ++element, counter.next()) {
    Tensors position;
    for (int64_t index : counter.position())
      position.push_back(Tensor::of(uint64_t(index)));
    FailureOr<Tensors> value = activation.evaluate(op->getRegion(0), std::move(position));
    if (failed(value))
      return failure();
    writeStrided(result, value->front(), {}, element);
  }
  return success();
}

static LogicalResult generate(tensor::GenerateOp op, Activation &activation) {
  FailureOr<Tensor> result =
      activation.create(op, op.getType(), activation.shapeOf(op.getType(), op.getDynamicExtents()));
  if (failed(result) || failed(fill(op, *result, activation)))
    return failure();
  activation.set(op.getResult(), std::move(*result));
  return success();
}

static LogicalResult pad(tensor::PadOp op, Activation &activation) {
  const Tensor source = activation.get(op.getSource());
  const SmallVector<int64_t> low = activation.indices(op.getMixedLowPad());
  const SmallVector<int64_t> high = activation.indices(op.getMixedHighPad());
  SmallVector<int64_t> shape;
  for (auto [size, before, after] : llvm::zip_equal(source.getShape(), low, high)) {
    if (before < 0 || after < 0)
      return op.emitError() << "expected padding of at least 0, but found " << std::min(before, after)
                            << "; take a slice to make a tensor smaller";
    shape.push_back(before + size + after);
  }
  FailureOr<Tensor> result = activation.create(op, op.getType(), shape);
  if (failed(result) || failed(fill(op, *result, activation)))
    return failure();
  const SmallVector<int64_t> strides = stridesOf(shape);
  int64_t offset = 0;
  for (auto [before, stride] : llvm::zip_equal(low, strides))
    offset += before * stride;
  writeStrided(*result, source, strides, offset);
  activation.set(op.getResult(), std::move(*result));
  return success();
}

//===----------------------------------------------------------------------===//
// All
//===----------------------------------------------------------------------===//

Handler findTensorHandler(Operation *op) {
  return llvm::TypeSwitch<Operation *, Handler>(op)
      .Case<bufferization::AllocTensorOp>([](auto) { return handle<bufferization::AllocTensorOp, allocTensor>; })
      .Case<tensor::CastOp>([](auto) { return handle<tensor::CastOp, castShape>; })
      .Case<tensor::CollapseShapeOp>([](auto) { return handle<tensor::CollapseShapeOp, collapse>; })
      .Case<tensor::ConcatOp>([](auto) { return handle<tensor::ConcatOp, concat>; })
      .Case<tensor::DimOp>([](auto) { return handle<tensor::DimOp, dim>; })
      .Case<tensor::EmptyOp>([](auto) { return handle<tensor::EmptyOp, allocate<tensor::EmptyOp>>; })
      .Case<tensor::ExpandShapeOp>([](auto) { return handle<tensor::ExpandShapeOp, expand>; })
      .Case<tensor::ExtractOp>([](auto) { return handle<tensor::ExtractOp, extract>; })
      .Case<tensor::ExtractSliceOp>([](auto) { return handle<tensor::ExtractSliceOp, extractSlice>; })
      .Case<tensor::FromElementsOp>([](auto) { return handle<tensor::FromElementsOp, fromElements>; })
      .Case<tensor::GenerateOp>([](auto) { return handle<tensor::GenerateOp, generate>; })
      .Case<tensor::InsertOp>([](auto) { return handle<tensor::InsertOp, insert>; })
      .Case<tensor::InsertSliceOp>([](auto) { return handle<tensor::InsertSliceOp, insertSliceOp>; })
      .Case<tensor::PadOp>([](auto) { return handle<tensor::PadOp, pad>; })
      .Case<tensor::RankOp>([](auto) { return handle<tensor::RankOp, rank>; })
      .Case<tensor::ReshapeOp>([](auto) { return handle<tensor::ReshapeOp, reshapeTo>; })
      .Case<tensor::SplatOp>([](auto) { return handle<tensor::SplatOp, splat>; })
      .Default(nullptr);
}

} // namespace theria::oracle
