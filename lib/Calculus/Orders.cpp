//===- Orders.cpp - which derivatives exist, and what stops the next ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Calculus.h"
#include "lib/Calculus/Passes.h"

#include "dialect/Theria.h"
#include "mlir/IR/Diagnostics.h"
#include "theria/Derive.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace theria::calculus {
#define GEN_PASS_DEF_ORDERS
#include "lib/Calculus/Passes.h.inc"

namespace {
struct Orders : impl::OrdersBase<Orders> {
  void runOnOperation() override;

private:
  void report(func::FuncOp function);
  bool reportOrder(func::FuncOp function, StringRef name, ArrayRef<Derivative> chain);
  void reportZeros(func::FuncOp function);
};

/// The errors of one attempt, in words.
class Reasons {
public:
  explicit Reasons(MLIRContext *context)
      : handler(context, [this](Diagnostic &diagnostic) {
          append(diagnostic, "because ");
          for (Diagnostic &note : diagnostic.getNotes())
            append(note, "  ");
          return success();
        }) {}
  SmallVector<std::string> lines;

private:
  void append(Diagnostic &diagnostic, StringRef lead) {
    std::string line;
    llvm::raw_string_ostream stream(line);
    stream << lead << diagnostic;
    if (auto loc = diagnostic.getLocation()->findInstanceOf<FileLineColLoc>())
      stream << " (" << loc.getFilename().getValue() << ':' << loc.getLine() << ':' << loc.getColumn() << ')';
    lines.push_back(line);
  }
  ScopedDiagnosticHandler handler;
};
} // namespace

void Orders::runOnOperation() {
  for (auto function : getOperation().getOps<func::FuncOp>())
    report(function);
  markAllAnalysesPreserved();
}

void Orders::report(func::FuncOp function) {
  using D = Derivative;
  llvm::errs() << '@' << function.getSymName() << " : " << function.getFunctionType() << '\n';
  if (differentiablePositions(function.getArgumentTypes()).empty()) {
    llvm::errs() << "  no floating-point argument to differentiate\n";
    return;
  }
  llvm::errs() << "  forward        yes\n";
  reportOrder(function, "JVP", {D::Jvp});
  reportOrder(function, "VJP", {D::Vjp});
  if (reportOrder(function, "HVP", {D::Hvp})) {
    reportOrder(function, "JVP of the HVP", {D::Hvp, D::Jvp});
    reportOrder(function, "VJP of the HVP", {D::Hvp, D::Vjp});
  }
  reportZeros(function);
}

/// Tries one derivative on a copy of the module, and prints the outcome.
bool Orders::reportOrder(func::FuncOp function, StringRef name, ArrayRef<Derivative> chain) {
  OwningOpRef<ModuleOp> copy = getOperation().clone();
  Reasons reasons(&getContext());
  FailureOr<func::FuncOp> derived = derive(*copy, function.getSymName(), chain);
  bool exists = succeeded(derived) && succeeded(Calculus(*copy).expand(*derived));
  llvm::errs() << llvm::formatv("  {0,-14} {1}\n", name, exists ? "yes" : "no");
  if (!exists)
    for (StringRef line : reasons.lines)
      llvm::errs() << "    " << line << '\n';
  return exists;
}

void Orders::reportZeros(func::FuncOp function) {
  OwningOpRef<ModuleOp> copy = getOperation().clone();
  Reasons reasons(&getContext());
  auto dependence = Calculus(*copy).dependence(copy->lookupSymbol<func::FuncOp>(function.getSymName()));
  if (failed(dependence))
    return;
  for (const auto &[argument, results] : *dependence)
    for (int64_t result : differentiablePositions(function.getResultTypes()))
      if (!llvm::is_contained(results, result))
        llvm::errs() << "  result " << result << " has derivative zero in argument " << argument
                     << ": it does not depend on it, or is locally constant\n";
}
} // namespace theria::calculus
