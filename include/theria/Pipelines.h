//===- Pipelines.h - the pass pipelines of Theria ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_PIPELINES_H
#define THERIA_PIPELINES_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace theria {

/// Expands theria.jvp, theria.vjp and theria.hvp into the operations that
/// compute them, forgets the custom rules, and simplifies the result. Runs on a
/// module; what comes out is still in the language. `symmetrise` lets it take a derivative of another as one that costs
/// less and is equal.
void buildCalculusPipeline(mlir::OpPassManager &manager, bool symmetrise = true);

/// The stages of a program that are in the language: derivatives expanded and composites decomposed by their rules
/// alone, then simplified, then the tile program.
enum class ProgramStage { Calculus, Simplified, Tiles };

struct StreamingOptions;

/// From the language to one of its stages; unlike buildEntryPipeline nothing is checked or erased.
void buildStagePipeline(mlir::OpPassManager &manager, ProgramStage stage, const StreamingOptions &options);

/// The chosen function, the only public one where `function` is empty, and what it calls, as the entry that
/// buildReferencePipeline describes: derivatives expanded, composites decomposed, and what the program states of sizes
/// and indices checked.
void buildEntryPipeline(mlir::OpPassManager &manager, const std::string &function, bool symmetrise = true);

struct ReferenceOptions {
  /// The function that becomes the entry. Empty: the only public function.
  std::string function;
};

/// Lowers a module all the way to the LLVM dialect, every pair tensor
/// materialised and every loop scalar: obvious rather than fast. The module gets one entry,
/// _mlir_ciface___theria_entry, whose arguments and results are those of
/// `options.function` with scalars as arrays of rank 0; its calling convention
/// is described in runtime/theria_runtime.h. Everything that the entry does not
/// reach is erased.
void buildReferencePipeline(mlir::OpPassManager &manager, const ReferenceOptions &options);

/// What loops are made for.
struct CpuTarget {
  /// Of a vector register: 16, 32 or 64; 0: scalar loops.
  unsigned vectorBytes = 0;
  /// 16 or 32.
  unsigned vectorRegisters = 16;
  /// Whether there is a fused multiply-add.
  bool fma = true;
  /// Bytes of a core's second-level cache, and of its share of the last level.
  int64_t secondLevelCache = 1 << 20, lastLevelCache = 2 << 20;

  /// The machine that this runs on.
  static CpuTarget host();
  /// "host", or what a name stands for: "x86-64", "x86-64-v3" (AVX2), "x86-64-v4" (AVX-512) or "aarch64".
  static std::optional<CpuTarget> named(llvm::StringRef name);
  /// The names, to list them in a message.
  static constexpr const char *names = "host, x86-64, x86-64-v3, x86-64-v4 or aarch64";
};

struct StreamingOptions {
  /// The function that becomes the entry. Empty: the only public function.
  std::string function;
  /// The rows and columns of a tile, at most.
  int64_t rowTile = 128, columnTile = 128;
  /// What a block of rows keeps for a later look at it. "strips": products, functions and look-ups; "recompute":
  /// nothing; "auto": what a cost model finds cheaper; "one-sided": nothing, and each block of rows or of columns has
  /// one owner, which computes all that belongs to it.
  std::string schedule = "auto";
  /// One-sided: of tiles along features of which types say no size, which are padded with zeros; 0: as many as there
  /// are.
  int64_t featureTile = 0;
  /// One-sided: of what an owner holds at once, for which it takes smaller tiles; 0: any number.
  int64_t heldBytes = 0;
  /// The same where it has fewer rows than rowTile; 0: as many.
  int64_t heldBytesOfFewRows = 0;
  /// The same where it has twice the threads, rather than fewer rows, for products of bf16 or f16; 0: none has.
  int64_t heldBytesOfWideOwners = 0;
  /// And of what its threads read together.
  int64_t sharedBytes = 0;
  CpuTarget target = CpuTarget::host();
};

/// From the language, derivatives expanded and composites decomposed, to the tile program: loops over blocks of rows
/// and columns around the same operations on tiles. Fails where an operation on pairs can't be walked by blocks.
void buildSweepsPipeline(mlir::OpPassManager &manager, const StreamingOptions &options);

/// From the language, without composites, to the LLVM dialect, in modules within the module that can be compiled at a
/// time: each declares what it uses of others.
void buildLoweringPipeline(mlir::OpPassManager &manager, const CpuTarget &target);

/// As buildReferencePipeline, but no pair tensor is held in memory.
void buildStreamingPipeline(mlir::OpPassManager &manager, const StreamingOptions &options);

struct GpuOptions {
  /// What kernels are made for, as sm_80, sm_90a or sm_100.
  std::string chip = "sm_90a";
  /// The rows and columns of a tile, at most; multiples of 16. A warp has 16 rows.
  int64_t rowTile = 64, columnTile = 64;
  /// Whether products with bf16 or f16 round both operands to that type, for tensor cores; else they are computed in
  /// f32.
  bool narrowProducts = true;
  /// Whether tensor cores compute products of f32, of parts of tf32, to about 2^-21 of each term; else fma does,
  /// exactly as IEEE 754 says.
  bool splitTf32 = false;

  /// How a function is streamed for it.
  StreamingOptions streaming(std::string function) const;
};

/// From a tile program of one-sided sweeps to a host program in memref and scf and the kernels that it launches, which
/// are in the NVVM dialect, in a module of their own.
void buildKernelPipeline(mlir::OpPassManager &manager, const GpuOptions &options);

/// From what buildKernelPipeline leaves of the host program, without the kernels, to the LLVM dialect, in parts as of
/// buildLoweringPipeline.
void buildHostPipeline(mlir::OpPassManager &manager);

} // namespace theria

#endif // THERIA_PIPELINES_H
