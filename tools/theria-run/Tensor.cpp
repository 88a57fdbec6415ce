//===- Tensor.cpp - A dense tensor on the host ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Tensor.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstring>

using namespace theria::run;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::StringRef;
using mlir::FloatType;
using mlir::Type;

Expected<Tensor> Tensor::create(Type elementType, ArrayRef<int64_t> shape) {
  const unsigned width = elementBytes(elementType);
  Expected<int64_t> count = countElements(shape, width);
  if (!count)
    return count.takeError();
  Expected<Buffer> data = Buffer::allocate(*count * width);
  if (!data)
    return data.takeError();
  return Tensor{elementType, llvm::SmallVector<int64_t>(shape), *count, std::move(*data)};
}

Expected<Tensor> Tensor::clone() const {
  Expected<Tensor> copy = create(elementType, shape);
  if (copy)
    std::memcpy(copy->data.data(), data.data(), data.size());
  return copy;
}

template <typename Word> static uint64_t load(const char *address) {
  Word word;
  std::memcpy(&word, address, sizeof(word));
  return word;
}

template <typename Word> static void store(char *address, uint64_t bits) {
  const Word word = static_cast<Word>(bits);
  std::memcpy(address, &word, sizeof(word));
}

uint64_t Tensor::loadBits(int64_t index) const {
  const unsigned width = elementBytes(elementType);
  const char *address = data.data() + index * width;
  switch (width) {
  case 1:
    return load<uint8_t>(address);
  case 2:
    return load<uint16_t>(address);
  case 4:
    return load<uint32_t>(address);
  default:
    return load<uint64_t>(address);
  }
}

void Tensor::storeBits(int64_t index, uint64_t bits) {
  const unsigned width = elementBytes(elementType);
  char *address = data.data() + index * width;
  switch (width) {
  case 1:
    return store<uint8_t>(address, bits);
  case 2:
    return store<uint16_t>(address, bits);
  case 4:
    return store<uint32_t>(address, bits);
  default:
    return store<uint64_t>(address, bits);
  }
}

/// The value of an integer element that is not an i1 as a signed number.
static int64_t signExtend(uint64_t bits, unsigned bytes) {
  const unsigned unused = 64 - 8 * bytes;
  return static_cast<int64_t>(bits << unused) >> unused;
}

double Tensor::loadNumber(int64_t index) const {
  const uint64_t bits = loadBits(index);
  if (elementType.isF64())
    return std::bit_cast<double>(bits);
  if (elementType.isF32())
    return std::bit_cast<float>(static_cast<uint32_t>(bits));
  if (auto type = llvm::dyn_cast<FloatType>(elementType))
    return llvm::APFloat(type.getFloatSemantics(), llvm::APInt(type.getWidth(), bits)).convertToDouble();
  if (elementType.isInteger(1))
    return static_cast<double>(bits);
  return static_cast<double>(signExtend(bits, elementBytes(elementType)));
}

Expected<Tensor> theria::run::fromNpy(NpyArray array, Type elementType) {
  if (!canRead(array.type, elementType)) {
    const std::string wanted = npyType(elementType).name();
    return error("expected element type '" + wanted + "' for " + formatType(elementType) + ", but found '" +
                 array.type.name() + "'; convert it with .astype('" + wanted + "')");
  }
  Expected<Tensor> tensor = Tensor::create(elementType, array.shape);
  if (!tensor)
    return tensor.takeError();
  if (!elementType.isBF16()) {
    tensor->data = std::move(array.data);
    return tensor;
  }
  for (int64_t index = 0; index < tensor->count; ++index) {
    const float value = std::bit_cast<float>(static_cast<uint32_t>(load<uint32_t>(array.data.data() + 4 * index)));
    tensor->storeBits(index, roundToFloat(value, llvm::cast<FloatType>(elementType)));
  }
  return tensor;
}

void theria::run::writeNpy(llvm::raw_ostream &stream, const Tensor &tensor) {
  const NpyType type = npyType(tensor.elementType);
  writeNpyHeader(stream, type, tensor.shape);
  if (!tensor.elementType.isBF16()) {
    stream << StringRef(tensor.data.data(), tensor.count * type.bytes);
    return;
  }
  // One at a time: the array as f32 would take twice the memory that it has.
  for (int64_t index = 0; index < tensor.count; ++index) {
    std::array<char, 4> word{};
    store<uint32_t>(word.data(), tensor.loadBits(index) << 16);
    stream.write(word.data(), word.size());
  }
}

std::string theria::run::formatElement(const Tensor &tensor, int64_t index) {
  const uint64_t bits = tensor.loadBits(index);
  const Type type = tensor.elementType;
  if (type.isInteger(1))
    return bits ? "true" : "false";
  if (type.isIntOrIndex())
    return std::to_string(signExtend(bits, elementBytes(type)));
  char text[64];
  const double value = tensor.loadNumber(index);
  char *end = type.isF64() ? std::to_chars(text, std::end(text), value).ptr
                           : std::to_chars(text, std::end(text), static_cast<float>(value)).ptr;
  return std::string(text, end);
}

std::string theria::run::formatPosition(ArrayRef<int64_t> shape, int64_t linear) {
  if (shape.empty())
    return "";
  llvm::SmallVector<int64_t> position(shape.size());
  for (size_t dim = shape.size(); dim-- > 0;) {
    position[dim] = linear % shape[dim];
    linear /= shape[dim];
  }
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << '[';
  llvm::interleaveComma(position, stream);
  stream << ']';
  return text;
}

std::string theria::run::formatType(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}
