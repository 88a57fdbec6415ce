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

#include <cstdint>
#include <memory>
#include <string>

namespace theria::runtime {

/// PTX or a cubin, of no bytes where a program has no kernels, and the chip that it is made for.
struct Kernels {
  const char *image;
  uint64_t bytes;
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
  /// Whether a pointer is of this GPU's memory.
  virtual bool owns(const void *memory) const = 0;
  /// What a program launches kernels by; copies go in all directions.
  virtual const theria_device &interface() const = 0;
  /// Memory that outlives the object, and its end.
  virtual void *allocate(uint64_t bytes) = 0;
  virtual void release(void *memory) = 0;
  /// Gives back what is kept for later calls.
  virtual void trim() = 0;
};

} // namespace theria::runtime

#endif // THERIA_RUNTIME_CUDA_H
