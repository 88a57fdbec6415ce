//===- Elements.h - the elements of theria_program.h ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inline, since the runtime's library and its callers both want it.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNTIME_ELEMENTS_H
#define THERIA_RUNTIME_ELEMENTS_H

#include "runtime/theria_program.h"

#include <array>
#include <string>

namespace theria::runtime {

struct Element {
  const char *name; ///< as MLIR's; null of no element
  uint64_t bytes;
};

inline Element elementOf(int32_t element) {
  constexpr std::array<Element, 11> elements{{{nullptr, 8},
                                              {"f64", 8},
                                              {"f32", 4},
                                              {"f16", 2},
                                              {"bf16", 2},
                                              {"i1", 1},
                                              {"i8", 1},
                                              {"i16", 2},
                                              {"i32", 4},
                                              {"i64", 8},
                                              {"index", 8}}};
  return elements[element > 0 && element < int32_t(elements.size()) ? element : 0];
}

/// "2x-1xf32", as an array has it.
inline std::string typeText(int32_t element, int32_t rank, const int64_t *shape) {
  std::string text;
  for (int32_t dim = 0; dim < rank; ++dim)
    text += std::to_string(shape[dim]) + "x";
  const char *name = elementOf(element).name;
  return text + (name ? name : "element " + std::to_string(element));
}

/// "2x?xf32".
inline std::string typeText(const theria_port &port) {
  std::string text = typeText(port.element, port.rank, port.shape);
  const std::string any = std::to_string(THERIA_ANY_SIZE);
  for (size_t at = text.find(any); at != std::string::npos; at = text.find(any))
    text.replace(at, any.size(), "?");
  return text;
}

} // namespace theria::runtime

#endif // THERIA_RUNTIME_ELEMENTS_H
