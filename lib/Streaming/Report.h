//===- Report.h - what streaming decided ------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The record is the discardable attribute `theria.report` of a function that has streams, a dictionary. What depends on
// `?` is an affine map of the arguments' sizes, which `sizes` lists: symbol s of every map is dimension sizes[s][1] of
// argument sizes[s][0]. What can't be told before the program runs is left out.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_REPORT_H
#define THERIA_LIB_STREAMING_REPORT_H

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/BuiltinAttributes.h"

#include <string>
#include <vector>

namespace theria::streaming {

/// A number of the record: an expression of the arguments' sizes; null where it isn't known.
using Quantity = mlir::AffineExpr;

struct SweepReport {
  struct Product {
    int level;            ///< the walk over columns that computes it
    std::string equation; ///< of the whole tensors
  };
  struct Decision {
    std::string value; ///< the operation that makes it
    std::string why;
  };
  struct Accumulator {
    std::string kind;  ///< rows: a block of rows at a time; columns: over all rows; pairs: a result of the function
    std::string value; ///< the operation that makes it
    Quantity bytes;
  };

  int levels = 0;
  std::pair<int64_t, int64_t> tile;
  std::vector<Product> products;
  std::vector<Decision> kept, recomputed;
  unsigned strips = 0;
  Quantity stripBytes; ///< of the strips of one thread
  std::vector<Accumulator> accumulators;
  Quantity blocks; ///< pairs of a block of rows with a block of columns, along all batch axes
  /// Which blocks are not visited, are not tested, and are: "none", "all", "at edges", "by predicate".
  std::string empty, full, mixed;
  Quantity packedBytes; ///< of operands over columns that are copied in the order of the tiles
  Quantity resultBytes; ///< of what the sweep computes
  Quantity flop;        ///< of the products, over all blocks
  Quantity bytes;       ///< moved, over all blocks
};

struct StreamReport {
  struct AxisSize {
    std::string name;
    Quantity size;
  };
  std::vector<AxisSize> axes;
  std::vector<SweepReport> sweeps;
  Quantity runs; ///< how often the loops around it run it; 1 without any
};

struct Report {
  std::vector<StreamReport> streams;
  /// The argument and the dimension that each symbol stands for.
  llvm::SmallVector<std::pair<unsigned, unsigned>> symbols;

  mlir::DictionaryAttr toAttribute(mlir::MLIRContext *context) const;
};

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_REPORT_H
