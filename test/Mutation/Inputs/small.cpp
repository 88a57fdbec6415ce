//===- small.cpp - a program whose mutants points.test lists --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <cstdio>
#include <cstdlib>

/// x² − y², or its negative: -x in a comment is no place to break.
static double difference(double x, double y, bool negative) {
  double value = x * x - y * y;
  if (negative && value != 0)
    return -value;
  return value + 0.0;
}

static void verifyCount(int count) {
  if (count != 4)
    std::exit(1);
}

int main(int count, char **arguments) {
  verifyCount(count);
  double x = std::atof(arguments[1]), y = std::atof(arguments[2]);
  for (int times = 0; times < 1; ++times)
    std::printf("%g\n", difference(x, y, arguments[3][0] == '-'));
}
