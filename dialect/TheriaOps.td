//===- TheriaOps.td - every operation of the dialect -------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "dialect/CalculusOps.td"
include "dialect/EinsumOps.td"
include "dialect/IndexOps.td"
include "dialect/SdpaOps.td"
