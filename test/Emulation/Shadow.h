//===- Shadow.h - what is known of each byte of memory ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of each byte, the last thread that wrote it, the last that read it, and between which barriers. Two threads race on a
// byte where one writes it and no barrier stands between.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_SHADOW_H
#define THERIA_TEST_EMULATION_SHADOW_H

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace theria::emulation {

class Shadow {
public:
  /// Memory that the threads of a block share, and memory of the device.
  void addShared(char *memory, uint64_t bytes);
  void addDevice(char *memory, uint64_t bytes);
  void removeDevice(char *memory);

  /// Nothing of shared memory is written, and no thread of this block has touched anything.
  void startBlock(uint64_t sharedBytes);
  void passBarrier() { ++epoch; }

  /// Notes an access; says what is wrong with it, or nothing.
  std::string access(char *address, uint64_t bytes, int32_t thread, bool isWrite);
  /// Notes that a copy is on its way to memory, which is a write whose time is not known until it has arrived.
  std::string depart(char *address, uint64_t bytes, int32_t thread);
  void arrive(char *address, uint64_t bytes, int32_t thread);
  /// Lets wgmma see what a thread has written to shared memory.
  void show(int32_t thread);
  std::string accessByProduct(char *address, uint64_t bytes, int32_t thread);

private:
  static constexpr int32_t nobody = -1, several = -2;
  struct Byte {
    uint64_t writeEpoch = 0, readEpoch = 0;
    int32_t writer = nobody, reader = nobody;
    bool isUnderWay = false, isShown = false;
  };
  struct Region {
    uint64_t bytes;
    bool isShared;
    std::vector<Byte> shadow;
  };

  Byte &at(char *address);
  std::string touch(Byte &byte, int32_t thread, bool isWrite, bool isShared);

  std::map<char *, Region> regions; ///< by the first byte
  /// What each thread wrote to shared memory since it showed what it wrote.
  std::map<int32_t, std::vector<std::pair<char *, uint64_t>>> hidden;
  char *shared = nullptr;
  uint64_t epoch = 1;      ///< the number of barriers that were passed, over all blocks
  uint64_t blockEpoch = 1; ///< that at the start of this block
};

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_SHADOW_H
