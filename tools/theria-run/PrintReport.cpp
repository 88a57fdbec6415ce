//===- PrintReport.cpp - What the compiler did, for people ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Report.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <map>

using namespace theria::run;
using llvm::StringRef;
namespace json = llvm::json;

/// "1 sweep", "2 sweeps".
static std::string count(int64_t number, StringRef what) {
  return std::to_string(number) + " " + what.str() + (number == 1 ? "" : "s");
}

static std::string scaled(double number, double step, llvm::ArrayRef<const char *> units) {
  while (number >= step && units.size() > 1) {
    number /= step;
    units = units.drop_front();
  }
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.4g", number) << ' ' << units.front();
  return text;
}

static std::string bytes(std::optional<int64_t> number) {
  return number ? scaled(*number, 1024, {"bytes", "KiB", "MiB", "GiB", "TiB"}) : "unknown bytes";
}

static std::string flop(std::optional<int64_t> number) {
  return number ? scaled(*number, 1000, {"flop", "kflop", "Mflop", "Gflop", "Tflop", "Pflop"}) : "unknown flop";
}

static std::string size(std::optional<int64_t> number) { return number ? std::to_string(*number) : "?"; }

static std::string tileOf(const json::Object &sweep) {
  const json::Array &tile = *sweep.getArray("tile");
  return size(tile[0].getAsInteger()) + "x" + size(tile[1].getAsInteger());
}

/// One line: what is streamed, in all.
static void printTotals(const json::Object &report, llvm::raw_ostream &stream) {
  const json::Object &totals = *report.getObject("totals");
  stream << "report: " << count(*totals.getInteger("streams"), "stream") << ", "
         << count(*totals.getInteger("sweeps"), "sweep") << ", "
         << count(totals.getInteger("product_count").value_or(0), "product") << " a block, ";
  std::string tiles;
  for (const auto &[one, sweep] : sweepsOf(*report.getArray("streams"))) {
    const std::string tile = tileOf(*sweep);
    if (!StringRef(tiles).contains(tile))
      tiles += (tiles.empty() ? "" : " and ") + tile;
  }
  stream << "tiles of " << tiles << ", strips of " << bytes(totals.getInteger("strip_bytes"));
  if (auto number = totals.getInteger("flop"))
    stream << ", " << (*totals.getBoolean("skips_blocks") ? "at most " : "") << flop(number);
  if (auto number = totals.getInteger("bytes_moved"))
    stream << ", " << bytes(number) << " moved";
  stream << '\n';
}

/// Begins a line of a sweep.
static llvm::raw_ostream &line(llvm::raw_ostream &stream, StringRef name) {
  return stream << "    " << llvm::left_justify((name + ":").str(), 14);
}

/// Values of a list that are equal, each once with its number.
static void printCounted(const json::Array &list, StringRef name, llvm::raw_ostream &stream) {
  llvm::MapVector<std::string, int64_t, std::map<std::string, unsigned>> counts;
  for (const json::Value &one : list) {
    const json::Object &entry = *one.getAsObject();
    ++counts[(*entry.getString("value") + ": " + *entry.getString("why")).str()];
  }
  for (auto &[text, number] : counts)
    line(stream, name) << text << (number > 1 ? " (" + std::to_string(number) + " times)" : "") << '\n';
}

static void printAccumulators(const json::Array &list, llvm::raw_ostream &stream) {
  struct Sum {
    int64_t number = 0;
    std::optional<int64_t> bytes = 0;
  };
  llvm::MapVector<std::string, Sum, std::map<std::string, unsigned>> sums;
  for (const json::Value &one : list) {
    const json::Object &entry = *one.getAsObject();
    Sum &sum = sums[entry.getString("kind")->str()];
    auto more = entry.getInteger("bytes");
    ++sum.number;
    sum.bytes = sum.bytes && more ? std::optional(*sum.bytes + *more) : std::nullopt;
  }
  std::string text;
  for (auto &[kind, sum] : sums)
    text += (text.empty() ? "" : ", ") + std::to_string(sum.number) + " of " + kind + " (" + bytes(sum.bytes) + ")";
  line(stream, "accumulators") << text << '\n';
}

static void printSweep(int64_t number, const json::Object &sweep, llvm::raw_ostream &stream) {
  const int64_t levels = *sweep.getInteger("levels");
  stream << "  sweep " << number << ": " << count(levels, "level") << ", "
         << count(*sweep.getInteger("product_count"), "product") << " a block, " << flop(sweep.getInteger("flop"))
         << ", " << bytes(sweep.getInteger("bytes_moved")) << " moved\n";
  line(stream, "blocks") << size(sweep.getInteger("blocks")) << " of " << tileOf(sweep)
                         << "; empty: " << *sweep.getString("empty_blocks")
                         << ", full: " << *sweep.getString("full_blocks")
                         << ", mixed: " << *sweep.getString("mixed_blocks") << '\n';
  for (int64_t level = 0; level < levels; ++level) {
    llvm::SmallVector<StringRef> equations;
    for (const json::Value &product : *sweep.getArray("products"))
      if (product.getAsObject()->getInteger("level") == level)
        equations.push_back(*product.getAsObject()->getString("equation"));
    line(stream, "level " + std::to_string(level))
        << (equations.empty() ? "no products" : llvm::join(equations, "  ")) << '\n';
  }
  line(stream, "strips") << *sweep.getInteger("strip_count") << " (" << bytes(sweep.getInteger("strip_bytes"))
                         << " a thread)\n";
  printCounted(*sweep.getArray("kept"), "kept", stream);
  printCounted(*sweep.getArray("recomputed"), "recomputed", stream);
  printAccumulators(*sweep.getArray("accumulators"), stream);
}

static void printStages(const json::Object &compile, llvm::raw_ostream &stream) {
  stream << llvm::format("compile: %.1f ms, cache ", 1e3 * *compile.getNumber("seconds"))
         << *compile.getString("cache");
  const char *separator = ": ";
  for (const json::Value &stage : *compile.getArray("stages")) {
    stream << separator << *stage.getAsObject()->getString("name")
           << llvm::format(" %.1f", 1e3 * *stage.getAsObject()->getNumber("seconds"));
    separator = ", ";
  }
  stream << '\n';
}

void theria::run::printReport(const json::Object &report, llvm::raw_ostream &stream) {
  const json::Array &streams = *report.getArray("streams");
  if (streams.empty())
    stream << "report: nothing is streamed, "
           << (report.getString("path") == "streaming" ? "the program has no pair tensors\n"
                                                       : "the reference path holds every tensor in memory\n");
  else
    printTotals(report, stream);
  for (auto [number, one] : llvm::enumerate(streams)) {
    stream << "stream " << number << ": ";
    llvm::SmallVector<std::string> axes;
    for (const json::Value &axis : *one.getAsObject()->getArray("axes"))
      axes.push_back(
          (*axis.getAsObject()->getString("name") + " " + size(axis.getAsObject()->getInteger("size"))).str());
    stream << llvm::join(axes, ", ");
    auto runs = one.getAsObject()->getInteger("runs");
    if (runs != 1)
      stream << "; run " << size(runs) << " times by the loops around it";
    stream << '\n';
    for (auto [position, sweep] : llvm::enumerate(*one.getAsObject()->getArray("sweeps")))
      printSweep(position, *sweep.getAsObject(), stream);
  }
  if (const json::Object *compile = report.getObject("compile"))
    printStages(*compile, stream);
}
