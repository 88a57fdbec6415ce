//===- TileDistributor.h - what one thread does of a tile -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_TILEDISTRIBUTOR_H
#define THERIA_LIB_CODEGEN_GPU_TILEDISTRIBUTOR_H

#include "lib/Codegen/GPU/TileUses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace theria::gpu {

/// Rewrites the body of a launch from tiles to what one thread holds of them.
///
/// A tile that several threads read is put into shared memory between two barriers: operands of products, what is
/// transposed, and what is read line by line. What comes from memory goes there where it is read, until the last
/// operation that reads it; other tiles, which threads hold, for one operation, or one loop.
class TileDistributor {
public:
  /// What wgmma is told of a tile in shared memory, in two words.
  struct Descriptor {
    mlir::Value low; ///< where it begins, and the distance of its panels
    uint32_t high = 0;
  };

  /// `sharedBytes`: the most that a block of threads may have of shared memory.
  TileDistributor(mlir::gpu::LaunchOp launch, const Frame &frame, int64_t sharedBytes);
  mlir::LogicalResult run();
  /// Of shared memory, for a block of threads.
  int64_t bytes() const { return mostBytes; }

private:
  using Value = mlir::Value;

  // Places.cpp
  void locate(Value number);
  void relocate();
  Value hide(Value number);
  Value hideIndex(Value number);
  unsigned hidden = 0; ///< numbers
  void recompute(llvm::MutableArrayRef<Value> values);
  /// The rows and columns of a thread's elements of a tile.
  llvm::SmallVector<Value> rowsOf(int64_t rows);
  llvm::SmallVector<Value> placesOf(Value firstOfWarp, Value lane, int64_t elements, int64_t count,
                                    llvm::function_ref<int64_t(int64_t)> offset);
  Value firstOfWarp(Value warp, int64_t all, int64_t warps, int64_t size);
  Value firstRowOfWarp(int64_t rows);
  Value firstColOfWarp(int64_t cols);
  llvm::SmallVector<Value> colsOf(int64_t cols);

  // DistributeTiles.cpp
  mlir::LogicalResult distributeFrom(mlir::Operation *first, mlir::Operation *end = nullptr);
  mlir::LogicalResult distribute(mlir::Operation *op);
  mlir::LogicalResult distribute(mlir::scf::ForOp op);
  struct Prefetched;
  mlir::LogicalResult distributeBody(mlir::scf::ForOp loop, llvm::ArrayRef<Prefetched> prefetched);
  mlir::LogicalResult distribute(mlir::scf::IfOp op);
  mlir::LogicalResult distributeElementwise(mlir::Operation *op);
  mlir::LogicalResult distribute(mlir::vector::BroadcastOp op);
  mlir::LogicalResult distribute(mlir::vector::ShapeCastOp op);
  mlir::LogicalResult distribute(mlir::vector::ExtractOp op);
  mlir::LogicalResult distribute(mlir::vector::StepOp op);
  mlir::LogicalResult refuse(mlir::Operation *op);
  void give(Value tile, Value piece) { pieces[tile] = piece; }
  void replaceAll(mlir::ValueRange olds, mlir::ValueRange givens);
  /// The type of what a thread holds; of a vector of one dimension as one along rows or columns.
  mlir::VectorType pieceType(mlir::VectorType tile, bool alongColumns = true) const;
  Value piece(Value tile);
  Value element(Value piece, int64_t row, int64_t col);
  Value assemble(mlir::VectorType type, llvm::ArrayRef<Value> elements);

  // DistributeMemory.cpp
  /// A tile in shared memory.
  struct Shared {
    Value memory;
    mlir::Type element; ///< that of the tile: a boolean is a byte in memory
    bool isTransposed = false;
    int64_t panelRows = 0; ///< where it lies in panels, of so many rows
    /// Whether the depth of an operand of a product, the first dimension of its tile or the second, lies along rows.
    bool hasDepthAlongRows(bool depthFirst) const { return depthFirst == isTransposed; }
  };
  mlir::LogicalResult distribute(mlir::vector::TransferReadOp op);
  mlir::LogicalResult distribute(mlir::vector::TransferWriteOp op);
  mlir::LogicalResult distribute(mlir::memref::StoreOp op);
  mlir::LogicalResult distribute(mlir::vector::TransposeOp op);
  mlir::LogicalResult distribute(mlir::vector::GatherOp op);
  Shared shared(Value tile);
  llvm::SmallVector<Value> shareForLoop(mlir::scf::ForOp loop);
  /// Shared memory for a tile, until `release` of the operation; null: until the next call. Threads meet where some may
  /// still read what it held before.
  Shared allocate(mlir::VectorType tile, bool inPanels, mlir::Operation *until);
  int64_t bytesInUse() const;
  int64_t reserve(int64_t bytes, bool inPanels, mlir::Operation *until);
  Shared viewShared(mlir::VectorType tile, bool inPanels, Value offset);
  static int64_t bytesInShared(mlir::VectorType tile, bool inPanels);
  llvm::SmallVector<Value> placeIn(const Shared &tile, Value row, Value col);
  void show(bool toWgmma);
  void release(mlir::Operation *op);
  mlir::Operation *lastReader(Value tile) const;
  Shared share(Value tile, mlir::Operation *until, llvm::function_ref<void(const Shared &)> fill);
  void storePiece(const Shared &to, Value piece, mlir::VectorType type);
  Shared sharePiece(Value tile, Value piece, mlir::Operation *until);
  void shareForProducts(Value tile, Value piece);
  /// Whether this thread is the one that writes what it holds of so many rows and columns; null where every one is.
  Value isWriter(int64_t rows, int64_t cols);
  /// Whether its warp is among the first so many, and its lane the first of a row, or of a column; null where any is.
  Value isOneOf(int64_t warpRows, int64_t warpCols, bool firstRow, bool firstCol);
  Value asElement(Value stored, mlir::Type element);
  Value loadPiece(const Shared &tile, mlir::VectorType type);
  Value loadShared(const Shared &tile, Value row, Value col);
  void storeShared(const Shared &tile, Value row, Value col, Value element);
  Value readElement(mlir::vector::TransferReadOp op, Value row, Value col);

  // AsyncCopies.cpp
  void readEarly();
  bool canCopyAsync(mlir::vector::TransferReadOp op) const;
  void copyAsync(mlir::vector::TransferReadOp op, Value from, llvm::SmallVector<Value> places, const Shared &to);
  Value endGroup();
  void arrive(size_t count);
  void arrive(Value tile);

  // Prefetch.cpp
  /// A tile of which shared memory holds two, from an offset on.
  struct Prefetched {
    mlir::vector::TransferReadOp read;
    int64_t offset;
  };
  int64_t bytesBeside(llvm::ArrayRef<mlir::vector::TransferReadOp> prefetched, mlir::scf::ForOp loop) const;
  llvm::SmallVector<mlir::vector::TransferReadOp> prefetchable(mlir::scf::ForOp loop);
  llvm::SmallVector<Prefetched> startPrefetch(mlir::scf::ForOp loop);
  void continuePrefetch(mlir::scf::ForOp loop, llvm::ArrayRef<Prefetched> tiles);
  void copyFor(mlir::scf::ForOp loop, Value counter, Value parity, llvm::ArrayRef<Prefetched> tiles);
  Shared bufferOf(Prefetched tile, Value parity);

  // DistributeSums.cpp
  mlir::LogicalResult distribute(mlir::vector::MultiDimReductionOp op);
  Value combine(mlir::vector::CombiningKind kind, Value a, Value b);
  Value combineAll(mlir::vector::CombiningKind kind, llvm::SmallVector<Value> values);
  llvm::SmallVector<Value> combineParts(mlir::vector::CombiningKind kind, llvm::ArrayRef<Value> values,
                                        llvm::ArrayRef<Value> places, int64_t size, Value part, int64_t parts,
                                        Value writes);
  Value combineBlock(mlir::vector::CombiningKind kind, Value value);
  Value anyPart(Value tile);
  Value largestOf(mlir::vector::MultiDimReductionOp op);
  Value combineLanes(mlir::vector::CombiningKind kind, Value value, int64_t first, int64_t lanes);
  llvm::SmallVector<Value> combineWarps(mlir::vector::CombiningKind kind, llvm::ArrayRef<Value> values, int64_t size,
                                        bool alongRows, int64_t warps);
  llvm::SmallVector<Value> combineThreads(mlir::vector::CombiningKind kind, llvm::SmallVector<Value> values,
                                          mlir::VectorType tile, bool alongRows);

  // DeferredSums.cpp
  /// A result of a loop that adds up tiles' rows, or with `alongRows` their columns, of which each thread has its part.
  struct DeferredSum {
    unsigned result;
    mlir::VectorType tile;
    bool alongRows;
  };
  llvm::SmallVector<DeferredSum> deferSums(mlir::scf::ForOp loop);
  void shareOut(llvm::ArrayRef<DeferredSum> deferred, llvm::SmallVector<Value> &inits);
  void combineDeferred(llvm::ArrayRef<DeferredSum> deferred, mlir::scf::ForOp old);

  // DistributeProducts.cpp
  mlir::LogicalResult distribute(mlir::vector::ContractionOp op);
  llvm::SmallVector<Value> multiplyByFma(mlir::vector::ContractionOp op, llvm::SmallVector<Value> sums);

  // SplitTf32.cpp
  llvm::SmallVector<Value> multiplyBySplitTf32(mlir::vector::ContractionOp op, llvm::SmallVector<Value> sums);

  // TensorCores.cpp
  llvm::SmallVector<Value> multiplyByMma(mlir::vector::ContractionOp op, llvm::SmallVector<Value> sums);
  Value packed(Value pair);
  Value asWord(Value pair);
  llvm::SmallVector<Value> fragmentOf(Value piece, int64_t row, int64_t depth);
  void storeFragments(const Shared &to, Value piece, mlir::VectorType tile);
  /// Registers of all of A in shared memory: for 16 rows each, of 16 steps along the depth each.
  using Fragments = llvm::SmallVector<llvm::SmallVector<llvm::SmallVector<Value>>>;
  llvm::SmallVector<Value> loadRowFragment(mlir::vector::ContractionOp op, const Shared &tile, int64_t row,
                                           int64_t depth);
  Fragments loadRows(mlir::vector::ContractionOp op, const Shared &tile);
  llvm::SmallVector<Value> holdFragments(mlir::scf::ForOp loop);
  llvm::SmallVector<Value> loadFragment(const Shared &tile, bool depthFirst, Value line, Value depth, bool linesFirst);
  llvm::SmallVector<Value> readLine(const Shared &tile, bool depthFirst, Value line, Value depth, int64_t count);

  // Rescale.cpp
  mlir::LogicalResult rescale(mlir::arith::MulFOp op);
  Value differsFromOne(Value line);
  /// Of lines, whether a number that the threads of a warp hold differs from 1.
  llvm::DenseMap<Value, Value> differing;

  // GroupProducts.cpp
  void groupProducts();

  // WarpgroupProducts.cpp
  /// A product that wgmma may still compute, and what a thread holds of it: of every 8 columns two of one row, then two
  /// of the row 8 below.
  struct Product {
    Value tile;
    llvm::SmallVector<Value> sums;
  };
  llvm::SmallVector<Product> products;
  mlir::LogicalResult multiplyByWgmma(mlir::vector::ContractionOp op);
  llvm::SmallVector<Value> takeSums(Value tile);
  Descriptor describe(const Shared &tile, Value line, bool depthFirst);
  void finishProducts(size_t count);

  Value index(int64_t number);
  Value add(Value a, int64_t b);
  Value add(Value a, Value b);
  void barrier() {
    mlir::gpu::BarrierOp::create(builder, loc);
    // Products that go on may still read.
    if (!products.empty())
      return;
    read.clear();
    allMayBeRead = false;
  }

  mlir::gpu::LaunchOp launch;
  Frame frame;
  int64_t sharedBytes;
  mlir::OpBuilder builder;
  mlir::Location loc;
  llvm::DenseSet<Value> readArrays, writtenArrays; ///< by tiles
  Value thread, lane, warpRow, warpCol, laneRow, laneCol;
  llvm::DenseMap<Value, Value> pieces;
  llvm::DenseMap<Value, Shared> sharedTiles;
  /// Of those, what threads wrote there, by the last operation that reads it.
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<Value>> sharedUntil;
  int64_t freeRegisters;
  llvm::DenseMap<mlir::Operation *, int64_t> freeInLoop;
  llvm::DenseMap<Value, Fragments> fragments; ///< that a loop finds in registers
  /// Where a vector of one dimension lies, which its type doesn't say.
  llvm::DenseMap<Value, bool> alongColumns;
  /// Shared memory, as bytes; what is in use of it, by offset, and how much ever was.
  Value pool;
  struct Part {
    int64_t offset, bytes;
    mlir::Operation *until;
  };
  std::vector<Part> parts;
  int64_t mostBytes = 0;
  /// What was released since the last barrier; whether anything may have been read since.
  std::vector<Part> read;
  bool allMayBeRead = false;
  /// Tiles that are on their way to shared memory, in order.
  struct Pending {
    Value tile, group;
  };
  llvm::SmallVector<Pending> pending;
  Value prefetchGroup;                ///< of the loop before which it was started last
  mlir::Operation *current = nullptr; ///< what is distributed now
  llvm::SmallVector<mlir::Operation *> dead;
};

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_TILEDISTRIBUTOR_H
