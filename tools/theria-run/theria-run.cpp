//===- theria-run.cpp - Run a function of a module ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Main.h"

int main(int argc, char **argv) { return theria::run::runMain(argc, argv); }
