//===- InputSpec.cpp - What --input and --fill say ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/InputSpec.h"

#include "tools/theria-run/Literal.h"
#include "tools/theria-run/Random.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

using namespace theria::run;
using llvm::Expected;
using llvm::StringRef;
using mlir::RankedTensorType;
using mlir::Type;

Expected<FillSpec> theria::run::parseFill(StringRef text) {
  FillSpec fill;
  auto [name, seed] = text.split(':');
  if (name == "normal" || name == "uniform") {
    fill.kind = name == "normal" ? FillSpec::Normal : FillSpec::Uniform;
    if (seed.getAsInteger(10, fill.seed))
      return error("expected '" + name + ":SEED' with a seed from 0 to 2^64-1, but found '" + text + "'");
    return fill;
  }
  if (text == "zeros" || text == "ones") {
    fill.kind = text == "zeros" ? FillSpec::Zeros : FillSpec::Ones;
    return fill;
  }
  if (text.empty())
    return error("expected normal:SEED, uniform:SEED, zeros, ones or a number, "
                 "but found nothing");
  fill.kind = FillSpec::Literal;
  fill.literal = text.str();
  return fill;
}

/// Parses "2x3xf32" or, for rank 0, "f32".
static Expected<RankedTensorType> parseShapedType(StringRef text, mlir::MLIRContext *context) {
  // MLIR's own parser reads it; its diagnostics would point into a string that
  // the user never wrote.
  mlir::ScopedDiagnosticHandler silence(context, [](mlir::Diagnostic &) { return mlir::success(); });
  const std::string spelled = ("tensor<" + text + ">").str();
  auto type = llvm::dyn_cast_if_present<RankedTensorType>(mlir::parseType(spelled, context));
  if (!type || !type.hasStaticShape() || type.getEncoding() || !isSupportedElement(type.getElementType()))
    return error("expected a shape and element type such as 2x3xf32 before "
                 "'=', but found '" +
                 text + "'");
  return type;
}

Expected<InputSpec> theria::run::parseInput(StringRef text, mlir::MLIRContext *context) {
  if (text.consume_front("@")) {
    if (text.empty())
      return error("expected the name of a file after '@', but found nothing");
    return FileInput{text.str()};
  }
  if (text.empty())
    return error("expected @FILE.npy, SHAPExTYPE=FILL or a number, but found "
                 "nothing");
  if (!text.contains('='))
    return ScalarInput{text.str()};
  auto [shape, rest] = text.split('=');
  Expected<RankedTensorType> type = parseShapedType(shape, context);
  if (!type)
    return type.takeError();
  Expected<FillSpec> fill = parseFill(rest);
  if (!fill)
    return fill.takeError();
  return FilledInput{*type, *fill};
}

/// The bits of a FillSpec that gives every element the same value.
static Expected<uint64_t> constantBits(const FillSpec &fill, Type type) {
  if (fill.kind == FillSpec::Literal)
    return parseLiteral(fill.literal, type);
  return parseLiteral(fill.kind == FillSpec::Ones ? "1" : "0", type);
}

Expected<Tensor> theria::run::makeFilled(Type elementType, llvm::ArrayRef<int64_t> shape, const FillSpec &fill) {
  Expected<Tensor> tensor = Tensor::create(elementType, shape);
  if (!tensor)
    return tensor.takeError();
  const bool isRandom = fill.kind == FillSpec::Normal || fill.kind == FillSpec::Uniform;
  if (!isRandom) {
    Expected<uint64_t> bits = constantBits(fill, elementType);
    if (!bits)
      return bits.takeError();
    for (int64_t index = 0; *bits && index < tensor->count; ++index)
      tensor->storeBits(index, *bits);
    return tensor;
  }
  const bool mayBeBool = fill.kind == FillSpec::Uniform;
  if (!llvm::isa<mlir::FloatType>(elementType) && !(mayBeBool && elementType.isInteger(1))) {
    return error("expected a floating-point element type for random values, "
                 "but found " +
                 formatType(elementType) + "; give zeros, ones, a number or a file");
  }
  if (fill.kind == FillSpec::Normal)
    fillNormal(*tensor, fill.seed);
  else
    fillUniform(*tensor, fill.seed);
  return tensor;
}
