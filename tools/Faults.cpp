//===- Faults.cpp - memory that ends, and interruption --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/Faults.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/time.h>
#include <unistd.h>

using namespace theria;

/// The name under which the tool was called.
static const char *tool = "theria";
static std::atomic<bool> ending, filesWritten, starting;
static std::atomic<int> holding, waiting;
static struct sigaction faultOfLlvm, abortOfLlvm;

/// To standard error, without memory or locks.
static void say(std::initializer_list<const char *> parts) {
  for (const char *part : parts)
    if (write(STDERR_FILENO, part, std::strlen(part)) < 0)
      return;
}

static const char *whatOfFiles() { return filesWritten ? "the output files are complete" : "no file was written"; }

/// Only the first thread that has a reason to end the tool goes on.
static void beginToEnd() {
  if (ending.exchange(true))
    while (true)
      pause();
  llvm::sys::RunInterruptHandlers();
}

[[noreturn]] static void endWithoutMemory(void *, const char *, bool) {
  beginToEnd();
  say({tool,
       ": error: expected memory to go on with, but the system has none left; give the process more, or make the ",
       "tensors or the program smaller (", whatOfFiles(), ")\n"});
  _exit(1);
}

/// LLVM asks for a report of what is its own fault, and not of a wrong option.
[[noreturn]] static void endOfFatalError(void *, const char *reason, bool isFaultOfLlvm) {
  beginToEnd();
  if (isFaultOfLlvm)
    say({tool, ": error: expected LLVM to go on, but it gave up: ", reason,
         "; where the system lacks nothing, report the command as a bug (", whatOfFiles(), ")\n"});
  else
    say({tool, ": error: ", reason, " (", whatOfFiles(), ")\n"});
  _exit(1);
}

[[noreturn]] static void endUnstarted(int) {
  beginToEnd();
  say({tool,
       ": error: expected the library of threads to start, but it did not; give the process more memory or threads (",
       whatOfFiles(), ")\n"});
  _exit(1);
}

/// Libraries write to what malloc gives them without a look (InterfaceMap of LLVM 22), or abort (glibc where a thread
/// has an object to destroy): where the last call of this thread that failed found no memory, there was none left.
static void fault(int number, siginfo_t *info, void *) {
  constexpr uintptr_t firstPages = 1 << 16;
  const bool isNull = number == SIGABRT || reinterpret_cast<uintptr_t>(info->si_addr) < firstPages;
  if (errno == ENOMEM && isNull)
    endWithoutMemory(nullptr, nullptr, false);
  if (number == SIGABRT && starting)
    endUnstarted(number);
  // It faults again, for LLVM's handler.
  sigaction(number, number == SIGABRT ? &abortOfLlvm : &faultOfLlvm, nullptr);
}

static void handleFaults() {
  struct sigaction action{};
  action.sa_sigaction = fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGSEGV, &action, &faultOfLlvm);
  sigaction(SIGABRT, &action, &abortOfLlvm);
}

static constexpr std::array interrupts = {SIGINT, SIGTERM, SIGHUP};

static void interrupt(int number) {
  if (holding > 0) {
    waiting = number;
    return;
  }
  beginToEnd();
  say({tool, ": error: ", number == SIGINT ? "interrupted" : "told to end", "; ", whatOfFiles(), "\n"});
  std::signal(number, SIG_DFL);
  // Blocked until the handler returns.
  raise(number);
}

/// Before the constructors of libraries, which take memory too.
static void installEarly(int, char **argv, char **) {
  if (argv[0]) {
    const char *slash = std::strrchr(argv[0], '/');
    tool = slash ? slash + 1 : argv[0];
  }
  llvm::install_bad_alloc_error_handler(endWithoutMemory);
  llvm::install_out_of_memory_new_handler();
}

__attribute__((section(".preinit_array"), used)) static void (*const early)(int, char **, char **) = installEarly;

/// LLVM's handlers are there already; what the caller ignores, as nohup does, stays so.
static void handleInterrupts(llvm::ArrayRef<struct sigaction> former) {
  for (auto [number, before] : llvm::zip_equal(interrupts, former)) {
    struct sigaction action{};
    action.sa_handler = before.sa_handler == SIG_IGN ? SIG_IGN : interrupt;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    sigaction(number, &action, nullptr);
  }
}

static std::array<struct sigaction, interrupts.size()> currentActions() {
  std::array<struct sigaction, interrupts.size()> actions{};
  for (auto [number, action] : llvm::zip_equal(interrupts, actions))
    sigaction(number, nullptr, &action);
  return actions;
}

FaultHandlers::FaultHandlers(int &argc, char **&argv) : former(currentActions()), init(argc, argv) {
  llvm::install_fatal_error_handler(endOfFatalError);
  // A file over the size limit is a write that fails, not a signal.
  std::signal(SIGXFSZ, SIG_IGN);
  handleInterrupts(former);
  handleFaults();
}

InterruptsHeld::InterruptsHeld() { ++holding; }

InterruptsHeld::~InterruptsHeld() {
  if (--holding == 0)
    if (const int number = waiting.exchange(0))
      raise(number);
}

/// Each second; a process that is stopped meanwhile gets one of them.
static void tick(int number) {
  constexpr int most = 10;
  static std::atomic<int> ticks;
  if (++ticks == most)
    endUnstarted(number);
}

static void setTicks(time_t seconds) {
  const itimerval timer{{seconds, 0}, {seconds, 0}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

LibraryStart::LibraryStart() {
  starting = true;
  std::signal(SIGALRM, tick);
  setTicks(1);
}

LibraryStart::~LibraryStart() {
  setTicks(0);
  std::signal(SIGALRM, SIG_DFL);
  starting = false;
}

void theria::noteFilesWritten() { filesWritten = true; }

llvm::Error theria::checkStandardOutput() {
  llvm::raw_fd_ostream &stream = llvm::outs();
  stream.flush();
  if (!stream.has_error())
    return llvm::Error::success();
  const std::string why = stream.error().message();
  stream.clear_error();
  return llvm::createStringError("expected to write to standard output, but " + why + "; make room for it");
}
