//===- Report.cpp - What the compiler did, as an object -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Report.h"

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/AffineMap.h"

using namespace theria::run;
using llvm::StringRef;
namespace json = llvm::json;

namespace {

/// Turns attributes into JSON, sizes known.
class Evaluator {
public:
  Evaluator(mlir::DictionaryAttr record, llvm::ArrayRef<Tensor> inputs) {
    for (auto size : record.getAs<mlir::ArrayAttr>("sizes").getAsRange<mlir::ArrayAttr>()) {
      auto number = [&](unsigned at) { return mlir::cast<mlir::IntegerAttr>(size[at]).getInt(); };
      sizes.push_back(mlir::getAffineConstantExpr(inputs[number(0)].shape[number(1)], record.getContext()));
    }
  }

  json::Value operator()(mlir::Attribute attribute) const;

private:
  json::Value evaluate(mlir::AffineMap map) const;

  llvm::SmallVector<mlir::AffineExpr> sizes;
};

} // namespace

/// A number, or null where it leaves 64 bits.
json::Value Evaluator::evaluate(mlir::AffineMap map) const {
  auto value = mlir::dyn_cast<mlir::AffineConstantExpr>(map.getResult(0).replaceSymbols(sizes));
  return value ? json::Value(value.getValue()) : json::Value(nullptr);
}

json::Value Evaluator::operator()(mlir::Attribute attribute) const {
  if (auto number = mlir::dyn_cast<mlir::IntegerAttr>(attribute))
    return number.getInt();
  if (auto text = mlir::dyn_cast<mlir::StringAttr>(attribute))
    return text.getValue();
  if (auto map = mlir::dyn_cast<mlir::AffineMapAttr>(attribute))
    return evaluate(map.getValue());
  if (auto list = mlir::dyn_cast<mlir::ArrayAttr>(attribute))
    return json::Array(llvm::map_range(list, *this));
  json::Object object;
  for (mlir::NamedAttribute entry : mlir::cast<mlir::DictionaryAttr>(attribute))
    object[entry.getName().strref()] = (*this)(entry.getValue());
  return object;
}

llvm::SmallVector<StreamedSweep> theria::run::sweepsOf(const json::Array &streams) {
  llvm::SmallVector<StreamedSweep> sweeps;
  for (const json::Value &stream : streams)
    for (const json::Value &sweep : *stream.getAsObject()->getArray("sweeps"))
      sweeps.push_back({stream.getAsObject(), sweep.getAsObject()});
  return sweeps;
}

/// The sum of one number of every sweep, times how often it is run; null where one is not known.
static json::Value total(llvm::ArrayRef<StreamedSweep> sweeps, StringRef name, bool ofRuns) {
  int64_t sum = 0;
  for (const auto &[stream, sweep] : sweeps) {
    auto number = sweep->getInteger(name);
    auto runs = ofRuns ? stream->getInteger("runs") : 1;
    int64_t product = 0;
    if (!number || !runs || llvm::MulOverflow(*number, *runs, product) || llvm::AddOverflow(sum, product, sum))
      return nullptr;
  }
  return sum;
}

/// The strips of the sweep that has the largest ones: sweeps follow each other.
static json::Value largestStrips(llvm::ArrayRef<StreamedSweep> sweeps) {
  int64_t most = 0;
  for (const auto &[stream, sweep] : sweeps) {
    auto bytes = sweep->getInteger("strip_bytes");
    if (!bytes)
      return nullptr;
    most = std::max(most, *bytes);
  }
  return most;
}

json::Object theria::run::describeStreaming(mlir::DictionaryAttr record, llvm::ArrayRef<Tensor> inputs) {
  json::Array streams;
  if (record)
    streams = std::move(*Evaluator(record, inputs)(record.get("streams")).getAsArray());
  const llvm::SmallVector<StreamedSweep> sweeps = sweepsOf(streams);
  const bool skips =
      llvm::any_of(sweeps, [](const StreamedSweep &one) { return one.sweep->getString("empty_blocks") != "none"; });
  json::Object totals{{"streams", static_cast<int64_t>(streams.size())},
                      {"sweeps", static_cast<int64_t>(sweeps.size())},
                      {"product_count", total(sweeps, "product_count", false)},
                      {"flop", total(sweeps, "flop", true)},
                      {"bytes_moved", total(sweeps, "bytes_moved", true)},
                      {"strip_bytes", largestStrips(sweeps)},
                      {"skips_blocks", skips}};
  return json::Object{{"streams", std::move(streams)}, {"totals", std::move(totals)}};
}

void theria::run::addStages(json::Object &report, llvm::ArrayRef<Stage> stages, StringRef cache) {
  json::Array list;
  double sum = 0;
  for (const Stage &stage : stages) {
    list.push_back(json::Object{{"name", stage.name}, {"seconds", stage.seconds}});
    sum += stage.seconds;
  }
  report["compile"] = json::Object{{"stages", std::move(list)}, {"seconds", sum}, {"cache", cache}};
}

std::optional<double> theria::run::usefulFlop(const json::Object &report) {
  const json::Object &totals = *report.getObject("totals");
  auto flop = totals.getInteger("flop");
  if (!flop || !*flop || *totals.getBoolean("skips_blocks"))
    return std::nullopt;
  return static_cast<double>(*flop);
}
