//===- NpyWrite.cpp - Writing .npy files ----------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/npy/Npy.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/EndianStream.h"

using namespace theria::run;
using llvm::ArrayRef;

static std::string formatHeader(NpyType type, ArrayRef<int64_t> shape) {
  const char order = type.bytes == 1 ? '|' : llvm::sys::IsBigEndianHost ? '>' : '<';
  std::string header = "{'descr': '";
  header += order + type.name() + "', 'fortran_order': False, 'shape': (";
  for (int64_t dim : shape)
    header += std::to_string(dim) + ", ";
  if (shape.size() > 1) // (3,) keeps its comma, (3, 4) has none at the end.
    header.resize(header.size() - 2);
  else if (shape.size() == 1)
    header.pop_back();
  return header + "), }";
}

void theria::run::writeNpyHeader(llvm::raw_ostream &stream, NpyType type, ArrayRef<int64_t> shape) {
  std::string header = formatHeader(type, shape);
  // The data begin at a multiple of 64 bytes, after a line break.
  const bool isLong = header.size() + 64 > UINT16_MAX;
  const size_t prefix = isLong ? 12 : 10;
  header.append(63 - (prefix + header.size()) % 64, ' ');
  header += '\n';

  stream << "\x93NUMPY" << static_cast<char>(isLong ? 2 : 1) << '\0';
  llvm::support::endian::Writer writer(stream, llvm::endianness::little);
  if (isLong)
    writer.write<uint32_t>(header.size());
  else
    writer.write<uint16_t>(header.size());
  stream << header;
}
