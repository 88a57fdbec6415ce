//===- CheckLanguage.cpp - sizes that theria's operations rely on ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/SdpaClauses.h"
#include "dialect/Theria.h"
#include "lib/Reference/Checks.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using arith::CmpIPredicate;

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

/// `tensor` has `sizes`, save that a dimension of which the type says 1 may be broadcast; `dims` names the dimensions.
static void checkOperand(CheckBuilder &checks, const Twine &name, const Twine &dims, Value tensor,
                         ArrayRef<Value> sizes, bool broadcasts = false) {
  if (!tensor)
    return;
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<Value> want, found;
  Value agrees = checks.constant(BoolAttr::get(type.getContext(), true));
  for (auto [dim, size] : llvm::enumerate(sizes)) {
    want.push_back(broadcasts && type.getDimSize(dim) == 1 ? checks.index(1) : size);
    found.push_back(checks.size(tensor, dim));
    agrees = checks.both(agrees, checks.compare(CmpIPredicate::eq, want.back(), found.back()));
  }
  unsigned rank = sizes.size();
  StringRef advice = broadcasts ? "; a dimension to broadcast is 1 in the type" : "; give arrays whose sizes agree";
  checks.require(agrees,
                 "expected " + name + " of " + dims + " = " + sizesFrom(0, rank) + ", but found " +
                     sizesFrom(rank, rank) + advice,
                 llvm::to_vector(llvm::concat<Value>(want, found)));
}

/// The operands of an sdpa or of an explicit derivative of one; those of their tangents and cotangents are checked
/// where derivatives are taken.
static void check(const SdpaClauses &clauses) {
  CheckBuilder checks(clauses.op);
  auto size = [&](Value tensor, int64_t dim) { return checks.size(tensor, dim); };
  Value query = clauses.query, key = clauses.key, value = clauses.value;
  Value batch = size(query, 0), heads = size(query, 1), rows = size(query, 2), keys = size(key, 2);
  checkOperand(checks, "key", "B×Hk×M×D", key, {batch, size(key, 1), keys, size(query, 3)});
  checkOperand(checks, "value", "B×Hk×M×Dv", value, {batch, size(key, 1), keys, size(value, 3)});
  checkOperand(checks, "bias", "B×H×N×M", clauses.bias, {batch, heads, rows, keys}, /*broadcasts=*/true);
  checkOperand(checks, "mask", "B×H×N×M", clauses.mask, {batch, heads, rows, keys}, /*broadcasts=*/true);
  checkOperand(checks, "the rows' lengths", "B", clauses.queryLengths, {batch});
  checkOperand(checks, "the keys' lengths", "B", clauses.keyLengths, {batch});
}

void CheckLanguage::runOnOperation() {
  getOperation().walk([](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case([](EinsumOp einsum) { check(einsum); })
        .Case<SdpaOp, SdpaJvpOp, SdpaVjpOp, SdpaHvpOp>([](auto sdpa) { check(SdpaClauses(sdpa)); })
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
