//===- CheckLanguage.cpp - sizes that theria's operations rely on ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/Checks.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_CHECKLANGUAGE
#include "lib/Reference/Passes.h.inc"

namespace {

struct CheckLanguage : impl::CheckLanguageBase<CheckLanguage> {
  void runOnOperation() override;
};

/// A size that a label stands for, and where it was found.
struct LabelledSize {
  Value size;
  std::string where;
};

} // namespace

static void addSizes(CheckBuilder &checks, llvm::MapVector<char, SmallVector<LabelledSize>> &sizes, StringRef labels,
                     Value tensor, const Twine &where) {
  for (auto [dim, label] : llvm::enumerate(labels))
    sizes[label].push_back({checks.size(tensor, dim), where.str()});
}

static void check(EinsumOp op) {
  CheckBuilder checks(op);
  Equation equation = op.getLabels();
  llvm::MapVector<char, SmallVector<LabelledSize>> sizes;
  for (auto [number, labels] : llvm::enumerate(equation.inputs))
    addSizes(checks, sizes, labels, op.getInputs()[number], "operand " + Twine(number));
  if (op.getMask())
    addSizes(checks, sizes, equation.where, op.getMask(), "the mask");
  auto given = op.getSizes().begin();
  for (auto [dim, label] : llvm::enumerate(equation.result)) {
    bool isDynamic = op.getType().isDynamicDim(dim);
    if (isDynamic && equation.inputsHave(label))
      continue;
    Value size = isDynamic ? *given++ : checks.index(op.getType().getDimSize(dim));
    sizes[label].push_back({size, "the result"});
  }
  for (auto &[label, found] : sizes)
    for (const LabelledSize &other : llvm::drop_begin(found))
      checks.requireEqual(found.front().size, other.size,
                          "expected one size for label '" + Twine(label) + "', but found {0} in " +
                              found.front().where + " and {1} in " + other.where + "; give arrays whose sizes agree");
}

/// All of `tensors`, null ones aside, have one shape.
static void checkSameShape(Operation *op, ArrayRef<Value> tensors) {
  CheckBuilder checks(op);
  Value first;
  for (Value tensor : tensors) {
    if (!tensor)
      continue;
    if (!first) {
      first = tensor;
      continue;
    }
    int64_t rank = cast<RankedTensorType>(first.getType()).getRank();
    for (int64_t dim = 0; dim < rank; ++dim)
      checks.requireEqual(checks.size(first, dim), checks.size(tensor, dim),
                          "expected operands of one shape, but found sizes {0} "
                          "and {1} in dim " +
                              Twine(dim) + "; give arrays whose sizes agree");
  }
}

void CheckLanguage::runOnOperation() {
  getOperation().walk([](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case([](EinsumOp einsum) { check(einsum); })
        .Case<LogsumexpOp, ReduceMaxOp>(
            [](auto reduction) { checkSameShape(reduction, {reduction.getInput(), reduction.getMask()}); })
        .Case([](GatherOp gather) {
          SmallVector<Value> tensors(gather.getIndices());
          tensors.push_back(gather.getMask());
          checkSameShape(gather, tensors);
        })
        .Case([](ScatterAddOp scatter) {
          SmallVector<Value> tensors = {scatter.getUpdates()};
          llvm::append_range(tensors, scatter.getIndices());
          tensors.push_back(scatter.getMask());
          checkSameShape(scatter, tensors);
        });
  });
}

} // namespace theria::reference
