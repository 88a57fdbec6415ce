//===- Certificate.h - what was shown of a run ------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_CHECK_CERTIFICATE_H
#define THERIA_RUN_CHECK_CERTIFICATE_H

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace theria::run {

enum class Verdict {
  Holds,
  Fails,
  Undecided, ///< the property says nothing at these inputs
  Absent,    ///< there is nothing of which it could be said
};

/// One property of a run.
struct Line {
  std::string name;
  Verdict verdict = Verdict::Holds;
  /// What was measured, and the tolerance; in words what is compared, and where the tolerance comes from.
  double found = 0, allowed = 0;
  std::string what, tolerance;
};

struct Certificate {
  std::string subject;
  std::vector<Line> lines;

  bool holds() const;
  void print(llvm::raw_ostream &stream) const;
  llvm::json::Object toJson() const;
};

/// A line that holds where `found` is at most `allowed`; NaN fails, and an infinite bound shows nothing.
Line compareLine(llvm::StringRef name, double found, double allowed, std::string what, std::string tolerance);

/// A line of which something cannot be said.
Line otherLine(llvm::StringRef name, Verdict verdict, std::string why);

} // namespace theria::run

#endif // THERIA_RUN_CHECK_CERTIFICATE_H
