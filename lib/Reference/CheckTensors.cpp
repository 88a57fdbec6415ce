//===- CheckTensors.cpp - sizes, slices and indices of upstream ops -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/Checks.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using arith::CmpIPredicate;

namespace theria::reference {
#define GEN_PASS_DEF_CHECKTENSORS
#include "lib/Reference/Passes.h.inc"

namespace {

struct CheckTensors : impl::CheckTensorsBase<CheckTensors> {
  using CheckTensorsBase::CheckTensorsBase;
  void runOnOperation() override;
};

} // namespace

static RankedTensorType tensorType(Value value) { return dyn_cast<RankedTensorType>(value.getType()); }

/// Elementwise operations: every tensor among operands and results has one
/// shape.
static void checkElementwise(Operation *op) {
  if (!OpTrait::hasElementwiseMappableTraits(op))
    return;
  CheckBuilder checks(op);
  Value first;
  for (Value operand : op->getOperands()) {
    if (!tensorType(operand))
      continue;
    if (!first)
      first = operand;
    for (int64_t dim = 0; dim < tensorType(first).getRank(); ++dim) {
      // The sizes of the first operand are compared with those of the result's
      // type, those of all others with the first.
      int64_t known = tensorType(op->getResult(0)).getDimSize(dim);
      if (operand == first && ShapedType::isDynamic(known))
        continue;
      checks.requireEqual(checks.size(first, dim), operand == first ? checks.index(known) : checks.size(operand, dim),
                          "expected operands of one shape, but found sizes {0} "
                          "and {1} in dim " +
                              Twine(dim) + "; give arrays whose sizes agree");
    }
  }
}

/// A slice of `tensor` at offsets, sizes, strides lies inside it.
static void checkSlice(CheckBuilder &checks, OffsetSizeAndStrideOpInterface op, Value tensor) {
  for (int64_t dim = 0; dim < tensorType(tensor).getRank(); ++dim) {
    Value offset = checks.index(op.getMixedOffsets()[dim]);
    Value size = checks.index(op.getMixedSizes()[dim]);
    Value stride = checks.index(op.getMixedStrides()[dim]);
    Value bound = checks.size(tensor, dim);
    Value zero = checks.index(0), one = checks.index(1);
    checks.require(checks.compare(CmpIPredicate::sge, stride, one),
                   "expected a stride of at least 1 in dim " + Twine(dim) +
                       " of the slice, but found {0}; take slices forwards",
                   {stride});
    // Unsigned, so that a negative offset or size is too large. The last
    // element is (bound - 1 - offset) / stride steps away at most, where that
    // difference cannot wrap for a slice that is not empty.
    Value steps = checks.divide(checks.subtract(checks.subtract(bound, one), offset), stride);
    Value holds = checks.either(
        checks.both(checks.compare(CmpIPredicate::eq, size, zero), checks.compare(CmpIPredicate::ule, offset, bound)),
        checks.both(checks.compare(CmpIPredicate::ult, offset, bound),
                    checks.compare(CmpIPredicate::ule, checks.subtract(size, one), steps)));
    checks.require(holds,
                   "expected a slice inside dim " + Twine(dim) +
                       " of size {0}, but found offset {1}, size {2}, stride "
                       "{3}; keep slices inside the tensor",
                   {bound, offset, size, stride});
  }
}

static void check(tensor::ExtractSliceOp op) {
  CheckBuilder checks(op);
  checkSlice(checks, op, op.getSource());
}

template <typename InsertOp> static void checkInsertion(CheckBuilder checks, InsertOp op) {
  checkSlice(checks, op, op.getDest());
  llvm::SmallBitVector dropped = op.getDroppedDims();
  int64_t sourceDim = 0;
  for (auto [dim, size] : llvm::enumerate(op.getMixedSizes())) {
    if (dropped.test(dim))
      continue;
    checks.requireEqual(checks.index(size), checks.size(op.getSource(), sourceDim),
                        "expected a source of size {0} in dim " + Twine(sourceDim) +
                            " of the inserted slice, but found {1}; insert a "
                            "tensor of the slice's sizes");
    ++sourceDim;
  }
}

static void check(tensor::InsertSliceOp op) { checkInsertion(CheckBuilder(op), op); }

static void check(tensor::ParallelInsertSliceOp op) {
  // Among what is inserted in parallel no check may stand.
  checkInsertion(CheckBuilder(OpBuilder(op->getParentOp()), op.getLoc()), op);
}

static void checkPosition(Operation *op, Value tensor, ValueRange position) {
  CheckBuilder checks(op);
  for (auto [dim, index] : llvm::enumerate(position))
    checks.requireInBounds(index, checks.size(tensor, dim), "dim " + Twine(dim) + " of a tensor");
}

static void check(tensor::DimOp op) {
  CheckBuilder checks(op);
  checks.requireInBounds(op.getIndex(), checks.index(tensorType(op.getSource()).getRank()), "the dims of a tensor");
}

static void check(tensor::CastOp op) {
  CheckBuilder checks(op);
  for (auto [dim, size] : llvm::enumerate(tensorType(op).getShape()))
    if (!ShapedType::isDynamic(size))
      checks.requireEqual(checks.index(size), checks.size(op.getSource(), dim),
                          "expected size {0} in dim " + Twine(dim) +
                              " of a tensor cast to static sizes, but found "
                              "{1}; give an array of that size");
}

/// The size in `dim` of an operation's result, which `made` is, is that of its type.
static void checkResultSize(CheckBuilder &checks, RankedTensorType type, int64_t dim, Value made, const Twine &what) {
  if (!type.isDynamicDim(dim))
    checks.requireEqual(checks.index(type.getDimSize(dim)), made,
                        "expected size {0} in dim " + Twine(dim) + " of " + what +
                            ", but found {1}; give sizes that make the result's type");
}

static void check(tensor::PadOp op) {
  CheckBuilder checks(op);
  for (int64_t dim = 0; dim < op.getType().getRank(); ++dim) {
    Value size = checks.size(op.getSource(), dim);
    Value low = checks.index(op.getMixedLowPad()[dim]), high = checks.index(op.getMixedHighPad()[dim]);
    for (Value width : {low, high})
      checks.require(checks.compare(CmpIPredicate::sge, width, checks.index(0)),
                     "expected a padding that is not negative in dim " + Twine(dim) +
                         ", but found {0}; take a slice to shrink a tensor",
                     {width});
    Value fits;
    Value padded = checks.sum({size, low, high}, fits);
    checks.require(fits,
                   "expected a padded size of at most 63 bits in dim " + Twine(dim) +
                       ", but found {0} with {1} before and {2} after; pad by less",
                   {size, low, high});
    checkResultSize(checks, op.getType(), dim, padded, "a padded tensor");
  }
}

static void check(tensor::ConcatOp op) {
  CheckBuilder checks(op);
  RankedTensorType type = op.getResultType();
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    auto sizes = llvm::map_to_vector(op.getInputs(), [&](Value input) { return checks.size(input, dim); });
    if (dim == int64_t(op.getDim())) {
      Value fits;
      checkResultSize(checks, type, dim, checks.sum(sizes, fits), "concatenated tensors");
      continue;
    }
    for (Value size : llvm::drop_begin(sizes))
      checks.requireEqual(sizes.front(), size,
                          "expected one size in dim " + Twine(dim) +
                              " of concatenated tensors, but found {0} and "
                              "{1}; give arrays whose sizes agree");
    checkResultSize(checks, type, dim, sizes.front(), "concatenated tensors");
  }
}

/// The elements of `sizes` are as many as those of `tensor` in `dims`.
static void checkReshape(CheckBuilder &checks, Value tensor, ArrayRef<int64_t> dims, ArrayRef<Value> sizes) {
  Value fits, ignored;
  SmallVector<Value> sourceSizes;
  for (int64_t dim : dims)
    sourceSizes.push_back(checks.size(tensor, dim));
  Value found = checks.product(sizes, fits);
  Value want = checks.product(sourceSizes, ignored);
  SmallVector<Value> shown = {want};
  llvm::append_range(shown, sizes);
  checks.require(fits,
                 "expected a shape of {0} elements, but found " + sizesFrom(1, sizes.size()) +
                     "; give sizes that are not negative and whose product fits in memory",
                 shown);
  checks.require(checks.compare(CmpIPredicate::eq, want, found),
                 "expected a shape of {0} elements, but found one of {1}; reshape to "
                 "sizes whose product stays",
                 {want, found});
}

static void check(tensor::ExpandShapeOp op) {
  CheckBuilder checks(op);
  for (auto [dim, group] : llvm::enumerate(op.getReassociationIndices())) {
    SmallVector<Value> sizes;
    for (int64_t resultDim : group)
      sizes.push_back(checks.index(op.getMixedOutputShape()[resultDim]));
    checkReshape(checks, op.getSrc(), {int64_t(dim)}, sizes);
  }
}

static void check(tensor::ReshapeOp op) {
  CheckBuilder checks(op);
  auto type = cast<RankedTensorType>(op.getResult().getType());
  SmallVector<Value> sizes;
  for (auto [dim, known] : llvm::enumerate(type.getShape())) {
    sizes.push_back(checks.asIndex(checks.element(op.getShape(), dim)));
    if (!ShapedType::isDynamic(known))
      checks.requireEqual(checks.index(known), sizes.back(),
                          "expected size {0} in dim " + Twine(dim) +
                              " of the reshaped tensor, but found {1}; give "
                              "the shape of the result's type");
  }
  checkReshape(checks, op.getSource(), llvm::to_vector(llvm::seq<int64_t>(0, tensorType(op.getSource()).getRank())),
               sizes);
}

static void check(scf::ForOp op) {
  CheckBuilder checks(op);
  Value step = checks.asIndex(op.getStep());
  checks.require(checks.compare(CmpIPredicate::sgt, step, checks.index(0)),
                 "expected a loop's step to be positive, but found {0}; count "
                 "upwards",
                 {step});
}

void CheckTensors::runOnOperation() {
  getOperation().walk([this](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case([this](tensor::ExtractOp extract) {
          if (elements)
            checkPosition(extract, extract.getTensor(), extract.getIndices());
        })
        .Case([](tensor::InsertOp insert) { checkPosition(insert, insert.getDest(), insert.getIndices()); })
        .Case<tensor::ExtractSliceOp, tensor::InsertSliceOp, tensor::ParallelInsertSliceOp, tensor::DimOp,
              tensor::CastOp, tensor::PadOp, tensor::ConcatOp, tensor::ExpandShapeOp, tensor::ReshapeOp, scf::ForOp>(
            [](auto known) { check(known); })
        .Default([](Operation *other) { checkElementwise(other); });
  });
}

} // namespace theria::reference
