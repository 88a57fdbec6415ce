//===- Arrays.cpp - arrays of a caller and of a program -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/Arrays.h"

#include "runtime/Elements.h"

#include <map>

namespace theria::runtime {

static std::string typeText(const theria_array &array) {
  if (array.rank < 0 || array.rank > THERIA_MAX_RANK)
    return "rank " + std::to_string(array.rank);
  return typeText(array.element, array.rank, array.shape);
}

uint64_t byteCount(const theria_array &array) {
  uint64_t bytes = elementOf(array.element).bytes;
  for (int32_t dim = 0; dim < array.rank; ++dim)
    bytes *= uint64_t(array.shape[dim]);
  return bytes;
}

/// Whether the bytes of an array can be counted in 63 bits.
static bool hasCountableBytes(const theria_array &array) {
  __int128 bytes = __int128(elementOf(array.element).bytes);
  for (int32_t dim = 0; dim < array.rank; ++dim) {
    bytes *= array.shape[dim];
    if (bytes > INT64_MAX)
      return false;
  }
  return true;
}

theria_array arrayOf(const theria_port &port, const Descriptor &from, const theria_array &wanted) {
  theria_array array = wanted;
  array.element = port.element;
  array.rank = port.rank;
  for (int32_t dim = 0; dim < port.rank; ++dim)
    array.shape[dim] = int64_t(from[3 + dim]);
  return array;
}

Status badArgument(const theria_port &port, const std::string &what) {
  return {THERIA_BAD_ARGUMENT, std::string("expected ") + port.name + " " + what};
}

static bool hasType(const theria_port &port, const theria_array &array) {
  bool equal = array.element == port.element && array.rank == port.rank;
  for (int32_t dim = 0; equal && dim < port.rank; ++dim)
    equal = array.shape[dim] >= 0 && (port.shape[dim] == THERIA_ANY_SIZE || port.shape[dim] == array.shape[dim]);
  return equal;
}

/// What is checked of inputs and results alike.
static Status checkStructure(const theria_port &port, const theria_array &array) {
  if (array.structBytes != sizeof(theria_array))
    return {THERIA_BAD_VERSION,
            std::string("expected structBytes of ") + port.name + " to be " + std::to_string(sizeof(theria_array)) +
                ", but found " + std::to_string(array.structBytes) + "; compile the caller with this runtime's header"};
  if (array.place != THERIA_HOST && array.place != THERIA_CUDA)
    return badArgument(port, "to lie in THERIA_HOST or THERIA_CUDA, but found " + std::to_string(array.place));
  return {};
}

Status checkInputs(const theria_program &program, const theria_array *inputs) {
  std::map<int32_t, const theria_array *> classes;
  for (uint32_t number = 0; number < program.inputCount; ++number) {
    const theria_port &port = program.inputs[number];
    const theria_array &input = inputs[number];
    if (Status status = checkStructure(port, input); !status.good())
      return status;
    if (!hasType(port, input))
      return badArgument(port, "to be " + typeText(port) + ", but found " + typeText(input));
    if (!hasCountableBytes(input))
      return badArgument(port, "to have fewer than 2^63 bytes, but found " + typeText(input));
    if (!input.data && byteCount(input))
      return badArgument(port, "to have data, but found a null pointer");
    if (const auto address = reinterpret_cast<uintptr_t>(input.data); input.place == THERIA_CUDA && address % 16)
      return badArgument(port, "to begin at a multiple of 16 bytes on a GPU, but found the address " +
                                   std::to_string(address));
    auto [known, isNew] = classes.try_emplace(port.shapeClass, &input);
    if (!isNew && !std::equal(input.shape, input.shape + input.rank, known->second->shape))
      return badArgument(port, "to have the shape of " + std::string(program.inputs[known->second - inputs].name) +
                                   ", " + typeText(*known->second) + ", but found " + typeText(input));
  }
  return {};
}

Status checkOutputs(const theria_program &program, const theria_array *outputs) {
  for (uint32_t number = 0; number < program.outputCount; ++number) {
    const theria_port &port = program.outputs[number];
    if (Status status = checkStructure(port, outputs[number]); !status.good())
      return status;
    if (outputs[number].data && !hasType(port, outputs[number]))
      return badArgument(port,
                         "to get memory for " + typeText(port) + ", but found memory for " + typeText(outputs[number]));
  }
  return {};
}

Status checkGiven(const theria_port &port, const theria_array &given, const theria_array &result) {
  if (std::equal(given.shape, given.shape + given.rank, result.shape))
    return {};
  return badArgument(port, "to get memory for " + typeText(result) + ", but found memory for " + typeText(given));
}

} // namespace theria::runtime
