//===- NpyRead.cpp - The data of a .npy file ------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/npy/Npy.h"

#include "llvm/Support/Endian.h"

#include <algorithm>

using namespace theria::run;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Twine;

/// The strides of Fortran order, where the first index is fastest.
static SmallVector<int64_t> fortranStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t dim = 1; dim < shape.size(); ++dim)
    strides[dim] = strides[dim - 1] * shape[dim - 1];
  return strides;
}

Expected<NpyArray> theria::run::readNpy(StringRef file) {
  Expected<NpyHeader> header = readNpyHeader(file);
  if (!header)
    return header.takeError();
  const int64_t elementBytes = header->type.bytes;
  Expected<int64_t> count = countElements(header->shape, elementBytes);
  if (!count)
    return count.takeError();
  const int64_t bytes = *count * elementBytes;
  StringRef source = file.drop_front(header->dataOffset);
  if (source.size() != static_cast<uint64_t>(bytes))
    return error("expected " + Twine(bytes) + " bytes of data for shape " + formatShape(header->shape) + " of '" +
                 header->type.name() + "', but found " + Twine(source.size()));

  Expected<Buffer> data = Buffer::allocate(bytes);
  if (!data)
    return data.takeError();
  if (header->isFortranOrder)
    copyToCOrder(source.begin(), data->data(), header->shape, fortranStrides(header->shape), elementBytes);
  else
    llvm::copy(source, data->data());

  char *end = data->data() + bytes;
  if (header->isBigEndian != llvm::sys::IsBigEndianHost && elementBytes > 1)
    for (char *element = data->data(); element != end; element += elementBytes)
      std::reverse(element, element + elementBytes);
  // Compiled code reads an i1 as exactly 0 or 1.
  if (header->type.kind == 'b')
    for (char *element = data->data(); element != end; ++element)
      *element = *element != 0;
  return NpyArray{header->type, std::move(header->shape), std::move(*data)};
}
