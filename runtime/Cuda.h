//===- Cuda.h - kernels on an NVIDIA GPU ------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNTIME_CUDA_H
#define THERIA_RUNTIME_CUDA_H

#include "runtime/theria_device.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace theria::runtime {

/// PTX or a cubin, of no bytes where a program has no kernels, its hash, and the chip that it is made for.
struct Kernels {
  const char *image;
  uint64_t bytes;
  std::array<uint64_t, 2> hash;
  const char *chip;
};

/// A GPU of this machine, made current for the calling thread while the object lives.
class CudaDevice {
public:
  /// Opens CUDA's driver, which happens once in a process, and the GPU of that number. Null where that can't be: `why`
  /// then says what is missing.
  static std::unique_ptr<CudaDevice> open(int32_t number, void *stream, std::string &why);
  virtual ~CudaDevice() = default;

  /// The chip that code is best made for, as sm_90a.
  virtual std::string chip() const = 0;
  /// Compiles or finds what this object's launches name from then on; false, and why, where the GPU or the driver can't
  /// run it.
  virtual bool load(const Kernels &kernels, std::string &why) = 0;
  /// The number of the GPU of whose memory a pointer is; -1 where there is none.
  virtual int32_t ownerOf(const void *memory) const = 0;
  /// What a program launches kernels by; copies go in all directions.
  virtual const theria_device &interface() const = 0;
  /// Has the GPU copy, in any direction, once it has done what it was given before. What goes wrong is told to
  /// theria_fail, here or by `wait`; a GPU that has failed copies nothing more.
  virtual void copy(void *to, const void *from, uint64_t bytes) = 0;
  /// Waits for all that the GPU was given.
  virtual void wait() = 0;
  /// Ends memory that the interface of an object that may be gone has allocated, on any GPU, after what the GPU was
  /// given before.
  static void release(void *memory);
  /// Gives back what is kept for later calls.
  virtual void trim() = 0;
};

} // namespace theria::runtime

#endif // THERIA_RUNTIME_CUDA_H
