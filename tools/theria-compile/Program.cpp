//===- Program.cpp - Programs of others -----------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-compile/Program.h"

#include "tools/theria-run/npy/Buffer.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Program.h"

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using theria::run::error;

Expected<std::unique_ptr<llvm::MemoryBuffer>>
theria::compile::runProgram(StringRef program, StringRef input,
                            llvm::function_ref<std::vector<std::string>(std::string in, std::string out)> arguments) {
  llvm::SmallString<128> in, out, log;
  for (auto *file : {&in, &out, &log})
    if (std::error_code code = llvm::sys::fs::createTemporaryFile("theria", "tmp", *file))
      return error("expected a place for temporary files, but " + code.message() +
                   "; set TMPDIR to a folder with room");
  const llvm::FileRemover removeIn(in), removeOut(out), removeLog(log);
  if (Error err = llvm::writeToOutput(in, [&](llvm::raw_ostream &stream) {
        stream << input;
        return Error::success();
      }))
    return err;
  const std::vector<std::string> given = arguments(in.str().str(), out.str().str());
  llvm::SmallVector<StringRef> words{program};
  words.append(given.begin(), given.end());
  std::string why;
  const int status =
      llvm::sys::ExecuteAndWait(program, words, std::nullopt, {StringRef(""), log.str(), log.str()}, 0, 0, &why);
  auto text = llvm::MemoryBuffer::getFile(status ? log : out);
  if (status == 0 && text)
    return std::move(*text);
  return error(why.empty() && text ? (*text)->getBuffer().trim() : StringRef(why));
}
