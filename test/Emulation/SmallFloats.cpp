//===- SmallFloats.cpp - conversions that a host's library may lack -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code for the host calls these where the processor has no instruction, by the names of LLVM's compiler-rt.
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/SmallFloats.h"

#include "llvm/ADT/APFloat.h"

#include <cstdint>

namespace theria::emulation {

/// The register that a bf16 or an f16 is passed in, which has it first. A bf16 itself the compiler may widen and round
/// again, by the function of that name.
using Register = uint16_t __attribute__((vector_size(16)));

static Register rounded(llvm::APFloat number, const llvm::fltSemantics &semantics) {
  bool ignored = false;
  number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &ignored);
  return Register{uint16_t(number.bitcastToAPInt().getZExtValue())};
}

static Register bf16OfDouble(double number) { return rounded(llvm::APFloat(number), llvm::APFloat::BFloat()); }
static Register bf16OfFloat(float number) { return rounded(llvm::APFloat(number), llvm::APFloat::BFloat()); }
static Register halfOfDouble(double number) { return rounded(llvm::APFloat(number), llvm::APFloat::IEEEhalf()); }
static Register halfOfFloat(float number) { return rounded(llvm::APFloat(number), llvm::APFloat::IEEEhalf()); }

static float floatOfHalf(Register number) {
  llvm::APFloat wide(llvm::APFloat::IEEEhalf(), llvm::APInt(16, number[0]));
  bool ignored = false;
  wide.convert(llvm::APFloat::IEEEsingle(), llvm::APFloat::rmNearestTiesToEven, &ignored);
  return wide.convertToFloat();
}

const std::vector<std::pair<const char *, void *>> &conversions() {
  static const std::vector<std::pair<const char *, void *>> all = {
      {"__truncdfbf2", reinterpret_cast<void *>(&bf16OfDouble)},
      {"__truncsfbf2", reinterpret_cast<void *>(&bf16OfFloat)},
      {"__truncdfhf2", reinterpret_cast<void *>(&halfOfDouble)},
      {"__truncsfhf2", reinterpret_cast<void *>(&halfOfFloat)},
      {"__extendhfsf2", reinterpret_cast<void *>(&floatOfHalf)},
  };
  return all;
}

} // namespace theria::emulation
