//===- Failure.cpp - code that records a run-time error -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Failure.h"

using namespace mlir;

namespace theria::reference {

/// "file:line:column: " of the innermost location that is in a file, or "".
static std::string describe(Location loc) {
  std::string text;
  loc->walk([&](Location inner) {
    auto file = dyn_cast<FileLineColRange>(inner);
    if (!file)
      return WalkResult::advance();
    text =
        (file.getFilename().getValue() + ":" + Twine(file.getStartLine()) + ":" + Twine(file.getStartColumn()) + ": ")
            .str();
    return WalkResult::interrupt();
  });
  return text;
}

LLVM::LLVMFuncOp FailureReporter::declare(StringRef name, Type result, TypeRange arguments) {
  if (auto function = symbols.lookup<LLVM::LLVMFuncOp>(name))
    return function;
  OpBuilder builder(module.getContext());
  auto type = LLVM::LLVMFunctionType::get(result, llvm::to_vector(arguments));
  auto function = LLVM::LLVMFuncOp::create(builder, module.getLoc(), name, type);
  symbols.insert(function, module.getBody()->begin());
  return function;
}

LLVM::GlobalOp FailureReporter::text(Location loc, StringRef message) {
  LLVM::GlobalOp &global = texts[message];
  if (global)
    return global;
  OpBuilder builder(module.getContext());
  std::string bytes = message.str();
  bytes.push_back('\0');
  auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), bytes.size());
  global = LLVM::GlobalOp::create(builder, loc, type, /*isConstant=*/true, LLVM::Linkage::Internal, "theria_message",
                                  builder.getStringAttr(bytes));
  symbols.insert(global, module.getBody()->begin());
  return global;
}

void FailureReporter::report(OpBuilder &builder, Location loc, StringRef message, ValueRange values) {
  MLIRContext *context = builder.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context), i64 = builder.getI64Type();
  LLVM::LLVMFuncOp fail = declare("theria_fail", LLVM::LLVMVoidType::get(context), {pointer, i64, pointer});
  Value text = LLVM::AddressOfOp::create(builder, loc, this->text(loc, describe(loc) + "error: " + message.str()));
  Value count = LLVM::ConstantOp::create(builder, loc, i64, builder.getI64IntegerAttr(values.size()));
  Value array = LLVM::AllocaOp::create(builder, loc, pointer, i64, count);
  for (auto [position, value] : llvm::enumerate(values)) {
    Value slot = LLVM::GEPOp::create(builder, loc, pointer, i64, array, ArrayRef<LLVM::GEPArg>{int32_t(position)});
    LLVM::StoreOp::create(builder, loc, value, slot);
  }
  LLVM::CallOp::create(builder, loc, fail, ValueRange{text, count, array});
}

Value FailureReporter::failed(OpBuilder &builder, Location loc) {
  Type i32 = builder.getI32Type();
  LLVM::LLVMFuncOp ask = declare("theria_failed", i32, {});
  Value answer = LLVM::CallOp::create(builder, loc, ask, ValueRange()).getResult();
  Value zero = LLVM::ConstantOp::create(builder, loc, i32, builder.getI32IntegerAttr(0));
  return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ne, answer, zero);
}

} // namespace theria::reference
