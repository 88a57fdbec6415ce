//===- Check.cpp - derivatives against differences and inner products -----===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Rules/Check.h"

#include "dialect/Theria.h"
#include "test/Rules/Program.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <limits>
#include <random>

using namespace mlir;

namespace theria::test {

using Arrays = std::vector<Array>;

//===----------------------------------------------------------------------===//
// The program: f and its derivatives at one point
//===----------------------------------------------------------------------===//

static func::FuncOp addFunction(OpBuilder &builder, Location loc, StringRef name, TypeRange inputs, TypeRange results) {
  auto function = func::FuncOp::create(builder, loc, name, builder.getFunctionType(inputs, results));
  function.addEntryBlock();
  return function;
}

static SmallVector<Type> concat(std::initializer_list<TypeRange> lists) {
  SmallVector<Type> all;
  for (TypeRange list : lists)
    llvm::append_range(all, list);
  return all;
}

/// (X, Ẋ) → (Y, Ẏ), so that it can be differentiated again.
static func::FuncOp addJvp(OpBuilder &builder, func::FuncOp f) {
  TypeRange x = f.getArgumentTypes(), y = f.getResultTypes();
  OpBuilder::InsertionGuard guard(builder);
  func::FuncOp jvp = addFunction(builder, f.getLoc(), "jvp_of_f", concat({x, x}), concat({y, y}));
  builder.setInsertionPointToStart(&jvp.front());
  ValueRange arguments = jvp.getArguments();
  auto op = JvpOp::create(builder, f.getLoc(), jvp.getResultTypes(), f.getSymName(), arguments.take_front(x.size()),
                          arguments.drop_front(x.size()), nullptr);
  func::ReturnOp::create(builder, f.getLoc(), op.getOutputs());
  return jvp;
}

/// (X, T, S, Ȳ) → (Y, J T, Jᵀ Ȳ, J̇(S) T, J̇(S)ᵀ Ȳ); without a JVP, (Y, Jᵀ Ȳ) of the same arguments.
static func::FuncOp addEntry(func::FuncOp f, bool vjpOnly) {
  OpBuilder builder(f);
  Location loc = f.getLoc();
  TypeRange x = f.getArgumentTypes(), y = f.getResultTypes();
  func::FuncOp jvp = vjpOnly ? func::FuncOp() : addJvp(builder, f);
  auto outputs = vjpOnly ? concat({y, x}) : concat({y, y, x, y, x});
  func::FuncOp entry = addFunction(builder, loc, "all", concat({x, x, x, y}), outputs);
  builder.setInsertionPointToStart(&entry.front());
  ValueRange rest = entry.getArguments();
  auto take = [&](size_t count) {
    ValueRange taken = rest.take_front(count);
    rest = rest.drop_front(count);
    return taken;
  };
  ValueRange primals = take(x.size()), t = take(x.size()), s = take(x.size()), c = rest;
  auto backward = VjpOp::create(builder, loc, concat({y, x}), f.getSymName(), primals, c, nullptr);
  SmallVector<Value> results;
  if (vjpOnly) {
    results = SmallVector<Value>(backward.getOutputs());
  } else {
    SmallVector<Value> both(primals);
    llvm::append_range(both, t);
    SmallVector<int64_t> wrt = llvm::to_vector(llvm::seq<int64_t>(0, x.size()));
    auto forward = JvpOp::create(builder, loc, concat({y, y}), f.getSymName(), primals, t, nullptr);
    auto second =
        JvpOp::create(builder, loc, concat({y, y, y, y}), jvp.getSymName(), both, s, builder.getDenseI64ArrayAttr(wrt));
    auto hvp = HvpOp::create(builder, loc, x, f.getSymName(), primals, c, s, nullptr);
    llvm::append_range(results, forward.getOutputs());
    llvm::append_range(results, backward.getOutputs().drop_front(y.size()));
    llvm::append_range(results, second.getOutputs().drop_front(3 * y.size()));
    llvm::append_range(results, hvp.getOutputs());
  }
  func::ReturnOp::create(builder, loc, results);
  return entry;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

static std::string str(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.12g", number);
  return text;
}

static Array random(std::mt19937_64 &engine, Type type, std::pair<double, double> range) {
  Array array(*countElements(type));
  for (double &element : array) {
    double unit = double(engine() >> 11) * 0x1p-53;
    element = range.first + (range.second - range.first) * unit;
  }
  return array;
}

/// ⟨a, b⟩ and Σ|aᵢbᵢ|.
static std::pair<double, double> innerProduct(ArrayRef<Array> a, ArrayRef<Array> b) {
  double sum = 0, size = 0;
  for (auto [left, right] : llvm::zip_equal(a, b))
    for (auto [l, r] : llvm::zip_equal(left, right)) {
      sum += l * r;
      size += std::abs(l * r);
    }
  return {sum, size};
}

namespace {
/// One compiled function at one point.
class Point {
public:
  Point(const Program &program, double epsilon, size_t xs, size_t ys, Arrays arguments)
      : program(program), epsilon(epsilon), xs(xs), ys(ys), arguments(std::move(arguments)) {}

  bool evaluate() {
    std::optional<Arrays> all = program.run(arguments);
    if (all)
      values = std::move(*all);
    return all.has_value();
  }
  ArrayRef<Array> result(size_t first, size_t count) const { return ArrayRef(values).slice(first, count); }
  ArrayRef<Array> argument(size_t first, size_t count) const { return ArrayRef(arguments).slice(first, count); }

  /// Central differences of the `ys` results from `first` on, along the direction at argument `direction`, and what may
  /// be wrong with them: h²/6·f‴ + the rounding of f over h. The difference at 2h shows three times the first part; the
  /// second is a few units in the last place of f. h = ∛ε balances them: what is much larger than h² is no rounding.
  bool differences(size_t first, size_t direction, Arrays &slopes, Arrays &tolerances, std::string &problem) const {
    const double h = std::cbrt(epsilon);
    const double steps[] = {h, -h, 2 * h, -2 * h};
    Arrays sides[4];
    for (auto [side, step] : llvm::zip_equal(sides, steps))
      if (!shifted(direction, step, first, side)) {
        problem = "the program failed beside the point";
        return false;
      }
    slopes = tolerances = sides[0];
    for (size_t y = 0; y < ys; ++y)
      for (size_t i = 0; i < slopes[y].size(); ++i) {
        double near = (sides[0][y][i] - sides[1][y][i]) / (2 * h), far = (sides[2][y][i] - sides[3][y][i]) / (4 * h);
        double size = 1 + std::max(std::abs(sides[0][y][i]), std::abs(near));
        slopes[y][i] = near;
        tolerances[y][i] = std::abs(far - near) + 8 * epsilon * size / h;
        if (!(tolerances[y][i] < 1000 * h * h * size))
          problem =
              llvm::formatv("expected a smooth function around the input, but differences at h and 2h are {0} and "
                            "{1}; give a range away from kinks and poles",
                            str(near), str(far));
      }
    return problem.empty();
  }

  /// The largest error of `derivative` against differences, relative to its tolerance.
  double compare(ArrayRef<Array> derivative, size_t first, size_t direction, std::string &problem) const {
    Arrays slopes, tolerances;
    if (!differences(first, direction, slopes, tolerances, problem))
      return 0;
    double worst = 0;
    for (size_t y = 0; y < ys; ++y)
      for (size_t i = 0; i < slopes[y].size(); ++i) {
        double error = std::abs(derivative[y][i] - slopes[y][i]) / tolerances[y][i];
        if (!(error <= 1) && problem.empty())
          problem = llvm::formatv("expected {0} by differences (± {1}) in element {2} of result {3}, but found {4}",
                                  str(slopes[y][i]), str(tolerances[y][i]), i, y, str(derivative[y][i]));
        worst = std::max(worst, error);
      }
    return worst;
  }

private:
  bool shifted(size_t direction, double step, size_t first, Arrays &side) const {
    Arrays moved = arguments;
    for (size_t x = 0; x < xs; ++x)
      for (size_t i = 0; i < moved[x].size(); ++i)
        moved[x][i] += step * arguments[direction + x][i];
    std::optional<Arrays> all = program.run(moved);
    if (all)
      side.assign(all->begin() + first, all->begin() + first + ys);
    return all.has_value();
  }

  const Program &program;
  double epsilon;
  size_t xs, ys;
  Arrays arguments, values;
};
} // namespace

/// |a − b| for two sums of products, over what rounding in `terms` terms of such sizes may make of it.
static double compareSums(double epsilon, std::pair<double, double> a, std::pair<double, double> b, StringRef what,
                          std::string &problem) {
  double tolerance = 64 * epsilon * (a.second + b.second) + std::numeric_limits<double>::min();
  double error = std::abs(a.first - b.first) / tolerance;
  if (!(error <= 1) && problem.empty())
    problem = llvm::formatv("expected {0} to be equal, but found {1} and {2}", what, str(a.first), str(b.first));
  return error;
}

Outcome check(func::FuncOp f, const Plan &plan) {
  Outcome outcome;
  auto module = f->getParentOfType<ModuleOp>();
  size_t xs = f.getNumArguments(), ys = f.getNumResults();
  SmallVector<Type> inputs(f.getArgumentTypes()), results(f.getResultTypes());
  func::FuncOp entry = addEntry(f, plan.vjpOnly);
  std::unique_ptr<Program> program = Program::compile(module, entry);
  if (!program)
    return {.problem = "its derivatives did not compile"};

  // NOLINTNEXTLINE(bugprone-random-generator-seed): a test meets the same numbers each time.
  std::mt19937_64 engine(20);
  Arrays arguments;
  for (size_t x = 0; x < xs; ++x)
    arguments.push_back(random(engine, inputs[x], plan.ranges[std::min(x, plan.ranges.size() - 1)]));
  for (size_t x = 0; x < 2 * xs; ++x)
    arguments.push_back(random(engine, inputs[x % xs], {-1, 1}));
  for (Type type : results)
    arguments.push_back(random(engine, type, {-1, 1}));
  Point point(*program, plan.epsilon, xs, ys, arguments);
  if (!point.evaluate())
    return {.problem = "the program failed"};

  auto t = point.argument(xs, xs), c = point.argument(3 * xs, ys);
  if (plan.vjpOnly) {
    Arrays slopes, tolerances;
    if (!point.differences(0, xs, slopes, tolerances, outcome.problem))
      return outcome;
    double slope = innerProduct(c, slopes).first, found = innerProduct(t, point.result(ys, xs)).first;
    outcome.vjp = std::abs(slope - found) / innerProduct(c, tolerances).second;
    if (!(outcome.vjp <= 1))
      outcome.problem = llvm::formatv("expected {0} by differences, but found {1} by the VJP", str(slope), str(found));
    return outcome;
  }
  auto tangent = point.result(ys, ys), cotangent = point.result(2 * ys, xs);
  auto second = point.result(2 * ys + xs, ys), hvp = point.result(3 * ys + xs, xs);
  if (plan.zero) {
    if (innerProduct(tangent, tangent).second != 0 || innerProduct(cotangent, cotangent).second != 0)
      outcome.problem = "expected derivative zero, but found another";
    return outcome;
  }
  outcome.jvp = point.compare(tangent, 0, xs, outcome.problem);
  outcome.second = point.compare(second, ys, 2 * xs, outcome.problem);
  outcome.vjp = compareSums(plan.epsilon, innerProduct(tangent, c), innerProduct(t, cotangent),
                            "⟨J ẋ, ȳ⟩ and ⟨ẋ, Jᵀ ȳ⟩", outcome.problem);
  outcome.hvp = compareSums(plan.epsilon, innerProduct(second, c), innerProduct(t, hvp), "⟨ȳ, J̇ ẋ⟩ and ⟨ẋ, hvp⟩",
                            outcome.problem);
  return outcome;
}

} // namespace theria::test
