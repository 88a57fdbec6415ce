//===- theria_runtime.cpp - the arena and the first error -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/theria_runtime.h"

#include "runtime/theria_device.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <unordered_map>

#include <omp.h>
#include <pthread.h>

namespace {

/// Stands before every allocation and links it into a ring, so that one call
/// can free them all and a single one leaves in constant time.
struct alignas(std::max_align_t) Header {
  Header *previous;
  Header *next;
  uint64_t bytes;
};

/// Takes so many bytes of a workspace, which several threads share; false where it has none left.
bool reserve(theria_workspace *workspace, uint64_t bytes) {
  if (!workspace)
    return true;
  const uint64_t used = std::atomic_ref(workspace->used).fetch_add(bytes) + bytes;
  if (workspace->limit && used > workspace->limit) {
    std::atomic_ref(workspace->used).fetch_sub(bytes);
    std::atomic_ref(workspace->exceeded).store(1);
    return false;
  }
  std::atomic_ref<uint64_t> peak(workspace->peak);
  for (uint64_t known = peak.load(); known < used && !peak.compare_exchange_weak(known, used);)
    ;
  return true;
}

void giveBack(theria_workspace *workspace, uint64_t bytes) {
  if (workspace)
    std::atomic_ref(workspace->used).fetch_sub(bytes);
}

struct State {
  Header ring{&ring, &ring, 0};
  std::optional<std::string> error;
  theria_workspace *workspace = nullptr;
  const theria_device *device = nullptr;
  std::unordered_map<void *, uint64_t> deviceMemory;

  State() = default;
  State(const State &) = delete;
  State &operator=(const State &) = delete;
  ~State() { release(); }

  void release() {
    while (ring.next != &ring) {
      Header *next = ring.next->next;
      giveBack(workspace, ring.next->bytes);
      std::free(ring.next);
      ring.next = next;
    }
    ring.previous = &ring;
    for (auto [memory, bytes] : deviceMemory) {
      giveBack(workspace, bytes);
      device->release(device->context, memory);
    }
    deviceMemory.clear();
    error.reset();
  }
};

thread_local State state;

/// Replaces each {i} in `message` by values[i].
std::string format(const char *message, int64_t count, const int64_t *values) {
  std::string text;
  for (const char *at = message; *at; ++at) {
    if (*at == '{') {
      char *end = nullptr;
      long index = std::strtol(at + 1, &end, 10);
      if (end != at + 1 && *end == '}' && index >= 0 && index < count) {
        text += std::to_string(values[index]);
        at = end;
        continue;
      }
    }
    text += *at;
  }
  return text;
}

/// The end of the calling thread's stack, with a reserve for the frames of one more call and what it calls; 0 where the
/// system does not tell.
uintptr_t lowestUsableAddress() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0)
    return 0;
  void *lowest = nullptr;
  size_t bytes = 0;
  const bool known = pthread_attr_getstack(&attributes, &lowest, &bytes) == 0;
  pthread_attr_destroy(&attributes);
  constexpr size_t reserve = size_t(1) << 20;
  return known ? reinterpret_cast<uintptr_t>(lowest) + std::min(reserve, bytes / 2) : 0;
}

} // namespace

void theria_fail(const char *message, int64_t count, const int64_t *values) {
  if (!state.error)
    state.error = format(message, count, values);
}

int32_t theria_failed() { return state.error ? 1 : 0; }

const char *theria_error() { return state.error ? state.error->c_str() : nullptr; }

void theria_release() { state.release(); }

static void *allocateOnDevice(uint64_t bytes) {
  void *memory = state.device->allocate(state.device->context, bytes);
  if (memory)
    state.deviceMemory[memory] = bytes;
  return memory;
}

static void *allocateOnHost(uint64_t bytes) {
  void *memory = bytes <= SIZE_MAX - sizeof(Header) ? std::malloc(sizeof(Header) + bytes) : nullptr;
  if (!memory)
    return nullptr;
  auto *header = static_cast<Header *>(memory);
  *header = {&state.ring, state.ring.next, bytes};
  header->next->previous = header;
  state.ring.next = header;
  return header + 1;
}

void *_mlir_memref_to_llvm_alloc(uint64_t bytes) {
  if (!reserve(state.workspace, bytes))
    return nullptr;
  void *memory = state.device ? allocateOnDevice(bytes) : allocateOnHost(bytes);
  if (memory)
    return memory;
  if (state.workspace)
    std::atomic_ref(state.workspace->exceeded).store(1);
  giveBack(state.workspace, bytes);
  return nullptr;
}

/// Whether the arena held an array of the device, which it does no longer.
static bool forget(void *memory) {
  auto found = state.deviceMemory.find(memory);
  if (found == state.deviceMemory.end())
    return false;
  giveBack(state.workspace, found->second);
  state.deviceMemory.erase(found);
  return true;
}

int32_t theria_keep(void *memory) { return forget(memory) ? 1 : 0; }

void _mlir_memref_to_llvm_free(void *memory) {
  if (!memory)
    return;
  if (state.device) {
    forget(memory);
    return state.device->release(state.device->context, memory);
  }
  Header *header = static_cast<Header *>(memory) - 1;
  giveBack(state.workspace, header->bytes);
  header->previous->next = header->next;
  header->next->previous = header->previous;
  std::free(header);
}

uint8_t theria_has_stack() {
  static thread_local const uintptr_t lowest = lowestUsableAddress();
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) > lowest ? 1 : 0;
}

/// While a thread works for another, what it allocates is of the other's workspace; what it leaves is freed at the end.
struct Borrowed {
  explicit Borrowed(const State &caller) : isOther(&state != &caller) {
    if (isOther)
      state.workspace = caller.workspace;
  }
  ~Borrowed() {
    if (!isOther)
      return;
    state.release();
    state.workspace = nullptr;
  }
  Borrowed(const Borrowed &) = delete;
  Borrowed &operator=(const Borrowed &) = delete;
  bool isOther;
};

/// theria_parallel for the numbers below `count`, each on one thread.
static void callEach(int64_t count, void (*body)(int64_t number, void *context), void *context) {
  State &caller = state;
  std::optional<std::string> first;
  int64_t firstNumber = count;
#pragma omp parallel for schedule(dynamic, 1)
  for (int64_t number = 0; number < count; ++number) {
    const Borrowed workspace(caller);
    body(number, context);
    if (!state.error)
      continue;
#pragma omp critical(theria_parallel_error)
    if (number < firstNumber) {
      firstNumber = number;
      first = state.error;
    }
    state.error.reset();
  }
  if (first)
    caller.error = first;
}

void theria_parallel(int64_t count, void (*body)(int64_t number, void *context), void *context, bool nested) {
  int64_t alone = count;
  if (omp_in_parallel())
    alone = 0;
  else if (nested)
    alone -= count % omp_get_max_threads();
  if (alone > 0)
    callEach(alone, body, context);
  for (int64_t number = alone; number < count && !state.error; ++number)
    body(number, context);
}

void theria_set_device(const theria_device *device) {
  state.release();
  state.device = device;
}

void theria_launch(const char *kernel, int64_t blocks, int64_t threads, int64_t sharedBytes, void **arguments,
                   int64_t count) {
  if (!state.error && blocks > 0)
    state.device->launch(state.device->context, kernel, blocks, threads, sharedBytes, arguments, count);
}

void theria_read(void *host, const void *device, int64_t bytes) {
  state.device->copyOut(state.device->context, host, device, uint64_t(bytes));
}

void theria_write(void *device, const void *host, int64_t bytes) {
  state.device->copyIn(state.device->context, device, host, uint64_t(bytes));
}

void theria_set_workspace(theria_workspace *workspace) {
  state.release();
  state.workspace = workspace;
}

void theria_set_threads(int32_t count) { omp_set_num_threads(count > 0 ? count : omp_get_num_procs()); }

const theria_symbol *theria_runtime_symbols() {
  static const theria_symbol symbols[] = {
      {"theria_fail", reinterpret_cast<void *>(&theria_fail)},
      {"theria_failed", reinterpret_cast<void *>(&theria_failed)},
      {"theria_launch", reinterpret_cast<void *>(&theria_launch)},
      {"theria_read", reinterpret_cast<void *>(&theria_read)},
      {"theria_write", reinterpret_cast<void *>(&theria_write)},
      {"theria_parallel", reinterpret_cast<void *>(&theria_parallel)},
      {"theria_has_stack", reinterpret_cast<void *>(&theria_has_stack)},
      {"_mlir_memref_to_llvm_alloc", reinterpret_cast<void *>(&_mlir_memref_to_llvm_alloc)},
      {"_mlir_memref_to_llvm_free", reinterpret_cast<void *>(&_mlir_memref_to_llvm_free)},
      {nullptr, nullptr}};
  return symbols;
}
