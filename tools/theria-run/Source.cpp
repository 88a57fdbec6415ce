//===- Source.cpp - The module that was written ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Source.h"

#include "tools/Nesting.h"
#include "tools/theria-run/npy/Buffer.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/FileSystem.h"

using namespace theria;
using namespace theria::run;
using llvm::Expected;
using llvm::StringRef;
using mlir::func::FuncOp;

llvm::Error Source::open(StringRef path) {
  std::string why;
  std::unique_ptr<llvm::MemoryBuffer> file = mlir::openInputFile(path, &why);
  if (!file)
    return error("expected a readable .mlir file, but " + why);
  sourceMgr.AddNewSourceBuffer(std::move(file), llvm::SMLoc());
  return llvm::Error::success();
}

mlir::LogicalResult Source::parse() {
  const llvm::MemoryBuffer &file = *sourceMgr.getMemoryBuffer(sourceMgr.getMainFileID());
  if (mlir::failed(checkNesting(file)))
    return mlir::failure();
  const bool isBytecode = mlir::isBytecode(file.getMemBufferRef());
  mlir::Block block;
  const mlir::ParserConfig config(context);
  if (mlir::failed(isBytecode ? mlir::parseSourceFile(sourceMgr, &block, config)
                              : mlir::parseAsmSourceFile(sourceMgr, &block, config, &names)))
    return mlir::failure();
  module = mlir::detail::constructContainerOpForParserIfNecessary<mlir::ModuleOp>(
      &block, context, mlir::FileLineColLoc::get(context, file.getBufferIdentifier(), 1, 1));
  return mlir::success(static_cast<bool>(module));
}

Expected<FuncOp> Source::findFunction(StringRef name) {
  llvm::SmallVector<FuncOp> found;
  std::string known;
  for (FuncOp function : module->getOps<FuncOp>()) {
    if (function.isDeclaration())
      continue;
    if (name.empty() ? function.isPublic() : function.getName() == name)
      found.push_back(function);
    known += (known.empty() ? "@" : ", @") + function.getName().str();
  }
  if (found.size() == 1)
    return found.front();
  if (known.empty())
    return error("expected a module with a function, but found none that has a "
                 "body");
  if (!name.empty())
    return error("expected a function @" + name + " with a body, but the module has " + known +
                 "; choose one of them with --function");
  return error("expected one public function, but the module has " + known + "; choose one of them with --function");
}

llvm::SmallVector<std::string> Source::argumentNames(FuncOp function) {
  mlir::Block &entry = function.getBody().front();
  const auto *definition = names.getBlockDef(&entry);
  llvm::SmallVector<std::string> result;
  for (unsigned index = 0; index < entry.getNumArguments(); ++index) {
    llvm::SMRange range;
    if (definition && index < definition->arguments.size())
      range = definition->arguments[index].loc;
    if (range.isValid())
      result.emplace_back(range.Start.getPointer(), range.End.getPointer());
    else
      result.push_back("argument " + std::to_string(index));
  }
  return result;
}
