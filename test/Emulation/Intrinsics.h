//===- Intrinsics.h - what NVIDIA's intrinsics do ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_INTRINSICS_H
#define THERIA_TEST_EMULATION_INTRINSICS_H

#include "test/Emulation/Machine.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringRef.h"

#include <cstring>

namespace theria::emulation {

/// Does what an intrinsic does for the thread that runs now; others may run before it returns.
struct Intrinsic {
  void (*run)(const Site &site, const Lane &lane);
  Collective together = nullptr; ///< what it is where the lanes of a warp do it as one
};

/// An argument of a call, and a result.
template <typename T> T argument(const Lane &lane, unsigned number) {
  T value;
  std::memcpy(&value, lane.arguments + number * kSlot, sizeof(T));
  return value;
}
template <typename T> void setResult(const Lane &lane, unsigned number, T value) {
  std::memcpy(lane.results + number * kSlot, &value, sizeof(T));
}

/// The number that 16 bits stand for.
template <bool isHalf> float widened(uint16_t bits) {
  llvm::APFloat number(isHalf ? llvm::APFloat::IEEEhalf() : llvm::APFloat::BFloat(), llvm::APInt(16, bits));
  bool ignored = false;
  number.convert(llvm::APFloat::IEEEsingle(), llvm::APFloat::rmNearestTiesToEven, &ignored);
  return number.convertToFloat();
}

/// Null where the emulation doesn't know it.
const Intrinsic *findIntrinsic(llvm::StringRef name);

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_INTRINSICS_H
