//===- Cache.cpp - Compiled programs on disk ------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Cache.h"

#include "tools/TemporaryFile.h"
#include "tools/theria-run/ObjectCode.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/WithColor.h"

#include <cstdlib>

using namespace theria::run;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

/// The first line of every file; another form of file has another number.
static constexpr StringRef header = "theria-run compiled program 1\n";

static void warn(const llvm::Twine &message) {
  llvm::WithColor::warning(llvm::errs(), "theria-run") << message << '\n';
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

/// Parts one after the other, so that no two lists of parts give the same bytes.
static void addPart(llvm::SHA256 &hash, StringRef part) {
  std::array<uint8_t, 8> length{};
  llvm::support::endian::write64le(length.data(), part.size());
  hash.update(length);
  hash.update(part);
}

std::optional<CacheKey> theria::run::makeKey(mlir::ModuleOp module, StringRef function, const Options &options) {
  const std::string self = fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&makeKey));
  auto executable = llvm::MemoryBuffer::getFile(self, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!executable)
    return std::nullopt;
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream, mlir::OpPrintingFlags().printGenericOpForm().enableDebugInfo());
  llvm::SHA256 hash;
  // BLAKE3 is the faster one for a file of megabytes.
  addPart(hash, llvm::toStringRef(llvm::BLAKE3::hash(llvm::arrayRefFromStringRef((*executable)->getBuffer()))));
  addPart(hash, LLVM_VERSION_STRING);
  addPart(hash, describeHost());
  addPart(hash, function);
  addPart(hash, options.path == Path::Streaming ? "streaming" : "reference");
  const CpuTarget &cpu = options.compile.target;
  for (int64_t number : {options.compile.rowTile, options.compile.columnTile, int64_t(cpu.vectorBytes),
                         int64_t(cpu.vectorRegisters), int64_t(cpu.fma), cpu.secondLevelCache, cpu.lastLevelCache})
    addPart(hash, std::to_string(number));
  addPart(hash, options.compile.schedule);
  addPart(hash, text);
  return hash.final();
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

Cache::Cache(StringRef given, uint64_t megabytes) : folder(given), megabytes(megabytes) {
  if (const char *variable = std::getenv("THERIA_CACHE_DIR"); folder.empty() && variable)
    folder = variable;
  if (folder.empty()) {
    llvm::SmallString<128> user;
    if (llvm::sys::path::cache_directory(user)) {
      llvm::sys::path::append(user, "theria");
      folder = user.str();
    }
  }
  if (folder == "off")
    folder.clear();
}

/// pruneCache knows its files by the beginning of their names.
std::string Cache::pathOf(const CacheKey &key) const {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, "llvmcache-" + llvm::toHex(key, /*LowerCase=*/true));
  return path.str().str();
}

static std::string digestOf(StringRef text) {
  const CacheKey digest = llvm::SHA256::hash(llvm::arrayRefFromStringRef(text));
  return std::string(llvm::toStringRef(digest));
}

/// What follows header and digest, if these are right.
static std::optional<StringRef> openContent(StringRef file) {
  if (!file.consume_front(header) || file.size() < sizeof(CacheKey))
    return std::nullopt;
  const StringRef digest = file.take_front(sizeof(CacheKey));
  file = file.drop_front(sizeof(CacheKey));
  return digestOf(file) == digest ? std::optional(file) : std::nullopt;
}

std::optional<Cache::Entry> Cache::find(const CacheKey &key) const {
  const std::string path = pathOf(key);
  llvm::Expected<fs::file_t> file = fs::openNativeFileForRead(path, fs::OF_UpdateAtime);
  if (!file) {
    llvm::consumeError(file.takeError());
    return std::nullopt;
  }
  auto buffer = llvm::MemoryBuffer::getOpenFile(*file, path, /*FileSize=*/-1, /*RequiresNullTerminator=*/false,
                                                /*IsVolatile=*/true);
  [[maybe_unused]] const std::error_code ignored = fs::closeFile(*file);
  auto damaged = [&] {
    warn("expected a compiled program in " + path + ", but the file is damaged; compiling it anew");
    return std::nullopt;
  };
  std::optional<StringRef> content = buffer ? openContent((*buffer)->getBuffer()) : std::nullopt;
  if (!content || !content->consume_front(llvm::toStringRef(key)) || content->size() < sizeof(uint64_t))
    return damaged();
  const uint64_t length = llvm::support::endian::read64le(content->data());
  StringRef rest = content->drop_front(sizeof(uint64_t));
  if (length > rest.size())
    return damaged();
  return Entry{rest.take_front(length).str(), llvm::MemoryBuffer::getMemBufferCopy(rest.drop_front(length), path)};
}

static llvm::Error write(StringRef path, StringRef content) {
  auto file = theria::TemporaryFile::create(path.str(), fs::owner_read | fs::owner_write);
  if (!file)
    return file.takeError();
  if (llvm::Error err =
          file->write([&](llvm::raw_ostream &stream) { stream << header << digestOf(content) << content; }))
    return err;
  return file->publish();
}

void Cache::store(const CacheKey &key, StringRef record, StringRef objects) const {
  std::array<char, 8> length{};
  llvm::support::endian::write64le(length.data(), record.size());
  std::string content(llvm::toStringRef(key));
  content.append(length.data(), length.size());
  content.append(record);
  content.append(objects);
  llvm::Error err = llvm::errorCodeToError(fs::create_directories(folder, /*IgnoreExisting=*/true));
  if (!err)
    err = write(pathOf(key), content);
  if (err)
    return warn("expected to keep the compiled program in " + folder + ", but " + llvm::toString(std::move(err)) +
                "; choose another folder with --cache, or --cache=off");
  llvm::CachePruningPolicy policy;
  policy.Interval = std::chrono::seconds(0);
  policy.Expiration = std::chrono::seconds(0);
  policy.MaxSizePercentageOfAvailableSpace = 0;
  policy.MaxSizeBytes = megabytes << 20;
  llvm::pruneCache(folder, policy);
}
