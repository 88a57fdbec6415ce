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

#include <cstring>

namespace theria::emulation {

template <typename To> static To rounded(llvm::APFloat number, const llvm::fltSemantics &semantics) {
  bool ignored = false;
  number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &ignored);
  const auto bits = uint16_t(number.bitcastToAPInt().getZExtValue());
  To result;
  std::memcpy(&result, &bits, sizeof(bits));
  return result;
}

static __bf16 bf16OfDouble(double number) { return rounded<__bf16>(llvm::APFloat(number), llvm::APFloat::BFloat()); }
static __bf16 bf16OfFloat(float number) { return rounded<__bf16>(llvm::APFloat(number), llvm::APFloat::BFloat()); }
static _Float16 halfOfDouble(double number) {
  return rounded<_Float16>(llvm::APFloat(number), llvm::APFloat::IEEEhalf());
}
static _Float16 halfOfFloat(float number) {
  return rounded<_Float16>(llvm::APFloat(number), llvm::APFloat::IEEEhalf());
}

static float floatOfHalf(_Float16 number) {
  uint16_t bits;
  std::memcpy(&bits, &number, sizeof(bits));
  llvm::APFloat wide(llvm::APFloat::IEEEhalf(), llvm::APInt(16, bits));
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
