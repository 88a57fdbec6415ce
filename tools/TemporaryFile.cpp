//===- TemporaryFile.cpp - A file that appears when it is complete --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/TemporaryFile.h"

#include "tools/Faults.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace theria;
using llvm::Error;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

static constexpr StringRef unique = ".%%%%%%", suffix = ".tmp";

static std::error_code lastError() { return {errno, std::generic_category()}; }

static Error because(const llvm::Twine &why) { return llvm::createStringError(llvm::inconvertibleErrorCode(), why); }

llvm::Expected<std::string> TemporaryFile::resolve(StringRef path) {
  llvm::SmallString<128> real;
  fs::file_status status;
  if (!fs::status(path, status)) {
    if (!fs::is_regular_file(status))
      return because("it is not a regular file");
    if (std::error_code code = fs::access(path, fs::AccessMode::Write))
      return because(code.message());
    if (std::error_code code = fs::real_path(path, real))
      return because(code.message());
    return real.str().str();
  }
  StringRef folder = llvm::sys::path::parent_path(path);
  if (std::error_code code = fs::real_path(folder.empty() ? "." : folder, real))
    return because("its folder: " + code.message());
  llvm::sys::path::append(real, llvm::sys::path::filename(path));
  return real.str().str();
}

/// Whether a name is that of a temporary file for `target`.
static bool isTemporary(StringRef name, StringRef target) {
  return name.consume_front(target) && name.consume_front(".") && name.consume_back(suffix) &&
         name.size() == unique.size() - 1 && llvm::all_of(name, llvm::isHexDigit);
}

static bool lock(int file) { return flock(file, LOCK_EX | LOCK_NB) == 0; }

/// Removes what killed processes left.
static void removeStale(StringRef target) {
  const StringRef folder = llvm::sys::path::parent_path(target);
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    const std::string &path = entry->path();
    if (!isTemporary(llvm::sys::path::filename(path), llvm::sys::path::filename(target)))
      continue;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
      continue;
    if (lock(file))
      unlink(path.c_str());
    ::close(file);
  }
}

void TemporaryFile::forget() {
  if (path.empty())
    return;
  llvm::sys::DontRemoveFileOnSignal(path);
  path.clear();
}

std::error_code TemporaryFile::open(unsigned mode) {
  std::error_code code = std::make_error_code(std::errc::file_exists);
  forget();
  constexpr int attempts = 128;
  for (int attempt = 0; attempt < attempts && code == std::errc::file_exists; ++attempt) {
    llvm::SmallString<128> name;
    fs::createUniquePath(target + unique + suffix, name, /*MakeAbsolute=*/false);
    path = name.str().str();
    // First, so that nothing which takes memory or time stands between the file and what removes it.
    llvm::sys::RemoveFileOnSignal(path);
    code = fs::openFileForReadWrite(path, file, fs::CD_CreateNew, fs::OF_None, mode);
    if (code)
      forget();
  }
  return code;
}

llvm::Expected<TemporaryFile> TemporaryFile::create(std::string target, unsigned mode) {
  removeStale(target);
  const InterruptsHeld held;
  TemporaryFile result(std::move(target));
  struct stat status{};
  // Before it is locked, another process may take it for a rest.
  do {
    result.close();
    if (std::error_code code = result.open(mode))
      return because(code.message());
    lock(result.file);
  } while (fstat(result.file, &status) == 0 && status.st_nlink == 0);
  return result;
}

TemporaryFile::TemporaryFile(TemporaryFile &&other) noexcept
    : target(std::move(other.target)), path(std::exchange(other.path, {})), file(std::exchange(other.file, -1)),
      exchanged(other.exchanged) {}

TemporaryFile::~TemporaryFile() {
  if (!path.empty()) {
    unlink(path.c_str());
    forget();
  }
  close();
}

void TemporaryFile::close() {
  if (file >= 0)
    ::close(std::exchange(file, -1));
}

Error TemporaryFile::write(llvm::function_ref<void(llvm::raw_ostream &)> print) {
  llvm::raw_fd_ostream stream(file, /*shouldClose=*/false);
  print(stream);
  stream.flush();
  std::error_code code = stream.error();
  stream.clear_error();
  // Some file systems say only when a file is closed that it found no room; the lock stays with the other descriptor.
  if (const int other = code ? -1 : dup(file); other >= 0 && ::close(other) != 0)
    code = lastError();
  return code ? because(code.message()) : Error::success();
}

Error TemporaryFile::publish() {
#ifdef RENAME_EXCHANGE
  exchanged = renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0;
  // There is no file with the name, or a file system without exchange.
  if (exchanged)
    return Error::success();
  if (errno != ENOENT && errno != EINVAL && errno != ENOSYS)
    return because(lastError().message());
#endif
  // Not fs::rename with its kin: those would copy where the name can't be changed, and leave half of it.
  if (::rename(path.c_str(), target.c_str()) != 0)
    return because(lastError().message());
  forget();
  return Error::success();
}

void TemporaryFile::takeBack() {
  if (exchanged)
    renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE);
  else if (path.empty())
    unlink(target.c_str());
}
