//===- Certificate.cpp - what was shown of a run --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/check/Certificate.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace theria::run;
namespace json = llvm::json;

static llvm::StringRef spell(Verdict verdict) {
  switch (verdict) {
  case Verdict::Holds:
    return "holds";
  case Verdict::Fails:
    return "FAILS";
  case Verdict::Undecided:
    return "undecided";
  case Verdict::Absent:
    return "absent";
  }
}

static size_t count(llvm::ArrayRef<Line> lines, Verdict verdict) {
  return llvm::count_if(lines, [&](const Line &line) { return line.verdict == verdict; });
}

bool Certificate::holds() const { return count(lines, Verdict::Fails) == 0; }

void Certificate::print(llvm::raw_ostream &stream) const {
  stream << "certificate: " << subject << '\n';
  for (const Line &line : lines) {
    stream << llvm::formatv("  {0,-12} {1,-10}", line.name, spell(line.verdict));
    if (line.verdict == Verdict::Holds || line.verdict == Verdict::Fails)
      stream << llvm::format("%10.3g of %-10.3g", line.found, line.allowed);
    stream << line.what << '\n';
  }
  const size_t failed = count(lines, Verdict::Fails), undecided = count(lines, Verdict::Undecided);
  stream << "certificate: " << lines.size() << " lines, " << (failed ? std::to_string(failed) : "none")
         << (failed == 1 ? " fails" : " fail");
  if (undecided)
    stream << ", " << undecided << " undecided";
  stream << '\n';
}

/// JSON has no infinities.
static json::Value number(double value) { return std::isfinite(value) ? json::Value(value) : json::Value(nullptr); }

json::Object Certificate::toJson() const {
  json::Array entries;
  for (const Line &line : lines) {
    json::Object entry{{"name", line.name}, {"verdict", spell(line.verdict).lower()}, {"what", line.what}};
    if (line.verdict == Verdict::Holds || line.verdict == Verdict::Fails) {
      entry["found"] = number(line.found);
      entry["allowed"] = number(line.allowed);
      entry["tolerance"] = line.tolerance;
    }
    entries.push_back(std::move(entry));
  }
  return json::Object{{"subject", subject}, {"holds", holds()}, {"lines", std::move(entries)}};
}

Line theria::run::compareLine(llvm::StringRef name, double found, double allowed, std::string what,
                              std::string tolerance) {
  if (std::isinf(allowed) && found <= allowed)
    return otherLine(name, Verdict::Undecided, std::move(what) + "; rounding has no bound at these inputs");
  return {name.str(),          found <= allowed ? Verdict::Holds : Verdict::Fails, found, allowed, std::move(what),
          std::move(tolerance)};
}

Line theria::run::otherLine(llvm::StringRef name, Verdict verdict, std::string why) {
  return {name.str(), verdict, 0, 0, std::move(why), ""};
}
