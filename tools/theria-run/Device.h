//===- Device.h - a machine that runs a program's kernels -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_DEVICE_H
#define THERIA_RUN_DEVICE_H

#include "theria/Pipelines.h"

#include "runtime/theria_device.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "llvm/Support/Error.h"

namespace theria::run {

/// The kernels of one program, on a device.
class LoadedKernels {
public:
  virtual ~LoadedKernels() = default;
  /// What the host program launches them by.
  virtual const theria_device &interface() const = 0;
};

/// Compiles kernels and runs them.
class Device {
public:
  virtual ~Device() = default;

  /// What kernels are made for, and how their products are computed.
  virtual GpuOptions options() const = 0;
  /// Compiles a program's kernels, which are in the NVVM dialect.
  virtual llvm::Expected<std::unique_ptr<LoadedKernels>> load(mlir::gpu::GPUModuleOp kernels) = 0;
};

} // namespace theria::run

#endif // THERIA_RUN_DEVICE_H
