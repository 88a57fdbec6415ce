//===- Shadow.cpp - what is known of each byte of memory ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Shadow.h"

namespace theria::emulation {

void Shadow::addShared(char *memory, uint64_t bytes) {
  shared = memory;
  regions[memory] = {bytes, true, std::vector<Byte>(bytes)};
}

void Shadow::addDevice(char *memory, uint64_t bytes) { regions[memory] = {bytes, false, std::vector<Byte>(bytes)}; }

void Shadow::removeDevice(char *memory) { regions.erase(memory); }

void Shadow::startBlock(uint64_t sharedBytes) {
  blockEpoch = ++epoch;
  hidden.clear();
  Region &region = regions.at(shared);
  region.bytes = sharedBytes;
  for (uint64_t byte = 0; byte < sharedBytes; ++byte)
    region.shadow[byte] = Byte();
}

std::string Shadow::touch(Byte &byte, int32_t thread, bool isWrite, bool isShared) {
  if (byte.isUnderWay)
    return std::string(isWrite ? "writes" : "reads") + " what a copy by thread " + std::to_string(byte.writer) +
           " is on its way to";
  // Since the last barrier; what other blocks did is not known to be before or after.
  const bool isWritten = byte.writer != nobody && byte.writeEpoch >= epoch;
  const bool isRead = byte.reader != nobody && byte.readEpoch >= epoch;
  if (isWritten && byte.writer != thread)
    return std::string("races with a write by thread ") + std::to_string(byte.writer);
  if (isWrite && isRead && byte.reader != thread)
    return "races with a read by " +
           (byte.reader == several ? std::string("several threads") : "thread " + std::to_string(byte.reader));
  if (!isWrite && isShared && byte.writer == nobody)
    return "reads what was never written";
  if (isWrite) {
    byte.isShown = false;
    byte.writer = thread;
    byte.writeEpoch = epoch;
  } else {
    byte.reader = isRead && byte.reader != thread ? several : thread;
    byte.readEpoch = epoch;
  }
  return {};
}

std::string Shadow::access(char *address, uint64_t bytes, int32_t thread, bool isWrite) {
  if (reinterpret_cast<uintptr_t>(address) % bytes)
    return "expected an address that is a multiple of its " + std::to_string(bytes) + " bytes";
  auto region = regions.upper_bound(address);
  if (region == regions.begin())
    return "is outside of all memory";
  --region;
  const auto offset = uint64_t(address - region->first);
  if (offset + bytes > region->second.bytes)
    return "is outside of all memory: " + std::to_string(offset) + " bytes behind the start of " +
           std::to_string(region->second.bytes);
  for (uint64_t byte = 0; byte < bytes; ++byte) {
    std::string wrong = touch(region->second.shadow[offset + byte], thread, isWrite, region->second.isShared);
    if (!wrong.empty())
      return wrong;
  }
  if (isWrite && region->second.isShared)
    hidden[thread].emplace_back(address, bytes);
  return {};
}

void Shadow::show(int32_t thread) {
  for (auto [address, bytes] : hidden[thread])
    for (uint64_t byte = 0; byte < bytes; ++byte)
      at(address + byte).isShown |= at(address + byte).writer == thread;
  hidden[thread].clear();
}

std::string Shadow::accessByProduct(char *address, uint64_t bytes, int32_t thread) {
  std::string wrong = access(address, bytes, thread, /*isWrite=*/false);
  for (uint64_t byte = 0; wrong.empty() && byte < bytes; ++byte)
    if (!at(address + byte).isShown)
      wrong = "reads what thread " + std::to_string(at(address + byte).writer) + " wrote without fence.proxy.async";
  return wrong;
}

Shadow::Byte &Shadow::at(char *address) {
  auto region = std::prev(regions.upper_bound(address));
  return region->second.shadow[address - region->first];
}

std::string Shadow::depart(char *address, uint64_t bytes, int32_t thread) {
  std::string wrong = access(address, bytes, thread, /*isWrite=*/true);
  for (uint64_t byte = 0; wrong.empty() && byte < bytes; ++byte)
    at(address + byte).isUnderWay = true;
  return wrong;
}

void Shadow::arrive(char *address, uint64_t bytes, int32_t thread) {
  for (uint64_t byte = 0; byte < bytes; ++byte) {
    at(address + byte).isUnderWay = false;
    touch(at(address + byte), thread, /*isWrite=*/true, /*isShared=*/true);
  }
  hidden[thread].emplace_back(address, bytes);
}

} // namespace theria::emulation
