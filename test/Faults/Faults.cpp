//===- Faults.cpp - which call goes wrong, and how ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Faults/Faults.h"

#include <atomic>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <iterator>
#include <link.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unwind.h>

using namespace theria::faults;

namespace {

/// What the environment says.
struct Plan {
  Kind kind = Kind::None;
  long number = 0;
  bool andAfter = false;
  int signal = 0;
  size_t least = 0;
  const char *caller = nullptr;
  const char *count = nullptr;
  int sweep = -1;
  unsigned depth = 0;
};

} // namespace

static Plan plan;
static std::atomic<long> calls, space;
/// In the copy of a process that a sweep made.
static bool swept = false;
/// A sweep is one call after the other, also where several threads make them.
static std::atomic_flag sweeping = ATOMIC_FLAG_INIT;
/// Calls of this library's own don't count.
static thread_local bool inside __attribute__((tls_model("initial-exec"))) = false;

/// Without the C library's buffers, which allocate.
static void say(int file, const char *format, ...) {
  char text[512];
  va_list rest;
  va_start(rest, format);
  const int length = vsnprintf(text, sizeof(text), format, rest);
  va_end(rest);
  if (length > 0)
    syscall(SYS_write, file, text, static_cast<size_t>(length) < sizeof(text) ? length : sizeof(text) - 1);
}

static Kind parseKind(const char *text, size_t length) {
  static constexpr const char *names[] = {"none", "space", "allocation", "map",    "write",
                                          "sync", "close", "truncate",   "rename", "create"};
  for (size_t index = 0; index < sizeof(names) / sizeof(*names); ++index)
    if (std::strlen(names[index]) == length && std::memcmp(names[index], text, length) == 0)
      return static_cast<Kind>(index);
  say(2, "expected a kind of call in THERIA_FAULT, but found '%s'\n", text);
  _exit(2);
}

/// As the dynamic loader passes it: this library comes first, when getenv does not work yet.
static char **environment = nullptr;
static const char *program = "";

static const char *read(const char *name) {
  const size_t length = std::strlen(name);
  for (char **entry = environment; entry && *entry; ++entry)
    if (std::strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
      return *entry + length + 1;
  return nullptr;
}

static long readNumber(const char *name) {
  const char *text = read(name);
  return text ? std::strtol(text, nullptr, 10) : 0;
}

__attribute__((constructor)) static void readPlan(int, char **arguments, char **variables) {
  program = arguments[0] ? arguments[0] : "";
  environment = variables;
  const char *text = read("THERIA_FAULT");
  const char *colon = text ? std::strchr(text, ':') : nullptr;
  if (!colon)
    return;
  char *end = nullptr;
  plan.number = std::strtol(colon + 1, &end, 10);
  plan.andAfter = *end == '+';
  plan.signal = static_cast<int>(readNumber("THERIA_FAULT_THEN"));
  plan.least = readNumber("THERIA_FAULT_LEAST");
  plan.caller = read("THERIA_FAULT_CALLER");
  plan.count = read("THERIA_FAULT_COUNT");
  if (const char *file = read("THERIA_FAULT_SWEEP"))
    plan.sweep = static_cast<int>(syscall(SYS_openat, AT_FDCWD, file, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0666));
  plan.depth = readNumber("THERIA_FAULT_DEPTH");
  space = plan.number;
  plan.kind = parseKind(text, colon - text);
}

__attribute__((destructor)) static void tellCount() {
  if (!plan.count || swept)
    return;
  const int file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, plan.count, O_CREAT | O_WRONLY | O_TRUNC, 0666));
  say(file, "%ld\n", calls.load());
  syscall(SYS_close, file);
}

/// The innermost frames of the calling thread.
struct Path {
  unsigned left;
  uint64_t hash = 1;
};

static _Unwind_Reason_Code addFrame(_Unwind_Context *context, void *argument) {
  auto *path = static_cast<Path *>(argument);
  path->hash = (path->hash ^ _Unwind_GetIP(context)) * 0x9e3779b97f4a7c15;
  path->hash ^= path->hash >> 32;
  return --path->left > 0 ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/// Whether no earlier call was reached by the same path.
static bool isNewPath() {
  static std::atomic<uint64_t> seen[1 << 20];
  // The two innermost frames are this library's.
  Path path{plan.depth + 2};
  _Unwind_Backtrace(addFrame, &path);
  for (uint64_t at = path.hash;; ++at) {
    uint64_t none = 0;
    if (seen[at % std::size(seen)].compare_exchange_strong(none, path.hash))
      return true;
    if (none == path.hash)
      return false;
  }
}

static bool isBy(void *caller, const char *part) {
  dl_find_object object{};
  if (_dl_find_object(caller, &object) != 0)
    return false;
  const char *path = object.dlfo_link_map->l_name;
  return std::strstr(*path ? path : program, part) != nullptr;
}

/// Makes a copy in which the call fails: true there. The original waits for the copy's end, and notes it.
static bool sweep(long number) {
  while (sweeping.test_and_set())
    usleep(100);
  say(plan.sweep, "call %ld\n", number);
  // Without what libraries do before a fork: this may be a call from within one.
  const pid_t copy = _Fork();
  if (copy == 0) {
    swept = true;
    // What waits for a thread that is not in the copy never ends: the driver makes this call fail in a whole process.
    alarm(3);
    const int nothing = static_cast<int>(syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY));
    dup2(nothing, 1);
    dup2(plan.sweep, 2);
    return true;
  }
  int status = 0;
  waitpid(copy, &status, 0);
  say(plan.sweep, "\nend %ld %d\n", number, WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status));
  sweeping.clear();
  return false;
}

static bool isSweepPoint(long number) {
  if (plan.number == 0)
    return false;
  if (plan.depth == 0)
    return number % plan.number == 0;
  static std::atomic<long> paths;
  return isNewPath() && ++paths % plan.number == 0;
}

bool theria::faults::happens(Kind kind, size_t bytes, void *caller, void (*before)(void *), void *context) {
  // A copy that a sweep made and that went on ends where it would write: the driver looks at the rest of it.
  constexpr int wentOn = 98;
  if (swept && (kind == Kind::Write || kind == Kind::Rename || kind == Kind::Create))
    _exit(wentOn);
  if (kind != plan.kind || bytes < plan.least || inside)
    return false;
  inside = true;
  bool now = false;
  if (!plan.caller || isBy(caller, plan.caller)) {
    const long number = ++calls;
    if (plan.sweep >= 0)
      now = swept ? plan.andAfter : isSweepPoint(number) && sweep(number);
    else
      now = plan.number > 0 && (plan.andAfter ? number >= plan.number : number == plan.number);
  }
  if (now && plan.signal) {
    if (before)
      before(context);
    raise(plan.signal);
    now = false;
  }
  inside = false;
  return now;
}

size_t theria::faults::roomFor(size_t bytes) {
  if (plan.kind != Kind::Space)
    return bytes;
  const long left = space.fetch_sub(static_cast<long>(bytes));
  if (left >= static_cast<long>(bytes))
    return bytes;
  space = 0;
  return left > 0 ? left : 0;
}

bool theria::faults::waitsForCopies() { return plan.sweep >= 0 && !swept; }

bool theria::faults::note(const char *what, const char *path) {
  if (plan.sweep >= 0)
    say(plan.sweep, "\n%s %s\n", what, path);
  return swept;
}
