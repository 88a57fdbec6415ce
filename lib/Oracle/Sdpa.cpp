//===- Sdpa.cpp - attention in the oracle, from its definition ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One row of queries at a time: the scores of its live keys, their logsumexp,
// and the mean of the values under exp(score − logsumexp).
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaClauses.h"
#include "lib/Oracle/Activation.h"
#include "lib/Oracle/Contraction.h"
#include "lib/Oracle/Differences.h"
#include "lib/Oracle/Parallel.h"

#include "llvm/ADT/TypeSwitch.h"

#include <atomic>

using namespace mlir;

namespace theria::oracle {

namespace {
class Attention {
public:
  /// `operands` are those of SdpaClauses::allOperands; `outer` holds the constants that regions use.
  Attention(const SdpaClauses &clauses, ArrayRef<Tensor> operands, const Activation &outer, const Setting &setting);

  /// out and lse.
  FailureOr<Tensors> run();

private:
  /// A batch element, a query head and a row; the key head that it reads.
  struct Row {
    int64_t batch, head, row, keyHead;
  };
  struct Results {
    std::vector<Real> &out, &lse;
  };

  LogicalResult checkShapes() const;
  LogicalResult attend(const Row &row, Activation &regions, Results results);
  FailureOr<bool> isLive(const Row &row, int64_t key, Activation &regions) const;
  bool isInMasks(const Row &row, int64_t key) const;
  FailureOr<Real> score(const Row &row, int64_t key, Activation &regions) const;
  FailureOr<Tensor> evaluate(Region &region, std::optional<Real> score, const Row &row, int64_t key,
                             ArrayRef<Tensor> captures, Activation &regions) const;
  /// Where a bias or a mask holds what belongs to a pair; a dimension that the type says is 1 is broadcast.
  static int64_t placeOf(Value operand, const Tensor &tensor, const Row &row, int64_t key);
  static int64_t at(const Tensor &tensor, int64_t a, int64_t b, int64_t c) {
    const ArrayRef<int64_t> shape = tensor.getShape();
    return ((a * shape[1] + b) * shape[2] + c) * (shape.size() == 4 ? shape[3] : 1);
  }
  int64_t length(const Tensor &lengths, const Row &row, int64_t all) const {
    return lengths ? int32_t(lengths.integers()[row.batch]) : all;
  }
  Real real(double number = 0) const { return {number, setting.precision}; }

  const SdpaClauses &clauses;
  const Activation &outer;
  const Setting &setting;
  Tensor query, key, value, scale, bias, mask, queryLengths, keyLengths;
  Tensors scoreCaptures, whereCaptures;
  int64_t batches, heads, rows, keys, depth, valueDepth;
};
} // namespace

Attention::Attention(const SdpaClauses &clauses, ArrayRef<Tensor> operands, const Activation &outer,
                     const Setting &setting)
    : clauses(clauses), outer(outer), setting(setting) {
  auto next = [&] {
    Tensor tensor = operands.front();
    operands = operands.drop_front();
    return tensor;
  };
  auto optional = [&](Value operand) { return operand ? next() : Tensor(); };
  query = next(), key = next(), value = next();
  scale = optional(clauses.scale), bias = optional(clauses.bias), mask = optional(clauses.mask);
  queryLengths = optional(clauses.queryLengths), keyLengths = optional(clauses.keyLengths);
  scoreCaptures.assign(operands.take_front(clauses.scoreCaptures.size()));
  whereCaptures.assign(operands.drop_front(clauses.scoreCaptures.size()));
  batches = query.getShape()[0], heads = query.getShape()[1], rows = query.getShape()[2];
  keys = key.getShape()[2], depth = query.getShape()[3], valueDepth = value.getShape()[3];
}

LogicalResult Attention::checkShapes() const {
  const int64_t keyHeads = key.getShape()[1];
  auto has = [](const Tensor &tensor, ArrayRef<int64_t> shape) { return tensor.getShape() == shape; };
  auto spreads = [&](Value operand, const Tensor &tensor) {
    if (!operand)
      return true;
    const int64_t full[] = {batches, heads, rows, keys};
    for (auto [dim, size] : llvm::enumerate(tensor.getShape()))
      if (size != (clauses.type(operand).getDimSize(dim) == 1 ? 1 : full[dim]))
        return false;
    return true;
  };
  const bool agree = has(key, {batches, keyHeads, keys, depth}) && has(value, {batches, keyHeads, keys, valueDepth}) &&
                     spreads(clauses.bias, bias) && spreads(clauses.mask, mask) &&
                     (!queryLengths || (has(queryLengths, {batches}) && has(keyLengths, {batches})));
  if (!agree)
    return clauses.op->emitError()
           << "expected operands whose sizes agree with the query's, B×H×N×D, and the key's, B×Hk×M×D, but found others"
              "; give arrays whose sizes agree";
  if (keyHeads == 0 ? heads != 0 : heads % keyHeads != 0)
    return clauses.op->emitError() << "expected the query's heads to be a multiple of the key's, but found " << heads
                                   << " and " << keyHeads
                                   << "; group the queries so that each key head serves the same number";
  return success();
}

int64_t Attention::placeOf(Value operand, const Tensor &tensor, const Row &row, int64_t key) {
  const int64_t position[] = {row.batch, row.head, row.row, key};
  auto type = cast<RankedTensorType>(operand.getType());
  int64_t place = 0;
  for (auto [dim, size] : llvm::enumerate(tensor.getShape()))
    place = place * size + (type.getDimSize(dim) == 1 ? 0 : position[dim]);
  return place;
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

FailureOr<Tensor> Attention::evaluate(Region &region, std::optional<Real> score, const Row &row, int64_t key,
                                      ArrayRef<Tensor> captures, Activation &regions) const {
  Tensors arguments;
  if (score)
    arguments.push_back(Tensor::of(std::move(*score)));
  for (int64_t coordinate : {row.batch, row.head, row.row, key})
    arguments.push_back(Tensor::of(uint64_t(coordinate)));
  llvm::append_range(arguments, captures);
  FailureOr<Tensors> yielded = regions.evaluate(region, std::move(arguments));
  if (failed(yielded))
    return failure();
  return std::move(yielded->front());
}

bool Attention::isInMasks(const Row &row, int64_t key) const {
  const int64_t liveRows = length(queryLengths, row, rows), liveKeys = length(keyLengths, row, keys);
  if (row.row >= liveRows || key >= liveKeys)
    return false;
  const int64_t diagonal = row.row + (clauses.causal == Causal::BottomRight ? liveKeys - liveRows : 0);
  if (clauses.causal && key > diagonal)
    return false;
  // A window may be as wide as 64 bits.
  if (clauses.window && ((key < diagonal && diagonal - key > (*clauses.window)[0]) ||
                         (key > diagonal && key - diagonal > (*clauses.window)[1])))
    return false;
  if (clauses.mask && !mask.integers()[placeOf(clauses.mask, mask, row, key)])
    return false;
  if (!clauses.bias)
    return true;
  mpfr_srcptr added = bias.reals()[placeOf(clauses.bias, bias, row, key)].get();
  return !(mpfr_inf_p(added) && mpfr_signbit(added));
}

FailureOr<bool> Attention::isLive(const Row &row, int64_t key, Activation &regions) const {
  // The predicate is evaluated for every pair, so that what is wrong with it is found whatever the masks are.
  bool holds = true;
  if (!clauses.where->empty()) {
    FailureOr<Tensor> predicate = evaluate(*clauses.where, std::nullopt, row, key, whereCaptures, regions);
    if (failed(predicate))
      return failure();
    holds = predicate->index();
  }
  return holds && isInMasks(row, key);
}

FailureOr<Real> Attention::score(const Row &row, int64_t pairKey, Activation &regions) const {
  Real sum = real(), term = real();
  const Real *q = &query.reals()[0] + at(query, row.batch, row.head, row.row);
  const Real *k = &key.reals()[0] + at(key, row.batch, row.keyHead, pairKey);
  for (int64_t position = 0; position < depth; ++position) {
    mpfr_mul(term.get(), q[position].get(), k[position].get(), MPFR_RNDN);
    mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
  }
  if (scale) {
    mpfr_mul(sum.get(), sum.get(), scale.reals()[0].get(), MPFR_RNDN);
  } else if (clauses.scaleValue) {
    mpfr_mul_d(sum.get(), sum.get(), clauses.scaleValue.getValueAsDouble(), MPFR_RNDN);
  } else {
    mpfr_set_sj(term.get(), depth, MPFR_RNDN);
    mpfr_rec_sqrt(term.get(), term.get(), MPFR_RNDN);
    mpfr_mul(sum.get(), sum.get(), term.get(), MPFR_RNDN);
  }
  if (clauses.softcap) {
    const double cap = clauses.softcap.getValueAsDouble();
    mpfr_div_d(sum.get(), sum.get(), cap, MPFR_RNDN);
    mpfr_tanh(sum.get(), sum.get(), MPFR_RNDN);
    mpfr_mul_d(sum.get(), sum.get(), cap, MPFR_RNDN);
  }
  if (!clauses.score->empty()) {
    FailureOr<Tensor> changed = evaluate(*clauses.score, std::move(sum), row, pairKey, scoreCaptures, regions);
    if (failed(changed))
      return failure();
    sum = changed->reals().front();
  }
  if (clauses.bias) {
    const Real &added = bias.reals()[placeOf(clauses.bias, bias, row, pairKey)];
    mpfr_add(sum.get(), sum.get(), added.get(), MPFR_RNDN);
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

LogicalResult Attention::attend(const Row &row, Activation &regions, Results results) {
  SmallVector<int64_t> live;
  std::vector<Real> scores;
  for (int64_t pairKey = 0; pairKey < keys; ++pairKey) {
    FailureOr<bool> isPair = isLive(row, pairKey, regions);
    if (failed(isPair))
      return failure();
    if (!*isPair)
      continue;
    FailureOr<Real> value = score(row, pairKey, regions);
    if (failed(value))
      return failure();
    live.push_back(pairKey);
    scores.push_back(std::move(*value));
  }
  const int64_t place = (row.batch * heads + row.head) * rows + row.row;
  // As many more digits as large scores have before the point: a weight is made of those behind it.
  mpfr_exp_t whole = 0;
  for (const Real &score : scores)
    if (mpfr_regular_p(score.get()))
      whole = std::max(whole, mpfr_get_exp(score.get()));
  Real lse(setting.precision + whole);
  logsumexp(lse, llvm::map_to_vector(scores, [](const Real &score) { return score.get(); }));
  mpfr_set(results.lse[place].get(), lse.get(), MPFR_RNDN);
  for (int64_t position = 0; position < valueDepth; ++position)
    mpfr_set_zero(results.out[place * valueDepth + position].get(), 1);
  Real term = real();
  // A row of which every score is −∞ has exp(−∞) everywhere.
  const bool isEmpty = mpfr_inf_p(lse.get()) && mpfr_signbit(lse.get());
  for (auto [pairKey, probability] : llvm::zip_equal(live, scores)) {
    if (!isEmpty)
      mpfr_sub(probability.get(), probability.get(), lse.get(), MPFR_RNDN);
    mpfr_exp(probability.get(), probability.get(), MPFR_RNDN);
    const Real *v = &value.reals()[0] + at(value, row.batch, row.keyHead, pairKey);
    for (int64_t position = 0; position < valueDepth; ++position) {
      mpfr_ptr total = results.out[place * valueDepth + position].get();
      mpfr_mul(term.get(), probability.get(), v[position].get(), MPFR_RNDN);
      mpfr_add(total, total, term.get(), MPFR_RNDN);
    }
  }
  return success();
}

FailureOr<Tensors> Attention::run() {
  if (failed(checkShapes()))
    return failure();
  const Activation inside(outer, setting);
  Type type = clauses.accumulationType();
  FailureOr<Tensor> out = inside.create(clauses.op, type, {batches, heads, rows, valueDepth});
  FailureOr<Tensor> lse = inside.create(clauses.op, type, {batches, heads, rows});
  if (failed(out) || failed(lse))
    return failure();
  Results results{out->editReals(), lse->editReals()};
  std::atomic<bool> failed = false;
  // What is held is recorded in order.
  const int64_t all = batches * heads * rows;
  const int64_t shortest = setting.held.isDifferencing() ? all + 1 : 1 + 1024 / std::max<int64_t>(keys, 1);
  forEachRange(
      all,
      [&](int64_t first, int64_t last) {
        Activation regions = inside;
        for (int64_t number = first; number < last && !failed; ++number) {
          const int64_t head = number / rows % heads;
          const Row row{number / rows / heads, head, number % rows, head / (heads / key.getShape()[1])};
          if (mlir::failed(attend(row, regions, results)))
            failed = true;
        }
      },
      shortest);
  if (failed)
    return failure();
  return Tensors{std::move(*out), std::move(*lse)};
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

/// Sets the results of `op`, an sdpa or an explicit derivative of one.
static LogicalResult evaluateSdpa(Operation *op, Activation &activation) {
  std::optional<SdpaClauses> clauses;
  ValueRange cotangents, tangents;
  llvm::TypeSwitch<Operation *>(op).Case<SdpaOp, SdpaJvpOp, SdpaVjpOp, SdpaHvpOp>(
      [&](auto sdpa) { clauses.emplace(sdpa); });
  llvm::TypeSwitch<Operation *>(op).Case<SdpaJvpOp, SdpaHvpOp>([&](auto sdpa) { tangents = sdpa.getTangents(); });
  llvm::TypeSwitch<Operation *>(op).Case<SdpaVjpOp, SdpaHvpOp>([&](auto sdpa) { cotangents = sdpa.getCotangents(); });
  const SmallVector<Value> operands = clauses->allOperands();
  const SmallVector<int64_t> wrt = differentiablePositions(ValueRange(operands).getTypes());
  auto function = [&](Tensors inputs, const Setting &setting) {
    return Attention(*clauses, inputs, activation, setting).run();
  };
  Tensors weights = activation.get(cotangents);
  weights.resize(2);
  const Point point{function, activation.get(ValueRange(operands)), wrt, activation.setting};
  FailureOr<Tensors> results = isa<SdpaOp>(op)      ? function(point.arguments, activation.setting)
                               : isa<SdpaJvpOp>(op) ? jvp(point, activation.get(tangents))
                               : isa<SdpaVjpOp>(op) ? vjp(point, weights)
                                                    : hvp(point, weights, activation.get(tangents));
  return activation.setResults(op, std::move(results));
}

Handler findSdpaHandler(Operation *op) {
  return isa<SdpaOp, SdpaJvpOp, SdpaVjpOp, SdpaHvpOp>(op) ? evaluateSdpa : nullptr;
}

} // namespace theria::oracle
