//===- OutputFiles.cpp - All the output files, or none --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/OutputFiles.h"

#include "tools/Faults.h"

using namespace theria::run;
using llvm::Error;
using llvm::StringRef;

static Error unwritable(StringRef path, StringRef option, const llvm::Twine &why) {
  return error("expected to write " + path + ", but " + why + "; choose another --" + option);
}

Error OutputFiles::add(StringRef path, StringRef option, unsigned mode) {
  llvm::Expected<std::string> target = TemporaryFile::resolve(path);
  if (!target)
    return unwritable(path, option, llvm::toString(target.takeError()));
  for (const Output &output : outputs)
    if (output.file.getTarget() == *target)
      return unwritable(path, option, "it is the file of another output");
  llvm::Expected<TemporaryFile> file = TemporaryFile::create(std::move(*target), mode);
  if (!file)
    return unwritable(path, option, llvm::toString(file.takeError()));
  outputs.push_back({option.str(), std::move(*file)});
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
  Error err = output.file.write(print);
  return err ? unwritable(output.file.getTarget(), output.option, llvm::toString(std::move(err))) : Error::success();
}

Error OutputFiles::commit() {
  const InterruptsHeld held;
  for (size_t done = 0; done < outputs.size(); ++done) {
    TemporaryFile &file = outputs[done].file;
    Error err = file.publish();
    if (!err)
      continue;
    // All or none: take back those that already have their names.
    for (Output &published : llvm::MutableArrayRef(outputs).take_front(done))
      published.file.takeBack();
    return unwritable(file.getTarget(), outputs[done].option, llvm::toString(std::move(err)));
  }
  if (!outputs.empty())
    noteFilesWritten();
  outputs.clear();
  return Error::success();
}
