//===- Interpose.cpp - faults of the system, made to happen ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A library for LD_PRELOAD in which the n-th call of one kind goes wrong, as Faults.h says.
//
//===----------------------------------------------------------------------===//

#include "test/Faults/Faults.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

using theria::faults::happens;
using theria::faults::Kind;

extern "C" {
// What glibc's own functions are called besides.
// NOLINTBEGIN(readability-identifier-naming)
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *memory, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);
// NOLINTEND(readability-identifier-naming)
}

/// A call that fails with an error number where the fault happens.
#define FAIL_IF(kind, size, number, value)                                                                             \
  if (happens(kind, size, __builtin_return_address(0))) {                                                              \
    errno = (number);                                                                                                  \
    return value;                                                                                                      \
  }

static bool isRegular(int file) {
  struct stat status{};
  return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

extern "C" void *malloc(size_t bytes) {
  FAIL_IF(Kind::Allocation, bytes, ENOMEM, nullptr)
  return __libc_malloc(bytes);
}

extern "C" void *calloc(size_t count, size_t bytes) {
  FAIL_IF(Kind::Allocation, count * bytes, ENOMEM, nullptr)
  return __libc_calloc(count, bytes);
}

extern "C" void *realloc(void *memory, size_t bytes) {
  FAIL_IF(Kind::Allocation, bytes, ENOMEM, nullptr)
  return __libc_realloc(memory, bytes);
}

extern "C" void *memalign(size_t alignment, size_t bytes) {
  FAIL_IF(Kind::Allocation, bytes, ENOMEM, nullptr)
  return __libc_memalign(alignment, bytes);
}

extern "C" void *aligned_alloc(size_t alignment, size_t bytes) {
  FAIL_IF(Kind::Allocation, bytes, ENOMEM, nullptr)
  return __libc_memalign(alignment, bytes);
}

extern "C" int posix_memalign(void **memory, size_t alignment, size_t bytes) {
  if (happens(Kind::Allocation, bytes, __builtin_return_address(0)))
    return ENOMEM;
  *memory = __libc_memalign(alignment, bytes);
  return *memory ? 0 : ENOMEM;
}

extern "C" void *mmap(void *address, size_t bytes, int protection, int flags, int file, off_t offset) {
  if (flags & MAP_ANONYMOUS)
    FAIL_IF(Kind::Map, bytes, ENOMEM, MAP_FAILED)
  return reinterpret_cast<void *>(syscall(SYS_mmap, address, bytes, protection, flags, file, offset));
}

extern "C" void *mmap64(void *address, size_t bytes, int protection, int flags, int file, off_t offset)
    __attribute__((alias("mmap")));

extern "C" int mprotect(void *address, size_t bytes, int protection) {
  FAIL_IF(Kind::Map, bytes, ENOMEM, -1)
  return static_cast<int>(syscall(SYS_mprotect, address, bytes, protection));
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

extern "C" ssize_t write(int file, const void *bytes, size_t count) {
  if (file > 2 && isRegular(file)) {
    // A disk that fills up takes some of the last bytes, and so does a process that ends on the way.
    const size_t room = theria::faults::roomFor(count);
    if (count > 0 && room == 0) {
      errno = ENOSPC;
      return -1;
    }
    if (happens(Kind::Write, count, __builtin_return_address(0), [&] { syscall(SYS_write, file, bytes, count / 2); })) {
      errno = ENOSPC;
      return -1;
    }
    count = room;
  }
  return syscall(SYS_write, file, bytes, count);
}

extern "C" int fsync(int file) {
  FAIL_IF(Kind::Sync, 0, EIO, -1)
  return static_cast<int>(syscall(SYS_fsync, file));
}

extern "C" int close(int file) {
  const bool written = (fcntl(file, F_GETFL) & O_ACCMODE) != O_RDONLY && isRegular(file);
  const auto result = static_cast<int>(syscall(SYS_close, file));
  if (written)
    FAIL_IF(Kind::Close, 0, EDQUOT, -1)
  return result;
}

extern "C" int ftruncate(int file, off_t bytes) {
  FAIL_IF(Kind::Truncate, 0, ENOSPC, -1)
  return static_cast<int>(syscall(SYS_ftruncate, file, bytes));
}

extern "C" int rename(const char *from, const char *to) {
  FAIL_IF(Kind::Rename, 0, ENOSPC, -1)
  theria::faults::note("gone", from);
  return static_cast<int>(syscall(SYS_rename, from, to));
}

extern "C" int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) {
  FAIL_IF(Kind::Rename, 0, ENOSPC, -1)
  return static_cast<int>(syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
}

extern "C" int unlink(const char *path) {
  return theria::faults::note("gone", path) ? 0 : static_cast<int>(syscall(SYS_unlink, path));
}

extern "C" int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (flags & O_CREAT) {
    FAIL_IF(Kind::Create, 0, ENOSPC, -1)
    theria::faults::note("made", path);
  }
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

extern "C" int open64(const char *path, int flags, ...) __attribute__((alias("open")));

//===----------------------------------------------------------------------===//
// Time
//===----------------------------------------------------------------------===//

/// A limit of real time is none for a process that waits for copies of itself.
extern "C" int setitimer(__itimer_which_t which, const itimerval *timer, itimerval *before) {
  if (theria::faults::waitsForCopies())
    return 0;
  return static_cast<int>(syscall(SYS_setitimer, which, timer, before));
}
