//===- Inputs.cpp - Binding what is given to a signature ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Inputs.h"

#include "tools/theria-run/Literal.h"

using namespace theria::run;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::SmallVector;
using llvm::Twine;
using mlir::ShapedType;

static std::string spell(const Port &port) { return port.name + ": " + formatType(port.type); }

static llvm::Error at(size_t index, const Port &port, llvm::Error err) {
  return error("input " + Twine(index) + " (" + spell(port) + "): " + llvm::toString(std::move(err)));
}

static bool matches(ArrayRef<int64_t> wanted, ArrayRef<int64_t> found) {
  return wanted.size() == found.size() && llvm::all_of(llvm::zip(wanted, found), [](auto pair) {
           auto [want, find] = pair;
           return ShapedType::isDynamic(want) || want == find;
         });
}

static llvm::Error checkShape(ArrayRef<int64_t> wanted, ArrayRef<int64_t> found) {
  if (wanted.size() != found.size())
    return error("expected rank " + Twine(wanted.size()) + " (" + formatShape(wanted) + "), but found rank " +
                 Twine(found.size()) + " (" + formatShape(found) + ")");
  if (!matches(wanted, found))
    return error("expected shape " + formatShape(wanted) + ", but found " + formatShape(found));
  return llvm::Error::success();
}

static Expected<Tensor> makeGiven(const Port &port, llvm::StringRef text, mlir::MLIRContext *context) {
  const mlir::Type element = port.elementType();
  Expected<InputSpec> spec = parseInput(text, context);
  if (!spec)
    return spec.takeError();
  if (auto *file = std::get_if<FileInput>(&*spec))
    return readTensor(file->path, element);
  if (auto *scalar = std::get_if<ScalarInput>(&*spec)) {
    if (!port.shape().empty())
      return error("expected @FILE.npy or SHAPExTYPE=FILL for a tensor, but "
                   "found '" +
                   scalar->literal + "'");
    return makeFilled(element, {}, {FillSpec::Literal, 0, scalar->literal});
  }
  const auto &filled = std::get<FilledInput>(*spec);
  if (filled.type.getElementType() != element)
    return error("expected element type " + formatType(element) + ", but found " + formatType(filled.type));
  // Before memory is asked for.
  if (llvm::Error err = checkShape(port.shape(), filled.type.getShape()))
    return err;
  return makeFilled(element, filled.type.getShape(), filled.fill);
}

namespace {

/// Binds one input after the other, and the sizes of each shape class by the first input that has them.
class Binder {
public:
  Binder(const Signature &signature, std::optional<FillSpec> fill, mlir::MLIRContext *context)
      : signature(signature), fill(fill), context(context) {}

  /// The next input: what `text` says, or for "_" what --fill makes of it.
  llvm::Error bindNext(llvm::StringRef text);

  SmallVector<Tensor> bound;

private:
  Expected<Tensor> makeFromFill(const Port &port) const;
  /// The bound input that first had the shape class of `port`.
  std::optional<size_t> findAlike(const Port &port) const;

  const Signature &signature;
  std::optional<FillSpec> fill;
  mlir::MLIRContext *context;
};

} // namespace

std::optional<size_t> Binder::findAlike(const Port &port) const {
  for (size_t index = 0; index < bound.size(); ++index)
    if (signature.inputs[index].shapeClass == port.shapeClass)
      return index;
  return std::nullopt;
}

Expected<Tensor> Binder::makeFromFill(const Port &port) const {
  SmallVector<int64_t> shape(port.shape());
  if (std::optional<size_t> alike = findAlike(port))
    shape = bound[*alike].shape;
  if (!fill)
    return error("expected a value, but found '_' without --fill; give one of the two");
  if (ShapedType::isDynamicShape(shape))
    return error("expected a size for each '?', but --fill has none; give its shape with --input=SHAPExTYPE=FILL");
  FillSpec own = *fill;
  own.seed += bound.size();
  return makeFilled(port.elementType(), shape, own);
}

llvm::Error Binder::bindNext(llvm::StringRef text) {
  const size_t index = bound.size();
  const Port &port = signature.inputs[index];
  Expected<Tensor> tensor = text == "_" ? makeFromFill(port) : makeGiven(port, text, context);
  if (!tensor)
    return at(index, port, tensor.takeError());
  if (llvm::Error err = checkShape(port.shape(), tensor->shape))
    return at(index, port, std::move(err));
  std::optional<size_t> alike = findAlike(port);
  if (alike && bound[*alike].shape != tensor->shape)
    return at(index, port,
              error("expected shape " + formatShape(bound[*alike].shape) + " as " + signature.inputs[*alike].name +
                    " has, but found " + formatShape(tensor->shape)));
  bound.push_back(std::move(*tensor));
  return llvm::Error::success();
}

static std::string spellCount(size_t inputs) { return std::to_string(inputs) + (inputs == 1 ? " input" : " inputs"); }

static llvm::Error checkCount(const Signature &signature, size_t given, bool hasFill) {
  const size_t wanted = signature.inputs.size();
  if (given > wanted)
    return error("expected at most " + spellCount(wanted) + ", but found " + Twine(given) + "; see --signature");
  if (given == wanted || hasFill)
    return llvm::Error::success();
  std::string missing;
  for (const Port &port : llvm::drop_begin(signature.inputs, given))
    missing += (missing.empty() ? "" : ", ") + spell(port);
  return error("expected " + spellCount(wanted) + ", but found " + Twine(given) + "; give --input for " + missing +
               ", or --fill for all of them");
}

Expected<SmallVector<Tensor>> theria::run::bindInputs(const Signature &signature, ArrayRef<std::string> given,
                                                      std::optional<FillSpec> fill, mlir::MLIRContext *context) {
  if (llvm::Error err = checkCount(signature, given.size(), fill.has_value()))
    return err;
  Binder binder(signature, fill, context);
  for (size_t index = 0; index < signature.inputs.size(); ++index)
    if (llvm::Error err = binder.bindNext(index < given.size() ? llvm::StringRef(given[index]) : "_"))
      return err;
  return std::move(binder.bound);
}
