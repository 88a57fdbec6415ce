//===- Nesting.cpp - Programs too deep for the parser ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/Nesting.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"

using llvm::StringRef;

static constexpr unsigned maxNesting = 1000;

/// The end of the string that begins at `start`.
static size_t findStringEnd(StringRef text, size_t start) {
  size_t at = start + 1;
  while (at < text.size() && text[at] != '"')
    at += text[at] == '\\' ? 2 : 1;
  return at;
}

/// Where `text` first opens more than maxNesting brackets, outside of strings and comments; npos where it does not.
static size_t findTooDeep(StringRef text) {
  unsigned depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const StringRef rest = text.substr(at);
    if (rest.starts_with("\""))
      at = findStringEnd(text, at);
    else if (rest.starts_with("//"))
      at += std::min(rest.find('\n'), rest.size());
    else if (rest.starts_with("->") || rest.starts_with(">="))
      ++at;
    else if (StringRef("([{<").contains(rest.front()))
      ++depth;
    else if (StringRef(")]}>").contains(rest.front()) && depth > 0)
      --depth;
    if (depth > maxNesting)
      return at;
  }
  return StringRef::npos;
}

llvm::LogicalResult theria::checkNesting(const llvm::MemoryBuffer &program) {
  if (mlir::isBytecode(program.getMemBufferRef()))
    return mlir::success();
  const size_t tooDeep = findTooDeep(program.getBuffer());
  if (tooDeep == StringRef::npos)
    return mlir::success();
  llvm::SourceMgr sourceMgr;
  sourceMgr.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(program.getMemBufferRef()), llvm::SMLoc());
  sourceMgr.PrintMessage(llvm::SMLoc::getFromPointer(program.getBufferStart() + tooDeep), llvm::SourceMgr::DK_Error,
                         "expected at most " + llvm::Twine(maxNesting) +
                             " brackets inside each other, but found more; split the program into functions");
  return mlir::failure();
}
