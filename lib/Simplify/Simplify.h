//===- Simplify.h - algebra that always pays --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_SIMPLIFY_SIMPLIFY_H
#define THERIA_LIB_SIMPLIFY_SIMPLIFY_H

#include "dialect/Theria.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class DominanceInfo;
} // namespace mlir

namespace theria {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Simplify/Passes.h.inc"

// The families of patterns; each file says its formulas.
void populateZeroPatterns(mlir::RewritePatternSet &patterns);
void populateSignPatterns(mlir::RewritePatternSet &patterns);
void populateShapePatterns(mlir::RewritePatternSet &patterns);
void populateFusionPatterns(mlir::RewritePatternSet &patterns);
void populateReassociationPatterns(mlir::RewritePatternSet &patterns);
void populateRowConstantPatterns(mlir::RewritePatternSet &patterns);

/// Replaces einsums that are equal up to the names of labels and the order of operands; the first one stays as it is
/// written. Returns whether it changed anything.
bool eliminateEqualEinsums(mlir::RewriterBase &rewriter, mlir::DominanceInfo &dominance, mlir::Operation *root);

} // namespace theria

#endif // THERIA_LIB_SIMPLIFY_SIMPLIFY_H
