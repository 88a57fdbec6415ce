//===- CudaDriver.h - CUDA's driver, opened when it is needed ---*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions of the driver that Theria calls and the numbers that it gives them: CUDA Driver API, version 11.2 and
// later, whose binary interface is stable. No header of CUDA's is needed.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNTIME_CUDADRIVER_H
#define THERIA_RUNTIME_CUDADRIVER_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace theria::runtime {

/// CUresult, as far as Theria tells one from another.
enum CudaResult : int {
  kCudaSuccess = 0,
  kCudaOutOfMemory = 2,
  kCudaNoDevice = 100,
  kCudaInvalidImage = 200,
  kCudaNoBinaryForGpu = 209,
  kCudaInvalidPtx = 218,
  kCudaUnsupportedPtxVersion = 222,
};

/// CUmemPoolProps: memory of one GPU, for this process alone.
struct CudaPoolProperties {
  int allocationType = 1;
  int handleTypes = 0;
  int locationType = 1;
  int device = 0;
  void *securityAttributes = nullptr;
  unsigned char reserved[64] = {};
};

struct CudaDriver {
  using Handle = void *;
  using Address = uint64_t;

  CudaResult (*init)(unsigned flags);
  CudaResult (*driverGetVersion)(int *version);
  CudaResult (*deviceGetCount)(int *count);
  CudaResult (*deviceGet)(int *device, int ordinal);
  CudaResult (*deviceGetAttribute)(int *value, int attribute, int device);
  CudaResult (*devicePrimaryCtxRetain)(Handle *context, int device);
  CudaResult (*ctxPushCurrent)(Handle context);
  CudaResult (*ctxPopCurrent)(Handle *context);
  CudaResult (*ctxSynchronize)();
  CudaResult (*moduleLoadDataEx)(Handle *module, const void *image, unsigned count, int *options, void **values);
  CudaResult (*moduleGetFunction)(Handle *function, Handle module, const char *name);
  CudaResult (*funcSetAttribute)(Handle function, int attribute, int value);
  CudaResult (*launchKernel)(Handle function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                             unsigned blockY, unsigned blockZ, unsigned sharedBytes, Handle stream, void **arguments,
                             void **extra);
  CudaResult (*memPoolCreate)(Handle *pool, const CudaPoolProperties *properties);
  CudaResult (*memPoolSetAttribute)(Handle pool, int attribute, void *value);
  CudaResult (*memPoolTrimTo)(Handle pool, size_t bytes);
  CudaResult (*memAllocFromPoolAsync)(Address *memory, size_t bytes, Handle pool, Handle stream);
  CudaResult (*memFreeAsync)(Address memory, Handle stream);
  CudaResult (*memcpyAsync)(Address to, Address from, size_t bytes, Handle stream);
  CudaResult (*streamSynchronize)(Handle stream);
  CudaResult (*pointerGetAttribute)(void *value, int attribute, Address memory);
  CudaResult (*getErrorString)(CudaResult result, const char **text);

  /// The driver of this process; null where there is none that will do, and `why` says so.
  static const CudaDriver *get(std::string &why);
  /// A result in words.
  std::string text(CudaResult result) const;
};

constexpr int kComputeCapabilityMajor = 75, kComputeCapabilityMinor = 76;
constexpr int kMaxDynamicSharedBytes = 8;
constexpr int kMemoryType = 2, kDeviceOrdinal = 9, kMemoryOfDevice = 2;
constexpr int kPoolReleaseThreshold = 4;
constexpr int kErrorLog = 5, kErrorLogBytes = 6;
/// With stream-ordered allocation.
constexpr int kOldestDriver = 11020;

} // namespace theria::runtime

#endif // THERIA_RUNTIME_CUDADRIVER_H
