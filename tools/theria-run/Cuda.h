//===- Cuda.h - A GPU of this machine ---------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_CUDA_H
#define THERIA_RUN_CUDA_H

#include "tools/theria-run/Device.h"

namespace theria::run {

/// The first GPU that NVIDIA's driver shows. An error says what is missing.
llvm::Expected<std::unique_ptr<Device>> openCuda(bool narrowProducts);

} // namespace theria::run

#endif // THERIA_RUN_CUDA_H
