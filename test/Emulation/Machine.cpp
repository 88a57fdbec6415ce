//===- Machine.cpp - blocks of GPU threads on the CPU ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Machine.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace theria::emulation {

static constexpr size_t kStackBytes = 256 * 1024, sharedAlignment = 256 * 1024;

Machine *&machine() {
  static Machine *running = nullptr;
  return running;
}

Machine::Machine(Order order, unsigned seed)
    : order(order), random(seed),
      shared(static_cast<char *>(std::aligned_alloc(sharedAlignment, sharedAlignment)), std::free) {
  memory.addShared(shared.get(), mostShared);
}

Machine::~Machine() = default;

void Machine::fail(const std::string &what) {
  if (error.empty())
    error = what;
}

/// The first function of a thread; makecontext hands over integers alone.
void Machine::enter(unsigned high, unsigned low) {
  auto *self = reinterpret_cast<Machine *>(uintptr_t(high) << 32 | low);
  self->kernel(self->arguments);
  self->threads[self->current].state = State::Done;
  swapcontext(&self->threads[self->current].context, &self->scheduler);
}

std::string Machine::run(void (*function)(void **), void **given, const Dimensions &dimensions) {
  if (dimensions.threads > 1024 || dimensions.sharedBytes > mostShared)
    return "expected at most 1024 threads and " + std::to_string(mostShared) + " bytes of shared memory, but found " +
           std::to_string(dimensions.threads) + " and " + std::to_string(dimensions.sharedBytes);
  machine() = this;
  kernel = function;
  arguments = given;
  size = dimensions;
  error.clear();
  while (stacks.size() < size_t(size.threads))
    stacks.push_back(std::make_unique<char[]>(kStackBytes));
  for (block = 0; block < size.blocks && error.empty(); ++block)
    runBlock();
  machine() = nullptr;
  return error;
}

void Machine::runBlock() {
  // A number read before it is written is NaN, and said to be.
  std::memset(shared.get(), 0xff, mostShared);
  memory.startBlock(size.sharedBytes);
  threads = std::vector<Thread>(size.threads);
  for (int64_t number = 0; number < size.threads; ++number) {
    ucontext_t &context = threads[number].context;
    getcontext(&context);
    context.uc_stack.ss_sp = stacks[number].get();
    context.uc_stack.ss_size = kStackBytes;
    context.uc_link = nullptr;
    const auto self = reinterpret_cast<uintptr_t>(this);
    makecontext(&context, reinterpret_cast<void (*)()>(&Machine::enter), 2, unsigned(self >> 32), unsigned(self));
  }
  std::vector<int64_t> warps((size.threads + lanes - 1) / lanes);
  for (size_t warp = 0; warp < warps.size(); ++warp)
    warps[warp] = int64_t(warp);
  if (order == Order::Reverse)
    std::reverse(warps.begin(), warps.end());
  auto isDone = [&] {
    return std::all_of(threads.begin(), threads.end(), [](const Thread &one) { return one.state == State::Done; });
  };
  while (error.empty() && !isDone()) {
    bool progress = false;
    if (order == Order::Random)
      std::shuffle(warps.begin(), warps.end(), random);
    // A warp goes as far as it can before another does: as far apart as barriers let them.
    for (int64_t warp : warps)
      while (error.empty() && runWarp(warp)) {
        progress = true;
        if (order == Order::Random)
          break;
      }
    progress |= error.empty() && meetBlock();
    if (!progress)
      fail("threads wait for each other without an end: " + describeWaiting());
  }
}

bool Machine::runWarp(int64_t warp) {
  bool progress = false;
  std::vector<int64_t> order;
  for (int64_t number = warp * lanes; number < std::min((warp + 1) * lanes, size.threads); ++number)
    order.push_back(number);
  if (this->order == Order::Reverse)
    std::reverse(order.begin(), order.end());
  if (this->order == Order::Random)
    std::shuffle(order.begin(), order.end(), random);
  for (int64_t number : order) {
    if (threads[number].state != State::Ready || !error.empty())
      continue;
    current = number;
    swapcontext(&scheduler, &threads[number].context);
    progress = true;
  }
  return meetWarp(warp) || progress;
}

/// Lets a warp do together what all its lanes wait for.
bool Machine::meetWarp(int64_t warp) {
  auto first = threads.begin() + warp * lanes, last = threads.begin() + std::min((warp + 1) * lanes, size.threads);
  const Site *site = first->site;
  if (last - first != lanes || !std::all_of(first, last, [&](const Thread &one) {
        return one.state == State::AtCollective && one.site == site;
      }))
    return false;
  std::vector<Lane> all;
  std::transform(first, last, std::back_inserter(all), [](const Thread &one) { return one.lane; });
  const std::string wrong = first->function(all);
  if (!wrong.empty())
    fail(site->kernel + ": " + site->name + ": " + wrong);
  std::for_each(first, last, [](Thread &one) { one.state = State::Ready; });
  return true;
}

/// Lets all threads pass a barrier that all have reached.
bool Machine::meetBlock() {
  const Site *site = threads.front().site;
  if (!std::all_of(threads.begin(), threads.end(),
                   [&](const Thread &one) { return one.state == State::AtBarrier && one.site == site; }))
    return false;
  for (Thread &one : threads)
    one.state = State::Ready;
  memory.passBarrier();
  return true;
}

std::string Machine::describeWaiting() const {
  std::string text;
  for (size_t number = 0; number < threads.size(); ++number) {
    const Thread &one = threads[number];
    const char *where = one.state == State::Done ? "ended" : one.site ? one.site->name.c_str() : "?";
    const Thread *before = number ? &threads[number - 1] : nullptr;
    if (before && before->state == one.state && before->site == one.site)
      continue;
    text += (text.empty() ? "" : ", ") + std::string("from thread ") + std::to_string(number) + " on " + where;
  }
  return text;
}

void Machine::wait(State state, const Site &site) {
  Thread &self = threads[current];
  self.state = state;
  self.site = &site;
  swapcontext(&self.context, &scheduler);
}

void Machine::barrier(const Site &site) { wait(State::AtBarrier, site); }

void Machine::collective(const Site &site, Collective function, const Lane &lane) {
  threads[current].function = function;
  threads[current].lane = lane;
  wait(State::AtCollective, site);
}

/// Ends a thread that did something wrong: it can't go on, since what it reads or writes may be anything.
void Machine::stopUnless(const std::string &wrong, const Site &site) {
  if (wrong.empty())
    return;
  fail(site.kernel + ": " + site.name + " by thread " + std::to_string(current) + " of block " + std::to_string(block) +
       ": " + wrong);
  threads[current].state = State::Done;
  swapcontext(&threads[current].context, &scheduler);
}

void Machine::access(const Site &site, void *address, uint64_t bytes, bool isWrite) {
  stopUnless(memory.access(static_cast<char *>(address), bytes, int32_t(current), isWrite), site);
}

void Machine::accessByProduct(const Site &site, void *address, uint64_t bytes) {
  stopUnless(memory.accessByProduct(static_cast<char *>(address), bytes, int32_t(current)), site);
}

void Machine::copy(const Site &site, char *to, char *from, uint64_t bytes, uint64_t read) {
  if (read)
    stopUnless(memory.access(from, bytes, int32_t(current), /*isWrite=*/false), site);
  stopUnless(memory.depart(to, bytes, int32_t(current)), site);
  threads[current].open.push_back({to, from, bytes, read});
}

void Machine::endGroup() {
  threads[current].groups.push_back(std::move(threads[current].open));
  threads[current].open.clear();
}

void Machine::waitForGroups(uint64_t left) {
  auto &groups = threads[current].groups;
  for (; groups.size() > left; groups.pop_front())
    for (const Copy &copy : groups.front()) {
      std::memset(copy.to, 0, copy.bytes);
      std::memcpy(copy.to, copy.from, copy.read);
      memory.arrive(copy.to, copy.bytes, int32_t(current));
    }
}

} // namespace theria::emulation
