//===- Equation.cpp - the index notation of einsum ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Equation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace theria {

bool Equation::parse(StringRef text, StringRef where, Equation &equation) {
  size_t arrow = text.find("->");
  if (arrow == StringRef::npos)
    return false;
  SmallVector<StringRef> inputs;
  text.take_front(arrow).split(inputs, ',');
  for (StringRef input : inputs)
    equation.inputs.push_back(input.trim().str());
  equation.result = text.drop_front(arrow + 2).trim().str();
  equation.where = where.str();
  return true;
}

std::string Equation::str() const { return join(inputs, ",") + "->" + result; }

bool Equation::inputsHave(char label) const {
  return any_of(inputs, [&](StringRef input) { return input.contains(label); });
}

std::string Equation::newLabels() const {
  std::string labels;
  for (char label : result)
    if (!inputsHave(label))
      labels += label;
  return labels;
}

char Equation::freshLabel() const {
  std::string used = join(inputs, "") + result + where;
  for (unsigned position = 0; position < maxLabels; ++position)
    if (!StringRef(used).contains(labelAt(position)))
      return labelAt(position);
  return 0;
}

std::string intersect(StringRef a, StringRef b) {
  std::string both;
  copy_if(a, std::back_inserter(both), [&](char label) { return b.contains(label); });
  return both;
}

std::string subtract(StringRef a, StringRef b) {
  std::string rest;
  copy_if(a, std::back_inserter(rest), [&](char label) { return !b.contains(label); });
  return rest;
}

bool isSubset(StringRef a, StringRef b) { return subtract(a, b).empty(); }

} // namespace theria
