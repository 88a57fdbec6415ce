//===- Summary.h - A result in one line -------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_SUMMARY_H
#define THERIA_RUN_SUMMARY_H

#include "lib/Oracle/Tensor.h"
#include "tools/theria-run/Signature.h"
#include "tools/theria-run/Tensor.h"

namespace theria::run {

/// Prints one line: the output's name and type with its dimensions bound, its
/// first values in full, and its Euclidean norm; of a scalar the value alone.
void printSummary(const Port &output, const Tensor &tensor, llvm::raw_ostream &stream);

/// The same of the oracle's result: each number with the digits that its precision holds.
void printSummary(const Port &output, const oracle::Tensor &tensor, llvm::raw_ostream &stream);

/// Prints the median and the least of the times that the runs took, the rate of `flop` at the median, and the most
/// memory, as far as these are known.
void printTimes(llvm::SmallVector<double> seconds, std::optional<double> flop, std::optional<uint64_t> bytes,
                llvm::raw_ostream &stream);

} // namespace theria::run

#endif // THERIA_RUN_SUMMARY_H
