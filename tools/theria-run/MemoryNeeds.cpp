//===- MemoryNeeds.cpp - Whether a program has room -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/MemoryNeeds.h"

#include "tools/theria-run/Memory.h"
#include "tools/theria-run/Tensor.h"

#include "llvm/Support/MathExtras.h"

using namespace theria::run;
namespace json = llvm::json;

namespace {

/// Bytes by kind; `fits` is false once a sum leaves 63 bits.
struct Bytes {
  int64_t results = 0, packed = 0, strips = 0;
  bool fits = true;

  int64_t total() {
    int64_t sum = 0;
    fits &= !llvm::AddOverflow(results, packed, sum) && !llvm::AddOverflow(sum, strips, sum);
    return sum;
  }
};

} // namespace

/// A quantity of a sweep, 0 where it isn't known; null says that it leaves 63 bits.
static int64_t read(const json::Object &sweep, llvm::StringRef name, bool &fits) {
  const json::Value *value = sweep.get(name);
  fits &= !value || value->kind() != json::Value::Null;
  return sweep.getInteger(name).value_or(0);
}

/// The pairs of a stream; each of their axes is known, or they are not counted.
static bool countsPairs(const json::Object &stream) {
  int64_t pairs = 1;
  for (const json::Value &axis : *stream.getArray("axes"))
    if (llvm::MulOverflow(pairs, axis.getAsObject()->getInteger("size").value_or(1), pairs))
      return false;
  return true;
}

/// The results, as far as their types say their sizes.
static Bytes needsOfResults(const Signature &signature) {
  Bytes bytes;
  for (const Port &output : signature.outputs) {
    int64_t size = elementBytes(output.elementType());
    bool known = true;
    for (int64_t dim : output.shape()) {
      known &= !mlir::ShapedType::isDynamic(dim);
      bytes.fits &= !known || !llvm::MulOverflow(size, dim, size);
    }
    if (known)
      bytes.fits &= !llvm::AddOverflow(bytes.results, size, bytes.results);
  }
  return bytes;
}

llvm::Error theria::run::checkMemory(const json::Object &report, const Signature &signature) {
  Bytes most = needsOfResults(signature);
  for (const json::Value &stream : *report.getArray("streams")) {
    if (!countsPairs(*stream.getAsObject()))
      return error("expected sizes whose product fits 63 bits, but the rows, columns and batches of a stream have more "
                   "pairs; give smaller tensors");
    for (const json::Value &value : *stream.getAsObject()->getArray("sweeps")) {
      const json::Object &sweep = *value.getAsObject();
      Bytes bytes;
      bytes.results = read(sweep, "result_bytes", bytes.fits);
      bytes.packed = read(sweep, "packed_bytes", bytes.fits);
      bytes.strips = read(sweep, "strip_bytes", bytes.fits);
      const bool isMore = bytes.total() > most.total();
      if (isMore || !bytes.fits)
        most = bytes;
      if (!most.fits)
        break;
    }
  }
  const int64_t needed = most.total();
  if (!most.fits)
    return error("expected tensors whose bytes fit 63 bits, but the buffers of the program take more; give smaller "
                 "tensors");
  const std::optional<uint64_t> available = availableMemory();
  if (!available || static_cast<uint64_t>(needed) <= *available)
    return llvm::Error::success();
  return error("expected at most " + llvm::Twine(*available) + " bytes, which the system has left, but the program " +
               "needs " + llvm::Twine(needed) + " (results " + llvm::Twine(most.results) + ", packed operands " +
               llvm::Twine(most.packed) + ", strips " + llvm::Twine(most.strips) + "); make the tensors smaller");
}
