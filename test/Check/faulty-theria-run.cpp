//===- faulty-theria-run.cpp - theria-run with a wrong compiler -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   faulty-theria-run FAULT <arguments of theria-run>
//
// Shows that --check notices a compiler that is wrong.
//
//===----------------------------------------------------------------------===//

#include "test/Check/Faults.h"
#include "tools/theria-run/Main.h"

#include "mlir/IR/DialectRegistry.h"
#include "llvm/Support/raw_ostream.h"

bool theria::test::addFault(mlir::DialectRegistry &registry, llvm::StringRef name) {
  return addWrongRule(registry, name) || addWrongPass(registry, name);
}

int main(int argc, char **argv) {
  const llvm::StringRef fault = argc > 1 ? argv[1] : "";
  bool isKnown = false;
  auto extend = [&](mlir::DialectRegistry &registry) { isKnown = theria::test::addFault(registry, fault); };
  const int status = theria::run::runMain(argc - 1, argv + 1, extend);
  if (isKnown)
    return status;
  llvm::errs() << "faulty-theria-run: error: expected the name of a fault, but found '" << fault << "'\n";
  return 2;
}
