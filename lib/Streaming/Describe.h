//===- Describe.h - fills the record of streaming ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_DESCRIBE_H
#define THERIA_LIB_STREAMING_DESCRIBE_H

#include "lib/Streaming/Report.h"
#include "lib/Streaming/Sweep.h"

namespace theria::streaming {

/// Adds the streams of a block, and the sweeps that compute them, to the record. Call before the sweeps are emitted.
void describe(llvm::ArrayRef<Stream> streams, llvm::ArrayRef<Step> steps, const TileSizes &sizes, Report &report);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_DESCRIBE_H
