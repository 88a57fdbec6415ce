//===- Inputs.h - Binding what is given to a signature ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_INPUTS_H
#define THERIA_RUN_INPUTS_H

#include "tools/theria-run/InputSpec.h"
#include "tools/theria-run/Signature.h"

#include <optional>

namespace theria::run {

/// A tensor for each input of `signature`: those of `given`, in order, and `fill` for the rest and for each "_", where
/// input number i of a random fill takes seed + i. Ranks, static dimensions and element types are checked here, and
/// that a tangent or cotangent has the shape of what it belongs to. A `?` is what the given tensor says, or the first
/// of the same shape class; filling one that has neither is an error.
llvm::Expected<llvm::SmallVector<Tensor>> bindInputs(const Signature &signature, llvm::ArrayRef<std::string> given,
                                                     std::optional<FillSpec> fill, mlir::MLIRContext *context);

} // namespace theria::run

#endif // THERIA_RUN_INPUTS_H
