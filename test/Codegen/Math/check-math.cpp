//===- check-math.cpp - elementary functions against MPFR -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// check-math: prints the largest error of each function that theria-expand-math
// expands, and the mean error, as docs/Math.md lists them, at first of those that
// it always expands, then of those with the option complete. The exit status is 1
// where an error is above its bound, a special value is wrong, or a result
// depends on the number of lanes.
//
// check-math POINTS FUNCTION…: the same with so many random points for some
// functions. FUNCTION=OTHER compares a function with the values of another one,
// to see that differences are found.
//
// check-math every=STRIDE FUNCTION…: measures functions of one operand at every
// STRIDEth f32, with fma; every=1 is all 2³² of them.
//
//===----------------------------------------------------------------------===//

#include "test/Codegen/Math/Exhaustive.h"
#include "theria/Register.h"

#include "mlir/IR/DialectRegistry.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/TargetSelect.h"
#include <cmath>

using namespace mlir;
using namespace theria::test;

static bool report(const Function &function, const Format &format, const Twine &problem) {
  llvm::outs().flush();
  llvm::errs() << function.name << " " << format.name << ": error: " << problem << "\n";
  return false;
}

/// Whether every number of lanes gives the same bits.
static bool checkWidths(const Program &program, const Function &function, const Format &format, ArrayRef<double> x,
                        ArrayRef<double> y, ArrayRef<double> results) {
  for (int width : Program::widths(format)) {
    std::vector<double> others = program.run(width, x, y);
    for (auto [index, both] : llvm::enumerate(llvm::zip(results, others))) {
      auto [one, other] = both;
      if (std::isnan(one) ? !std::isnan(other) : one != other || std::signbit(one) != std::signbit(other))
        return report(
            function, format,
            llvm::formatv("expected one result at {0} for any number of lanes, but found {1} in {2} lanes and "
                          "{3} in {4}",
                          x[index], one, Program::widths(format).back(), other, width));
    }
  }
  return true;
}

/// Measures one function in one type, with and without fma; adds to what `errors` has of the two.
static bool measure(MLIRContext &context, const Function &function, const Format &format, size_t count,
                    Errors (&errors)[4]) {
  std::vector<double> x, y;
  makePoints(function, format, count, x, y);
  std::vector<double> results[2];
  bool good = true;
  unsigned column = format.digits == 53;
  for (bool fma : {true, false}) {
    if (function.bounds[column + 2 * !fma] < 0)
      continue;
    auto program = Program::compile(context, function, format, fma);
    if (!program)
      return false;
    results[!fma] = program->run(Program::widths(format).back(), x, y);
    good &= checkWidths(*program, function, format, x, y, results[!fma]);
  }
  bool reported[2] = {false, false};
  for (size_t index = 0; index < x.size() && good; ++index) {
    if (results[0].empty() && results[1].empty())
      break;
    Reference reference(function, format, x[index], y[index]);
    for (unsigned way = 0; way < 2; ++way) {
      if (results[way].empty())
        continue;
      double error = reference.error(results[way][index]), bound = function.bounds[column + 2 * way];
      const bool isInRange = reference.isInRange();
      errors[column + 2 * way].merge({error, x[index], isInRange ? error : 0, isInRange, isInRange && error <= 0.5});
      if (error > bound && !std::exchange(reported[way], true))
        report(function, format,
               llvm::formatv("expected at most {0} units in the last place {1} fma, but found {2} at {3} {4}, with {5}",
                             bound, way ? "without" : "with", error, llvm::format("%a", x[index]),
                             llvm::format("%a", y[index]), llvm::format("%a", results[way][index])));
    }
  }
  return good && !reported[0] && !reported[1];
}

/// Prints the row of one function.
static bool measureRow(MLIRContext &context, const Function &function, size_t count) {
  Errors errors[4];
  bool good = measure(context, function, f32, count, errors);
  good &= measure(context, function, f64, count, errors);
  llvm::outs() << "| `" << function.name << "` |";
  const unsigned columns = function.isComplete ? 2 : 4;
  for (auto [error, bound] : llvm::zip(ArrayRef(errors).take_front(columns), function.bounds)) {
    if (bound < 0)
      llvm::outs() << " libm |";
    else
      llvm::outs() << llvm::formatv(" {0:f2} ≤ {1:f1}, {2:f2} |", error.largest, bound, error.sum / error.number);
  }
  llvm::outs() << "\n";
  llvm::outs().flush();
  return good;
}

/// Prints the row of one function at every `stride`th f32; one of two operands has too many.
static bool measureEveryRow(MLIRContext &context, const Function &function, uint64_t stride) {
  if (!function.close)
    return true;
  auto program = Program::compile(context, function, f32, /*fma=*/true);
  if (!program)
    return false;
  const Errors errors = measureEvery(*program, function, stride);
  llvm::outs() << llvm::formatv("| `{0}` | {1:f4} ≤ {2:f1} | {3} | {4:f4} | {5:f2}% |\n", function.name, errors.largest,
                                function.bounds[0], llvm::format("%a", errors.where), errors.sum / errors.number,
                                100.0 * errors.nearest / errors.number);
  llvm::outs().flush();
  if (errors.largest <= function.bounds[0])
    return true;
  return report(function, f32,
                llvm::formatv("expected at most {0} units in the last place, but found {1} at {2}", function.bounds[0],
                              errors.largest, llvm::format("%a", errors.where)));
}

/// The functions that are named; where it says FUNCTION=OTHER, that operation with the values of the other one.
static std::vector<Function> chooseFunctions(ArrayRef<char *> names) {
  if (names.empty())
    return functions();
  // As in the table: those that are always expanded come first.
  std::vector<Function> chosen, complete;
  for (StringRef name : names) {
    auto [operation, values] = name.split('=');
    const size_t before = chosen.size() + complete.size();
    for (const Function &function : functions()) {
      if (function.name != (values.empty() ? operation : values))
        continue;
      auto &list = function.isComplete ? complete : chosen;
      list.push_back(function);
      list.back().name = operation;
    }
    if (chosen.size() + complete.size() == before)
      return {};
  }
  llvm::append_range(chosen, complete);
  return chosen;
}

int main(int argc, char **argv) {
  size_t count = 30000;
  uint64_t stride = 0;
  StringRef number = argc > 1 ? argv[1] : "30000";
  bool understood =
      number.consume_front("every=") ? !number.getAsInteger(10, stride) && stride > 0 : !number.getAsInteger(10, count);
  std::vector<Function> chosen = chooseFunctions(ArrayRef(argv + std::min(argc, 2), argv + argc));
  if (!understood || chosen.empty()) {
    llvm::errs() << "usage: check-math [POINTS|every=STRIDE [FUNCTION[=OTHER]…]]\n";
    return 1;
  }
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  DialectRegistry registry;
  theria::registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  if (stride)
    llvm::outs() << "| function | largest | at | mean | nearest |\n| --- | --- | --- | --- | --- |\n";
  else
    llvm::outs() << "| function | f32 | f64 | f32 without fma | f64 without fma |\n| --- | --- | --- | --- | --- |\n";
  bool good = true, isComplete = false;
  for (const Function &function : chosen) {
    if (!stride && function.isComplete && !std::exchange(isComplete, true))
      llvm::outs() << "| complete function | f32 | f64 |\n| --- | --- | --- |\n";
    good &= stride ? measureEveryRow(context, function, stride) : measureRow(context, function, count);
  }
  return good ? 0 : 1;
}
