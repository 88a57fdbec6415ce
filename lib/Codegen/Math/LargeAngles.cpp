//===- LargeAngles.cpp - quarter turns in any number ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

namespace theria::codegen {

/// Some words of the lanes' bits, most significant first.
using Words = llvm::SmallVector<Bits>;

static unsigned widthOf(const Emitter &emitter) { return emitter.isDouble() ? 64 : 32; }

/// A word of zeros, then the binary digits of 2/π, as many as the largest number of the type needs.
static Words digitsOfTwoOverPi(Emitter &emitter) {
  Words words = {emitter.bits(0)};
  for (unsigned number = 0; number < (emitter.isDouble() ? twoOverPiWords : 4); ++number) {
    if (!emitter.isDouble())
      words.push_back(emitter.bits(twoOverPiDigits[number] >> 32));
    words.push_back(emitter.bits(twoOverPiDigits[number]));
  }
  return words;
}

/// Three words from a binary place on, which may differ between lanes.
static Words takeFrom(Words words, Bits place) {
  Emitter &emitter = *place.emitter;
  const unsigned width = widthOf(emitter);
  // Whole words first: 16, 8, … 1 of them where that bit of their number is set.
  Bits count = place >> llvm::Log2_32(width), zero = emitter.bits(0);
  for (unsigned step = emitter.isDouble() ? 16 : 4; step > 0; step /= 2) {
    Mask stays = isEqual(count & emitter.bits(step), zero);
    Words moved;
    for (unsigned number = 0; number < step + 3; ++number)
      moved.push_back(number + step < words.size() ? select(stays, words[number], words[number + step])
                                                   : words[number]);
    words = moved;
  }
  Bits last = emitter.bits(width - 1), within = place & last;
  Words taken;
  for (unsigned number = 0; number < 3; ++number)
    taken.push_back((words[number] << within) | ((words[number + 1] >> 1) >> (last - within)));
  return taken;
}

/// The lowest three words of the product of three words and one.
static Words multiply(const Words &words, Bits factor) {
  Emitter &emitter = *factor.emitter;
  Bits last = words[2] * factor, carried = upperProduct(words[2], factor);
  Bits middle = words[1] * factor + carried;
  Bits carry = select(middle < carried, emitter.bits(1), emitter.bits(0));
  return {words[0] * factor + upperProduct(words[1], factor) + carry, middle, last};
}

/// Three words, as a fraction of the first one's unit, to twice the digits of the type.
static Pair fractionOf(const Words &words) {
  Emitter &emitter = *words[0].emitter;
  // Halves of words are numbers without rounding.
  const unsigned half = widthOf(emitter) / 2;
  auto upper = [&](unsigned number) {
    return numberOf(words[number] >> half) * std::ldexp(1, -int(half * (2 * number + 1)));
  };
  auto lower = [&](unsigned number) {
    return numberOf((words[number] << half) >> half) * std::ldexp(1, -int(half * (2 * number + 2)));
  };
  Pair head = fastTwoSum(upper(0), lower(0)), tail = fastTwoSum(upper(1), lower(1));
  Pair sum = fastTwoSum(head.hi, head.lo + tail.hi);
  return {sum.hi, sum.lo + (tail.lo + upper(2))};
}

QuarterTurns reduceLarge(Float x, unsigned quarters) {
  Emitter &emitter = *x.emitter;
  const unsigned width = widthOf(emitter);
  Bits raw = bitsOf(abs(x)), leading = emitter.bits(uint64_t(1) << emitter.mantissa);
  Bits digits = (raw & (leading - emitter.bits(1))) | leading;
  // |x| = digits·2^e, times the digits of 2/π from place e − 2 on: what is before it is a multiple of 4 quarter turns.
  Bits place = (raw >> emitter.mantissa) + emitter.bits(uint64_t(width) - 2 - emitter.bias - emitter.mantissa);
  Words turns = multiply(takeFrom(digitsOfTwoOverPi(emitter), place), digits);

  // Two digits before the point, and a fraction that is taken from −1/2 to 1/2.
  Bits quadrant = turns[0] >> (width - 2);
  Words fraction = {(turns[0] << 2) | (turns[1] >> (width - 2)), (turns[1] << 2) | (turns[2] >> (width - 2)),
                    turns[2] << 2};
  Mask isUpper = isNegative(fraction[0]), isBackwards = x < 0;
  quadrant = quadrant + (fraction[0] >> (width - 1));
  Bits flip = select(isUpper, emitter.bits(~uint64_t(0)), emitter.bits(0));
  for (Bits &word : fraction)
    word = word ^ flip;
  Pair halfPi = {emitter.constant(emitter.table.halfPi[0]), emitter.constant(emitter.table.halfPi[1])};
  Pair product = fractionOf(fraction) * halfPi;
  Pair r = fastTwoSum(product.hi, product.lo);
  Mask isNegated = isUpper ^ isBackwards;
  Float rounded = select(abs(x) < infinity, r.hi, notANumber);
  return {select(isBackwards, emitter.bits(0) - quadrant, quadrant) + emitter.bits(quarters),
          {select(isNegated, -rounded, rounded), select(isNegated, -r.lo, r.lo)}};
}

} // namespace theria::codegen
