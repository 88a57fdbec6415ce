//===- Report.cpp - the record as an attribute ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Report.h"

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"

using namespace mlir;

namespace theria::streaming {

namespace {

/// Writes dictionaries.
class Writer {
public:
  Writer(MLIRContext *context, unsigned symbolCount) : builder(context), symbolCount(symbolCount) {}

  DictionaryAttr report(const Report &report);

private:
  using Entries = SmallVector<NamedAttribute>;
  void put(Entries &entries, StringRef name, Attribute value) { entries.push_back(builder.getNamedAttr(name, value)); }
  void put(Entries &entries, StringRef name, Quantity value);
  void put(Entries &entries, StringRef name, StringRef value) { put(entries, name, Attribute(text(value))); }
  Attribute text(StringRef value) { return builder.getStringAttr(value); }
  template <typename Range, typename Make> void putAll(Entries &entries, StringRef name, const Range &range, Make make);
  Attribute decision(const SweepReport::Decision &decision);
  Attribute sweep(const SweepReport &sweep);
  Attribute stream(const StreamReport &stream);

  Builder builder;
  unsigned symbolCount;
};

} // namespace

void Writer::put(Entries &entries, StringRef name, Quantity value) {
  if (!value)
    return;
  auto constant = dyn_cast<AffineConstantExpr>(value);
  put(entries, name,
      constant ? Attribute(builder.getI64IntegerAttr(constant.getValue()))
               : AffineMapAttr::get(AffineMap::get(0, symbolCount, value)));
}

template <typename Range, typename Make>
void Writer::putAll(Entries &entries, StringRef name, const Range &range, Make make) {
  SmallVector<Attribute> all;
  for (const auto &one : range)
    all.push_back(make(one));
  put(entries, name, builder.getArrayAttr(all));
}

Attribute Writer::decision(const SweepReport::Decision &decision) {
  Entries entries;
  put(entries, "value", decision.value);
  put(entries, "why", decision.why);
  return builder.getDictionaryAttr(entries);
}

Attribute Writer::sweep(const SweepReport &sweep) {
  Entries entries;
  put(entries, "levels", builder.getI64IntegerAttr(sweep.levels));
  put(entries, "tile", builder.getI64ArrayAttr({sweep.tile.first, sweep.tile.second}));
  put(entries, "product_count", builder.getI64IntegerAttr(sweep.products.size()));
  putAll(entries, "products", sweep.products, [&](const SweepReport::Product &product) -> Attribute {
    Entries one;
    put(one, "level", builder.getI64IntegerAttr(product.level));
    put(one, "equation", product.equation);
    return builder.getDictionaryAttr(one);
  });
  auto decide = [&](const SweepReport::Decision &one) { return decision(one); };
  putAll(entries, "kept", sweep.kept, decide);
  putAll(entries, "recomputed", sweep.recomputed, decide);
  put(entries, "strip_count", builder.getI64IntegerAttr(sweep.strips));
  put(entries, "strip_bytes", sweep.stripBytes);
  putAll(entries, "accumulators", sweep.accumulators, [&](const SweepReport::Accumulator &accumulator) -> Attribute {
    Entries one;
    put(one, "kind", accumulator.kind);
    put(one, "value", accumulator.value);
    put(one, "bytes", accumulator.bytes);
    return builder.getDictionaryAttr(one);
  });
  put(entries, "blocks", sweep.blocks);
  put(entries, "empty_blocks", sweep.empty);
  put(entries, "full_blocks", sweep.full);
  put(entries, "mixed_blocks", sweep.mixed);
  put(entries, "packed_bytes", sweep.packedBytes);
  put(entries, "result_bytes", sweep.resultBytes);
  put(entries, "flop", sweep.flop);
  put(entries, "bytes_moved", sweep.bytes);
  return builder.getDictionaryAttr(entries);
}

Attribute Writer::stream(const StreamReport &stream) {
  Entries entries;
  putAll(entries, "axes", stream.axes, [&](const StreamReport::AxisSize &axis) -> Attribute {
    Entries one;
    put(one, "name", axis.name);
    put(one, "size", axis.size);
    return builder.getDictionaryAttr(one);
  });
  putAll(entries, "sweeps", stream.sweeps, [&](const SweepReport &one) { return sweep(one); });
  put(entries, "runs", stream.runs);
  return builder.getDictionaryAttr(entries);
}

DictionaryAttr Writer::report(const Report &report) {
  Entries entries;
  putAll(entries, "streams", report.streams, [&](const StreamReport &one) { return stream(one); });
  putAll(entries, "sizes", report.symbols,
         [&](std::pair<unsigned, unsigned> at) { return builder.getI64ArrayAttr({at.first, at.second}); });
  return builder.getDictionaryAttr(entries);
}

DictionaryAttr Report::toAttribute(MLIRContext *context) const { return Writer(context, symbols.size()).report(*this); }

} // namespace theria::streaming
