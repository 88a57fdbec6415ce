//===- Arrays.cpp - Files of arrays as a program takes them ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-runner/Arrays.h"

#include "runtime/Elements.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"

#include <array>
#include <cmath>
#include <cstring>

using namespace theria;
using namespace theria::runner;
using llvm::Expected;
using llvm::StringRef;
using theria::run::Buffer;
using theria::run::error;
using theria::run::NpyArray;
using theria::run::NpyType;

/// How NumPy stores an element; a bf16, which it does not have, as f4.
static NpyType fileTypeOf(int32_t element) {
  const auto bytes = unsigned(runtime::elementOf(element).bytes);
  switch (element) {
  case THERIA_BF16:
    return {'f', 4};
  case THERIA_F64:
  case THERIA_F32:
  case THERIA_F16:
    return {'f', bytes};
  case THERIA_I1:
    return {'b', bytes};
  default:
    return {'i', bytes};
  }
}

static int64_t countOf(const theria_array &array) {
  int64_t count = 1;
  for (int32_t dim = 0; dim < array.rank; ++dim)
    count *= array.shape[dim];
  return count;
}

std::string theria::runner::describe(const theria_port &port) {
  return std::string(port.name) + ": " + runtime::typeText(port);
}

static uint16_t toBf16(float value) {
  llvm::APFloat rounded(value);
  bool inexact = false;
  rounded.convert(llvm::APFloat::BFloat(), llvm::APFloat::rmNearestTiesToEven, &inexact);
  return uint16_t(rounded.bitcastToAPInt().getZExtValue());
}

/// The array with elements of two bytes.
static Expected<Buffer> narrow(const NpyArray &file, int64_t count) {
  Expected<Buffer> memory = Buffer::allocate(2 * count);
  if (!memory)
    return memory.takeError();
  for (int64_t index = 0; index < count; ++index) {
    float value = 0;
    std::memcpy(&value, file.data.data() + 4 * index, 4);
    const uint16_t bits = toBf16(value);
    std::memcpy(memory->data() + 2 * index, &bits, 2);
  }
  return memory;
}

Expected<HostArray> theria::runner::readArray(StringRef path, const theria_port &port) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return error("expected to read " + path + ", but " + file.getError().message());
  Expected<NpyArray> read = run::readNpy((*file)->getBuffer());
  if (!read)
    return error(path + ": " + llvm::toString(read.takeError()));
  const NpyType wanted = fileTypeOf(port.element);
  const bool isUnsigned = read->type.kind == 'u' && wanted.kind == 'i' && read->type.bytes == wanted.bytes;
  if (!(read->type == wanted) && !isUnsigned)
    return error(path + ": expected element type '" + wanted.name() + "' for " + describe(port) + ", but found '" +
                 read->type.name() + "'; convert it with .astype('" + wanted.name() + "')");
  if (read->shape.size() > THERIA_MAX_RANK)
    return error(path + ": expected " + describe(port) + ", but found rank " + llvm::Twine(read->shape.size()));
  HostArray result;
  result.array.structBytes = sizeof(theria_array);
  result.array.element = port.element;
  result.array.rank = int32_t(read->shape.size());
  llvm::copy(read->shape, result.array.shape);
  if (port.element == THERIA_BF16) {
    Expected<Buffer> memory = narrow(*read, countOf(result.array));
    if (!memory)
      return memory.takeError();
    result.memory = std::move(*memory);
  } else {
    result.memory = std::move(read->data);
  }
  result.array.data = result.memory.data();
  return result;
}

/// An element of a type that is not bf16 or f16 as it is, of those as an f32.
static double numberAt(const theria_array &array, int64_t index) {
  const uint64_t bytes = runtime::elementOf(array.element).bytes;
  uint64_t bits = 0;
  std::memcpy(&bits, static_cast<const char *>(array.data) + index * bytes, bytes);
  const llvm::APInt word(unsigned(8 * bytes), bits);
  switch (array.element) {
  case THERIA_F64:
    return word.bitsToDouble();
  case THERIA_F32:
    return word.bitsToFloat();
  case THERIA_F16:
    return llvm::APFloat(llvm::APFloat::IEEEhalf(), word).convertToFloat();
  case THERIA_BF16:
    return llvm::APFloat(llvm::APFloat::BFloat(), word).convertToFloat();
  default:
    return double(word.getSExtValue());
  }
}

void theria::runner::writeArray(llvm::raw_ostream &stream, const theria_array &array) {
  run::writeNpyHeader(stream, fileTypeOf(array.element), llvm::ArrayRef(array.shape, array.rank));
  const int64_t count = countOf(array);
  if (array.element != THERIA_BF16) {
    stream << StringRef(static_cast<const char *>(array.data), count * runtime::elementOf(array.element).bytes);
    return;
  }
  for (int64_t index = 0; index < count; ++index) {
    const auto value = float(numberAt(array, index));
    std::array<char, 4> word{};
    std::memcpy(word.data(), &value, word.size());
    stream.write(word.data(), word.size());
  }
}

std::string theria::runner::summarise(const theria_array &array) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (array.rank == 0) {
    stream << llvm::format("%.17g", numberAt(array, 0));
    return text;
  }
  double squares = 0;
  const int64_t count = countOf(array);
  for (int64_t index = 0; index < count; ++index) {
    const double number = numberAt(array, index);
    squares += number * number;
  }
  stream << run::formatShape(llvm::ArrayRef(array.shape, array.rank)) << ", norm "
         << llvm::format("%.9g", std::sqrt(squares));
  return text;
}
