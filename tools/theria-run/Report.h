//===- Report.h - What the compiler did, for people and tools ---*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_REPORT_H
#define THERIA_RUN_REPORT_H

#include "tools/theria-run/Tensor.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace theria::run {

/// A part of compiling, and the seconds that it took.
struct Stage {
  std::string name;
  double seconds;
};

/// What streaming recorded (lib/Streaming/Report.h) as an object: names and members are those of the attribute, what
/// depends on `?` is computed from the inputs, and `totals` are added up over all streams. An empty list of streams
/// where nothing is streamed.
llvm::json::Object describeStreaming(mlir::DictionaryAttr record, llvm::ArrayRef<Tensor> inputs);

/// A sweep of a described report, and its stream.
struct StreamedSweep {
  const llvm::json::Object *stream, *sweep;
};

/// The sweeps of all streams, in order.
llvm::SmallVector<StreamedSweep> sweepsOf(const llvm::json::Array &streams);

/// Adds where compile time went, and what the cache of compiled programs had: "hit", "miss" or "off".
void addStages(llvm::json::Object &report, llvm::ArrayRef<Stage> stages, llvm::StringRef cache);

/// The floating-point operations of the products of one run, as far as every number is known and no block may be
/// skipped.
std::optional<double> usefulFlop(const llvm::json::Object &report);

/// Prints a report for people.
void printReport(const llvm::json::Object &report, llvm::raw_ostream &stream);

} // namespace theria::run

#endif // THERIA_RUN_REPORT_H
