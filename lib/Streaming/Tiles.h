//===- Tiles.h - operations on pairs, on one tile ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_TILES_H
#define THERIA_LIB_STREAMING_TILES_H

#include "lib/Streaming/Plan.h"
#include "lib/Streaming/Slices.h"

#include "llvm/ADT/SetVector.h"

#include <map>

namespace theria::streaming {

/// The blocks along one axis.
struct Blocking {
  OpFoldResult size;  ///< of the axis
  int64_t tile = 1;   ///< elements of a block
  OpFoldResult count; ///< blocks; as many as elements along a batch axis
  bool exact = true;  ///< whether the blocks fill the axis
};

/// Where the loops of a sweep stand.
struct Position {
  llvm::SmallVector<OpFoldResult> index;  ///< of each batch axis; of the current block on rows and columns
  llvm::SmallVector<OpFoldResult> offset; ///< first row and column of the block
  llvm::SmallVector<OpFoldResult> valid;  ///< rows and columns of the block that exist
  OpFoldResult column;                    ///< the block of columns, counted in what the sweep writes to
};

/// A tensor, what its dimensions lie along, and in which order a tile has them.
struct OperandKey {
  mlir::Value value;
  Layout layout;
  bool featuresFirst;

  bool operator<(const OperandKey &other) const {
    return std::make_tuple(value.getAsOpaquePointer(), featuresFirst, llvm::ArrayRef(layout)) <
           std::make_tuple(other.value.getAsOpaquePointer(), other.featuresFirst, llvm::ArrayRef(other.layout));
  }
};

/// Writes the operations of a sweep on tiles at one position.
class TileBuilder {
public:
  TileBuilder(mlir::OpBuilder &builder, mlir::Location loc, const Sweep &sweep, llvm::ArrayRef<Blocking> blocking,
              int64_t featureTile)
      : builder(builder), loc(loc), sweep(sweep), stream(*sweep.stream), blocking(blocking), featureTile(featureTile),
        index(builder, loc) {
    for (auto *perAxis : {&at.index, &at.offset, &at.valid})
      perAxis->resize(stream.axisCount);
  }

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Sweep &sweep;
  const Stream &stream;
  llvm::ArrayRef<Blocking> blocking;
  /// The size of tiles along features of which there may be any number; 0: as many as there are.
  int64_t featureTile;
  IndexBuilder index;
  Position at;

  /// Tensors over columns, copied block by block; the flag says that features come before columns.
  std::map<OperandKey, mlir::Value> packed;
  /// Whether every number of a block of columns is finite, by block; of the current block of rows.
  std::map<OperandKey, mlir::Value> finiteBlocks, finiteRows;
  /// The current block of rows of tensors over rows.
  std::map<OperandKey, mlir::Value> rowTiles;
  /// The same of the statistics of rows, and of what is computed of them.
  llvm::DenseMap<mlir::Value, mlir::Value> statistics;
  /// Tiles of pair values at the current position.
  llvm::DenseMap<mlir::Value, mlir::Value> pairTiles;
  /// Where pair values of earlier levels are kept.
  llvm::SmallVector<mlir::Value> strips;
  int level = 0;
  /// Whether masks and the edges of the tensors have to be minded at this position.
  bool masked = false;
  bool edges = false;

  mlir::RankedTensorType pairTileType(mlir::Type element) const;
  OpFoldResult tileSize(Axis axis);
  /// All of a dimension of features of this size.
  Extent features(OpFoldResult size);
  /// Dimensions of tensors that are padded to the size of tiles along features.
  llvm::SmallSetVector<std::pair<mlir::Value, int64_t>, 4> paddedFeatures;
  /// An error at an operation whose types say the number of features here and leave it open there.
  void refuseFeatures(mlir::Operation *op);
  bool failed = false;

  /// The tile of a pair value.
  mlir::Value pair(mlir::Value value);
  /// The tile of an operand that is no pair, for which `layout` says what lies where.
  mlir::Value operand(mlir::Value value, llvm::ArrayRef<Axis> layout, bool featuresFirst);
  /// What the tile adds to a reduction.
  mlir::Value reduce(mlir::Operation *op);
  /// An operation on statistics of rows, on the current block of rows.
  mlir::Value rowOperation(mlir::Operation *op);
  /// Which pairs of the tile exist and `mask`, if given, lets through; null where all do.
  mlir::Value live(mlir::Value mask);
  /// Moves to a block, or along a batch axis.
  void moveTo(Axis axis, OpFoldResult block);
  /// Where what belongs to the current block of columns stands: batch axes of `layout`, then the block.
  llvm::SmallVector<Extent> blockOf(llvm::ArrayRef<Axis> layout);
  /// Which part of a strip holds the current tile.
  llvm::SmallVector<Extent> stripExtents();
  /// The slice of a tensor at the position.
  llvm::SmallVector<Extent> extents(mlir::Value tensor, llvm::ArrayRef<Axis> layout);

private:
  mlir::Value make(mlir::Operation *op);
  mlir::Value makeEinsum(EinsumOp op);
  mlir::Value makeCoord(CoordOp op);
  mlir::Value makeGather(GatherOp op);
  mlir::Value reduceEinsum(EinsumOp op);
  mlir::Value orderAs(mlir::Operation *result, mlir::Value tile);
  mlir::Value contract(const Equation &equation, llvm::ArrayRef<mlir::Value> operands, mlir::Value mask,
                       mlir::Value finite);
  /// The tile where the mask, if there is one, is true, and zero elsewhere.
  mlir::Value select(mlir::Value mask, mlir::Value tile);
  mlir::RankedTensorType einsumType(const Equation &equation, mlir::ValueRange operands, mlir::Type element);
  mlir::Value zeroBeyond(mlir::Value statistic, mlir::Value tile, llvm::ArrayRef<Axis> layout);
  mlir::Value einsum(const Equation &equation, mlir::ValueRange operands, mlir::Value mask, mlir::Type element);
  mlir::Value isFinite(mlir::Value source, const Layout &layout, mlir::Value tile);
  /// An einsum without batch axes, on tiles.
  struct LocalEinsum {
    Equation equation;
    llvm::SmallVector<mlir::Value> tiles;
    llvm::SmallVector<Layout> layouts;
    mlir::Value mask;       ///< where it is of no pairs
    std::string pairLabels; ///< of rows and columns
  };
  LocalEinsum localise(EinsumOp op);
  mlir::Value spread(const LocalEinsum &local);
};

/// Whether every number of a tensor is finite, as a scalar.
mlir::Value allFinite(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tensor);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_TILES_H
