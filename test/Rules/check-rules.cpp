//===- check-rules.cpp - every registered rule against differences --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// check-rules FOLDER: for each registered operation with a differentiation
// rule, FOLDER holds an input `<operation>.mlir` that uses it in a function
// `@f` of f64 scalars and static tensors. An inactive operation may stand in
// any input instead. Prints a line an input; the exit status is 1 where a check
// fails or an input is missing.
//
// check-rules INPUT: the same for one input.
//
// check-rules --table: prints the rules as docs/Derivatives.md lists them.
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Rules.h"
#include "dialect/Theria.h"
#include "test/Rules/Check.h"
#include "test/Rules/Program.h"
#include "theria/Register.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include <map>

using namespace mlir;
using namespace theria;
using namespace theria::test;

/// The kind of each registered operation that has a rule.
static std::map<std::string, RuleKind> registeredRules(MLIRContext &context) {
  std::map<std::string, RuleKind> kinds;
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    if (!name.hasInterface<DifferentiableOpInterface>())
      continue;
    // A kind belongs to an operation, not to its name; one without operands will do.
    OperationState state(UnknownLoc::get(&context), name);
    Operation *op = Operation::create(state);
    kinds[name.getStringRef().str()] = cast<DifferentiableOpInterface>(op).getRuleKind();
    op->destroy();
  }
  return kinds;
}

static void printTable(const std::map<std::string, RuleKind> &kinds) {
  std::map<std::string, std::string> derivatives;
  for (RuleDescription &rule : describeRules())
    derivatives[rule.op.str()] = std::move(rule.derivative);
  llvm::outs() << "| operation | kind | derivative |\n| --- | --- | --- |\n";
  for (const auto &[op, kind] : kinds)
    llvm::outs() << llvm::formatv("| `{0}` | {1} | {2} |\n", op, stringifyRuleKind(kind), derivatives[op]);
}

/// Reads the comment lines that say how an input is checked; false where one is not understood.
static bool readPlan(StringRef text, Plan &plan) {
  while (text.consume_front("//")) {
    StringRef line;
    std::tie(line, text) = text.split('\n');
    line = line.trim();
    if (line == "derivative zero") {
      plan.zero = true;
    } else if (line == "vjp only") {
      plan.vjpOnly = true;
    } else if (line == "precision f32") {
      plan.epsilon = std::numeric_limits<float>::epsilon();
    } else if (line.consume_front("range ")) {
      plan.ranges.clear();
      for (StringRef range : llvm::split(line, ',')) {
        auto [low, high] = range.trim().split(' ');
        plan.ranges.emplace_back();
        if (low.getAsDouble(plan.ranges.back().first) || high.getAsDouble(plan.ranges.back().second))
          return false;
      }
    }
  }
  return true;
}

namespace {
class Checker {
public:
  explicit Checker(MLIRContext &context) : context(context), kinds(registeredRules(context)) {}

  bool checkInput(StringRef path) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    Plan plan;
    if (!buffer || !readPlan((*buffer)->getBuffer(), plan))
      return report(path, "expected a readable input with lines such as '// range 0.2 0.9'");
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>((*buffer)->getBuffer(), &context, path);
    auto f = module ? module->lookupSymbol<func::FuncOp>("f") : func::FuncOp();
    auto isArray = [](Type type) { return countElements(type).has_value(); };
    if (!f || !llvm::all_of(f.getArgumentTypes(), isArray) || !llvm::all_of(f.getResultTypes(), isArray))
      return report(path, "expected a function '@f' of f64 scalars and static tensors of f64");
    module->walk([&](Operation *op) { inactiveCovered.insert(op->getName().getStringRef()); });
    StringRef name = llvm::sys::path::stem(path);
    Outcome outcome = check(f, plan);
    covered.insert(name);
    auto kind = kinds.find(name.str());
    llvm::outs() << llvm::formatv("{0,-26} {1,-12} {2,8:f3} {3,8:f3} {4,8:f3} {5,8:f3}\n", name,
                                  kind == kinds.end() ? "" : stringifyRuleKind(kind->second), outcome.jvp, outcome.vjp,
                                  outcome.second, outcome.hvp);
    return outcome.problem.empty() || report(path, outcome.problem);
  }

  /// Whether each rule has its input.
  bool checkCoverage(StringRef folder) {
    bool complete = true;
    for (const auto &[op, kind] : kinds)
      if (!covered.contains(op) && !(kind == RuleKind::Inactive && inactiveCovered.contains(op)))
        complete = report(folder, llvm::formatv("expected an input for the rule of '{0}', but found none; add {0}.mlir "
                                                "with a function '@f' that uses it",
                                                op)
                                      .str());
    return complete;
  }

  const std::map<std::string, RuleKind> &rules() const { return kinds; }

private:
  static bool report(StringRef where, StringRef problem) {
    llvm::outs().flush();
    llvm::errs() << where << ": error: " << problem << "\n";
    return false;
  }

  MLIRContext &context;
  std::map<std::string, RuleKind> kinds;
  llvm::StringSet<> covered, inactiveCovered;
};
} // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    llvm::errs() << "usage: check-rules FOLDER | INPUT | --table\n";
    return 1;
  }
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  Checker checker(context);
  if (StringRef(argv[1]) == "--table") {
    printTable(checker.rules());
    return 0;
  }
  if (llvm::sys::fs::is_regular_file(argv[1]))
    return checker.checkInput(argv[1]) ? 0 : 1;
  std::vector<std::string> inputs;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator file(argv[1], error), end; file != end && !error; file.increment(error))
    if (StringRef(file->path()).ends_with(".mlir"))
      inputs.push_back(file->path());
  llvm::sort(inputs);
  llvm::outs() << "errors relative to their tolerances:    jvp      vjp  jvp,jvp      hvp\n";
  bool passed = true;
  for (const std::string &input : inputs)
    passed &= checker.checkInput(input);
  passed &= checker.checkCoverage(argv[1]);
  return passed ? 0 : 1;
}
