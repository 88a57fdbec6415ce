//===- OutputFiles.cpp - All the output files, or none --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/OutputFiles.h"

#include "llvm/Support/Path.h"

using namespace theria::run;
using llvm::Error;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

static Error unwritable(StringRef path, StringRef option, const llvm::Twine &why) {
  return error("expected to write " + path + ", but " + why + "; choose another --" + option);
}

OutputFiles::~OutputFiles() {
  for (Output &output : outputs)
    llvm::consumeError(output.file.discard());
}

/// The file that `path` means, by one name: links are followed and stay.
static llvm::Expected<std::string> resolve(StringRef path, StringRef option) {
  llvm::SmallString<128> real;
  fs::file_status status;
  if (!fs::status(path, status)) {
    if (!fs::is_regular_file(status))
      return unwritable(path, option, "it is not a regular file");
    if (std::error_code code = fs::access(path, fs::AccessMode::Write))
      return unwritable(path, option, code.message());
    if (std::error_code code = fs::real_path(path, real))
      return unwritable(path, option, code.message());
    return real.str().str();
  }
  StringRef folder = llvm::sys::path::parent_path(path);
  if (std::error_code code = fs::real_path(folder.empty() ? "." : folder, real))
    return unwritable(path, option, "its folder: " + code.message());
  llvm::sys::path::append(real, llvm::sys::path::filename(path));
  return real.str().str();
}

Error OutputFiles::add(StringRef path, StringRef option) {
  llvm::Expected<std::string> target = resolve(path, option);
  if (!target)
    return target.takeError();
  for (const Output &output : outputs)
    if (output.path == *target)
      return unwritable(path, option, "it is the file of another output");
  llvm::Expected<fs::TempFile> file = fs::TempFile::create(*target + ".%%%%%%.tmp");
  if (!file)
    return unwritable(path, option, llvm::toString(file.takeError()));
  outputs.push_back({std::move(*target), option.str(), std::move(*file)});
  return Error::success();
}

Error OutputFiles::write(size_t index, const Tensor &tensor) {
  return write(index, [&](llvm::raw_ostream &stream) { writeNpy(stream, tensor); });
}

Error OutputFiles::write(size_t index, StringRef text) {
  return write(index, [&](llvm::raw_ostream &stream) { stream << text; });
}

Error OutputFiles::write(size_t index, llvm::function_ref<void(llvm::raw_ostream &)> print) {
  Output &output = outputs[index];
  llvm::raw_fd_ostream stream(output.file.FD, /*shouldClose=*/false);
  print(stream);
  stream.flush();
  if (!stream.has_error())
    return Error::success();
  const std::string why = stream.error().message();
  stream.clear_error();
  return unwritable(output.path, output.option, why);
}

Error OutputFiles::commit() {
  for (size_t done = 0; done < outputs.size(); ++done) {
    Output &output = outputs[done];
    Error err = output.file.keep(output.path);
    if (!err)
      continue;
    // All or none: take back those that already have their names.
    for (Output &kept : llvm::MutableArrayRef(outputs).take_front(done)) [[maybe_unused]]
      const std::error_code ignored = fs::remove(kept.path);
    return unwritable(output.path, output.option, llvm::toString(std::move(err)));
  }
  outputs.clear();
  return Error::success();
}
