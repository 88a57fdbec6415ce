//===- check-math.cpp - elementary functions against MPFR -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// check-math: prints the largest error of each function that theria-expand-math
// expands, as docs/Math.md lists them. The exit status is 1 where an error is
// above its bound, a special value is wrong, or a result depends on the number
// of lanes.
//
// check-math POINTS FUNCTION…: the same with so many random points for some
// functions.
//
//===----------------------------------------------------------------------===//

#include "test/Codegen/Math/Program.h"
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
            llvm::formatv("expected one result at {0:r} for any number of lanes, but found {1} in {2} lanes and "
                          "{3} in {4}",
                          x[index], one, Program::widths(format).back(), other, width));
    }
  }
  return true;
}

/// Measures one function in one type, with and without fma; adds the two largest errors to `errors`.
static bool measure(MLIRContext &context, const Function &function, const Format &format, size_t count,
                    double (&errors)[4]) {
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
      errors[column + 2 * way] = std::max(errors[column + 2 * way], error);
      if (error > bound && !std::exchange(reported[way], true))
        report(function, format,
               llvm::formatv("expected at most {0} units in the last place {1} fma, but found {2} at {3} {4}, with {5}",
                             bound, way ? "without" : "with", error, llvm::format("%a", x[index]),
                             llvm::format("%a", y[index]), llvm::format("%a", results[way][index])));
    }
  }
  return good && !reported[0] && !reported[1];
}

int main(int argc, char **argv) {
  size_t count = 4000;
  if (argc > 1 && StringRef(argv[1]).getAsInteger(10, count)) {
    llvm::errs() << "usage: check-math [POINTS [FUNCTION…]]\n";
    return 1;
  }
  ArrayRef<char *> named(argv + std::min(argc, 2), argv + argc);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  DialectRegistry registry;
  theria::registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  llvm::outs() << "| function | f32 | f64 | f32 without fma | f64 without fma |\n| --- | --- | --- | --- | --- |\n";
  bool good = true;
  for (const Function &function : functions()) {
    if (!named.empty() && !llvm::is_contained(llvm::map_range(named, [](char *name) { return StringRef(name); }),
                                              StringRef(function.name)))
      continue;
    double errors[4] = {};
    good &= measure(context, function, f32, count, errors);
    good &= measure(context, function, f64, count, errors);
    llvm::outs() << "| `" << function.name << "` |";
    for (auto [error, bound] : llvm::zip(errors, function.bounds)) {
      if (bound < 0)
        llvm::outs() << " libm |";
      else
        llvm::outs() << llvm::formatv(" {0:f2} ≤ {1:f2} |", error, bound);
    }
    llvm::outs() << "\n";
    llvm::outs().flush();
  }
  return good ? 0 : 1;
}
