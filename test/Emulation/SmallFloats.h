//===- SmallFloats.h - conversions that a host's library may lack -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_SMALLFLOATS_H
#define THERIA_TEST_EMULATION_SMALLFLOATS_H

#include <utility>
#include <vector>

namespace theria::emulation {

/// Names and addresses of functions that convert bf16 and f16.
const std::vector<std::pair<const char *, void *>> &conversions();

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_SMALLFLOATS_H
