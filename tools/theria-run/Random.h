//===- Random.h - Seeded random tensors -------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The generator is part of what theria-run promises (docs/theria-run.md): the
// same seed gives the same bits on every machine, and element k of a tensor
// does not depend on its shape.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_RANDOM_H
#define THERIA_RUN_RANDOM_H

#include "tools/theria-run/Tensor.h"

namespace theria::run {

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
class SplitMix64 {
public:
  explicit SplitMix64(uint64_t seed) : state(seed) {}
  uint64_t next();
  /// The generator seeded with output number `index` + 1 of the one seeded
  /// with `seed`.
  static SplitMix64 forElement(uint64_t seed, uint64_t index);

private:
  uint64_t state;
};

/// A number in [0, 1): the top 53 bits of one output.
double drawUniform(SplitMix64 &generator);

/// A standard normal number, by Marsaglia's polar method.
double drawNormal(SplitMix64 &generator);

/// Fills a floating-point tensor, each element rounded to nearest even.
void fillNormal(Tensor &tensor, uint64_t seed);

/// Fills a floating-point tensor with numbers of [0, 1), each rounded to
/// nearest even; or an i1 tensor with fair coins (the top bit of one output).
void fillUniform(Tensor &tensor, uint64_t seed);

} // namespace theria::run

#endif // THERIA_RUN_RANDOM_H
