//===- Faults.h - compilers that are wrong on purpose -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_CHECK_FAULTS_H
#define THERIA_TEST_CHECK_FAULTS_H

#include "llvm/ADT/StringRef.h"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace theria::test {

/// Makes the compiler that uses this registry wrong; false where no fault has this name.
bool addFault(mlir::DialectRegistry &registry, llvm::StringRef name);

/// The two halves of that: rules of calculus, and programs changed after a pass.
bool addWrongRule(mlir::DialectRegistry &registry, llvm::StringRef name);
bool addWrongPass(mlir::DialectRegistry &registry, llvm::StringRef name);

} // namespace theria::test

#endif // THERIA_TEST_CHECK_FAULTS_H
