//===- Machine.h - blocks of GPU threads on the CPU -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs the blocks of a launch one after another, each thread on a stack of its own until it waits for others.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_MACHINE_H
#define THERIA_TEST_EMULATION_MACHINE_H

#include "test/Emulation/Shadow.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <ucontext.h>

namespace theria::emulation {

/// A call of an intrinsic, or an access of memory, in a kernel.
struct Site {
  std::string name;
  std::string kernel;
  std::string text = {}; ///< of inline assembly
};

/// In which order warps go on.
enum class Order { Forward, Reverse, Random };

/// The bytes of a slot of an argument or a result.
inline constexpr uint64_t kSlot = 16;

/// One value for each lane of a warp: where the arguments and the results of a call lie, a slot each.
struct Lane {
  char *arguments, *results;
  int64_t thread = 0;
  unsigned count = 0; ///< of arguments
};

/// What all lanes of a warp do together, once the last has arrived.
using Collective = std::string (*)(std::vector<Lane> &lanes);

/// What a thread knows of products by wgmma: those that it started, with what it gave them and, once they are done, its
/// sums; the groups that it committed.
struct StartedProduct {
  const Site *site;
  std::vector<char> arguments;
  std::vector<float> sums = {};
};
struct Products {
  std::vector<StartedProduct> started;
  std::vector<size_t> groups; ///< how many were started when each was committed
  size_t finished = 0;        ///< or, until all lanes of the warp wait, about to be
  bool areFenced = false;
};

struct Dimensions {
  int64_t blocks, threads, sharedBytes;
};

class Machine {
public:
  explicit Machine(Order order, unsigned seed = 1);
  ~Machine();

  static constexpr int64_t lanes = 32;
  /// As much as a block may have.
  static constexpr int64_t mostShared = 227 * 1024;

  /// It begins at a multiple of the bytes that addresses in descriptors tell apart.
  char *sharedMemory() { return shared.get(); }
  Shadow &shadow() { return memory; }

  /// Runs a launch; says what is wrong, or nothing.
  std::string run(void (*kernel)(void **), void **arguments, const Dimensions &dimensions);

  // What the threads call.
  void access(const Site &site, void *address, uint64_t bytes, bool isWrite);
  void barrier(const Site &site);
  /// Starts a copy to shared memory, of which the bytes from `read` on are 0; ends a group of copies; waits until all
  /// but so many groups have arrived.
  void copy(const Site &site, char *to, char *from, uint64_t bytes, uint64_t read);
  void endGroup();
  void waitForGroups(uint64_t left);
  void collective(const Site &site, Collective function, const Lane &lane);
  /// An access of wgmma, which sees what threads have shown it.
  void accessByProduct(const Site &site, void *address, uint64_t bytes);
  void showToProducts() { memory.show(int32_t(current)); }
  Products &products() { return threads[current].products; }
  Products &products(int64_t thread) { return threads[thread].products; }
  void stopUnless(const std::string &wrong, const Site &site);
  int64_t threadNumber() const { return current; }
  int64_t blockNumber() const { return block; }
  const Dimensions &dimensions() const { return size; }

private:
  enum class State { Ready, AtBarrier, AtCollective, Done };
  struct Copy {
    char *to, *from;
    uint64_t bytes, read;
  };
  struct Thread {
    ucontext_t context;
    State state = State::Ready;
    const Site *site = nullptr;
    Collective function = nullptr;
    Lane lane{};
    std::vector<Copy> open; ///< of no group yet
    std::deque<std::vector<Copy>> groups;
    Products products;
  };

  static void enter(unsigned high, unsigned low);
  void runBlock();
  bool runWarp(int64_t warp);
  bool meetWarp(int64_t warp);
  bool meetBlock();
  void wait(State state, const Site &site);
  void fail(const std::string &what);
  std::string describeWaiting() const;

  Order order;
  std::mt19937 random;
  std::unique_ptr<char, void (*)(void *)> shared;
  Shadow memory;
  std::vector<Thread> threads;
  std::vector<std::unique_ptr<char[]>> stacks;
  ucontext_t scheduler;
  Dimensions size{};
  void (*kernel)(void **) = nullptr;
  void **arguments = nullptr;
  int64_t block = 0, current = 0;
  std::string error;
};

/// The machine that runs now.
Machine *&machine();

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_MACHINE_H
