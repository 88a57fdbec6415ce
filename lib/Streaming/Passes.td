//===- Passes.td - pair tensors become tiles ---------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_PASSES_TD
#define THERIA_LIB_STREAMING_PASSES_TD

include "mlir/Pass/PassBase.td"

def SplitNormalisers : Pass<"theria-split-normalisers", "::mlir::func::FuncOp"> {
  let summary = "Divide normalised exponentials by their sum after the sums that they are in";
  let description = [{
    With m the maximum of a row of s, e = exp(s − m) and z = Σ_j e,

      logsumexp(s) = m + log z,   exp(s − c) = e·r with r = 1/z for c the logsumexp,   Σ_j (e·r)·x = r·Σ_j e·x,

    so that sums with e wait for m only, and those that give rows need no second exponential. Where m is infinite,
    0 stands in its place in e, and the logsumexp is m.
  }];
  let dependentDialects = ["::theria::TheriaDialect", "::mlir::arith::ArithDialect", "::mlir::math::MathDialect"];
}

def WidenFloats : Pass<"theria-widen-floats", "::mlir::func::FuncOp"> {
  let summary = "Compute pairs of bf16 and f16 in f32";
  let description = [{
    Sums, functions and statistics of small pair values, and what is computed of these alone, become operations on f32
    between an extension of what is read and a rounding of what is stored. Conversions, constants and look-ups stay as
    they are, and so does arithmetic without pairs.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def SplitBroadcasts : Pass<"theria-split-broadcasts", "::mlir::func::FuncOp"> {
  let summary = "Add up over pairs first, and repeat the sum along another dimension afterwards";
  let description = [{
    Σ_j p_ij, repeated along k, becomes a sum and a broadcast of it. Where only the mask m of a sum is of pairs, and the sum
    is repeated along one of its dimensions, the pairs are made an operand: Σ_j m_ij x_j = Σ_j m_ij 1_ij x_j.
  }];
  let dependentDialects = ["::theria::TheriaDialect", "::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect"];
}

def FormSweeps : Pass<"theria-form-sweeps", "::mlir::func::FuncOp"> {
  let summary = "Walk pair tensors by tiles instead of holding them";
  let description = [{
    Replaces every operation on pair tensors by loops over blocks of rows and columns around the same operations on
    tiles. A *sweep* walks all blocks once; within a block of rows it has as many *levels*, walks over all columns, as
    statistics of rows wait for each other; a sum that scales with a maximum is gathered in the walk that finds it. What
    a later level reads is kept in a *strip*, one block of rows by all columns, or computed again, as `schedule` says. A
    sum over rows is added up over the blocks of a sweep, and what waits for it stands in a later sweep. Sums that are only
    added up, also where they have one factor, are gathered as one.

    Fails where an operation on pairs can't be walked by blocks. Pair tensors that are arguments or results of the
    function stay in memory; no other does.

    With `one-sided`, whatever a sweep computes belongs to one block of its rows, or is a part that a block of rows puts
    aside; what belongs to blocks of columns is computed by sweeps of its own that walk them in the place of rows. Blocks
    share no sums then, and all can be computed at once, which a GPU needs; some products are computed twice. Columns are
    not cut into chunks, nothing is packed, and tiles are no larger than the next multiple of 16, but along features of which
    types say no size: with `feature-tile` they have that many.

    What was decided is recorded in the function's attribute `theria.report` (Report.h).
  }];
  let options = [
    Option<"rowTile", "row-tile", "int64_t", "128", "Rows of a tile, at most">,
    Option<"columnTile", "column-tile", "int64_t", "128", "Columns of a tile, at most">,
    Option<"schedule", "schedule", "std::string", "\"auto\"",
           "strips: keep products, functions and look-ups that are read again; recompute: keep nothing; auto: what pays; "
           "one-sided: keep nothing, and let one owner compute each block of rows or of columns">,
    Option<"featureTile", "feature-tile", "int64_t", "0",
           "One-sided: size of tiles along features of which types say no size, padded with zeros; more, or none, "
           "are an error of the run; 0: as many as there are">,
    Option<"heldBytes", "held-bytes", "int64_t", "0",
           "One-sided: bytes of what an owner adds up and of tiles of pairs that it has at once, for which it takes fewer "
           "rows, then columns, down to 16; of f64, three fifths; 0: any number">,
    Option<"heldBytesOfFewRows", "held-bytes-of-few-rows", "int64_t", "0",
           "With held-bytes: the same where an owner has fewer rows than row-tile; 0: as many">,
    Option<"heldBytesOfWideOwners", "held-bytes-of-wide-owners", "int64_t", "0",
           "With held-bytes: the same of an owner with twice the threads, which those of products of bf16 or f16 have where "
           "they would have fewer rows; 0: none has">,
    Option<"sharedBytes", "shared-bytes", "int64_t", "0",
           "With held-bytes: bytes of what the threads of an owner read together; 0: any number">,
    Option<"vectorBytes", "vector-bytes", "int64_t", "32", "Bytes of a vector register, for the cost model">,
    Option<"secondLevel", "second-level", "int64_t", "1048576", "Bytes of a core's second-level cache">,
    Option<"lastLevel", "last-level", "int64_t", "2097152", "Bytes of a core's share of the last-level cache">
  ];
  let dependentDialects = ["::theria::TheriaDialect", "::mlir::arith::ArithDialect", "::mlir::gpu::GPUDialect", "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::bufferization::BufferizationDialect"];
}

def VerifyStreamed : Pass<"theria-verify-streamed", "::mlir::func::FuncOp"> {
  let summary = "Refuse pair tensors that are left in memory";
  let description = [{
    After `theria-form-sweeps`, only arguments and results of a function may be pair tensors. Any other is an error at the
    operation that needs it.
  }];
}

#endif // THERIA_LIB_STREAMING_PASSES_TD
