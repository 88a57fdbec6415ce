//===- Sdpa.cpp - the operator contract: shapes and types -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaClauses.h"

#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace theria {

Type SdpaClauses::accumulationType() const {
  Type element = type(query).getElementType();
  return element.isF64() ? element : Float32Type::get(element.getContext());
}

SmallVector<Value> SdpaClauses::allOperands() const {
  SmallVector<Value> operands{query, key, value};
  for (Value optional : {scale, bias, mask, queryLengths, keyLengths})
    if (optional)
      operands.push_back(optional);
  llvm::append_range(operands, scoreCaptures);
  llvm::append_range(operands, whereCaptures);
  return operands;
}

SmallVector<Value> SdpaClauses::differentiableOperands() const {
  SmallVector<Value> operands{query, key, value};
  for (Value optional : {scale, bias})
    if (optional)
      operands.push_back(optional);
  for (ValueRange captures : {scoreCaptures, whereCaptures})
    for (Value capture : captures)
      if (isDifferentiable(capture.getType()))
        operands.push_back(capture);
  return operands;
}

std::pair<RankedTensorType, RankedTensorType> SdpaClauses::resultTypes() const {
  ArrayRef<int64_t> shape = type(query).getShape();
  int64_t valueDepth = type(value).getDimSize(3);
  return {RankedTensorType::get({shape[0], shape[1], shape[2], valueDepth}, type(query).getElementType()),
          RankedTensorType::get(shape.take_front(3), accumulationType())};
}

namespace {
/// Checks one operation; `error` carries the three parts of a message.
class SdpaVerifier {
public:
  SdpaVerifier(const SdpaClauses &clauses) : clauses(clauses), op(clauses.op) {}

  LogicalResult operands();
  LogicalResult heads();
  LogicalResult results(Value out, Value lse);
  LogicalResult pairOperand(Value operand, StringRef name);
  LogicalResult scalars();
  LogicalResult lengths();
  LogicalResult region(Region &region, ArrayRef<Type> own, Type yielded, ValueRange captures, StringRef name);
  LogicalResult yield(Region &region, Type yielded, StringRef name);

private:
  InFlightDiagnostic error() { return op->emitOpError(); }
  InFlightDiagnostic yieldError(Type yielded, StringRef name) {
    return error() << "expected the " << name << " region to end in one theria.yield of " << yielded
                   << "; yield a single scalar of this type";
  }
  int64_t size(Value tensor, int64_t dim) { return clauses.type(tensor).getDimSize(dim); }
  LogicalResult sameSize(Value a, int64_t dimA, Value b, int64_t dimB, StringRef what);

  const SdpaClauses &clauses;
  Operation *op;
};
} // namespace

LogicalResult SdpaVerifier::sameSize(Value a, int64_t dimA, Value b, int64_t dimB, StringRef what) {
  if (succeeded(verifyCompatibleShape({size(a, dimA)}, {size(b, dimB)})))
    return success();
  return error() << "expected " << what << " to agree, but found " << size(a, dimA) << " in " << a.getType() << " and "
                 << size(b, dimB) << " in " << b.getType() << "; make the dimensions equal";
}

LogicalResult SdpaVerifier::operands() {
  for (auto [operand, name] : {std::pair{clauses.query, "query"}, {clauses.key, "key"}, {clauses.value, "value"}}) {
    RankedTensorType type = clauses.type(operand);
    if (type.getRank() != 4)
      return error() << "expected a " << name << " of rank 4, batch×heads×rows×depth, but found " << type
                     << "; add the missing dimensions with tensor.expand_shape";
    if (type.getEncoding())
      return error() << "expected a dense " << name << ", but found " << type << "; cast it with theria.pair_cast";
    if (type.getElementType() != clauses.type(clauses.query).getElementType())
      return error() << "expected query, key and value of one element type, but found " << clauses.query.getType()
                     << " and " << type << "; extend or truncate one of them";
  }
  if (failed(sameSize(clauses.query, 0, clauses.key, 0, "the batch of query and key")) ||
      failed(sameSize(clauses.key, 0, clauses.value, 0, "the batch of key and value")) ||
      failed(sameSize(clauses.key, 1, clauses.value, 1, "the heads of key and value")) ||
      failed(sameSize(clauses.key, 2, clauses.value, 2, "the rows of key and value")) ||
      failed(sameSize(clauses.query, 3, clauses.key, 3, "the depth of query and key")))
    return failure();
  return heads();
}

LogicalResult SdpaVerifier::heads() {
  int64_t heads = size(clauses.query, 1), keyHeads = size(clauses.key, 1);
  if (ShapedType::isDynamic(heads) || ShapedType::isDynamic(keyHeads) || heads == keyHeads ||
      (keyHeads > 0 && heads % keyHeads == 0))
    return success();
  return error() << "expected the query's heads to be a multiple of the key's, but found " << heads << " and "
                 << keyHeads << "; group the queries so that each key head serves the same number";
}

LogicalResult SdpaVerifier::results(Value out, Value lse) {
  auto [wantOut, wantLse] = clauses.resultTypes();
  for (auto [result, want] : {std::pair{out, Type(wantOut)}, {lse, Type(wantLse)}})
    if (result.getType() != want)
      return error() << "expected a result of type " << want << ", but found " << result.getType()
                     << "; 'out' is batch×heads×rows×value depth, 'lse' batch×heads×rows in the accumulation type";
  return success();
}

LogicalResult SdpaVerifier::pairOperand(Value operand, StringRef name) {
  if (!operand)
    return success();
  RankedTensorType type = clauses.type(operand);
  if (type.getRank() != 4)
    return error() << "expected a " << name << " of rank 4, batch×heads×rows×keys, but found " << type
                   << "; give broadcast dimensions the size 1";
  for (auto [dim, tensor, tensorDim] :
       {std::tuple{0, clauses.query, 0}, {1, clauses.query, 1}, {2, clauses.query, 2}, {3, clauses.key, 2}})
    if (type.getDimSize(dim) != 1 &&
        failed(sameSize(operand, dim, tensor, tensorDim, (name + " and the scores").str())))
      return failure();
  auto mark = PairAttr::get(op->getContext(), 2, 3);
  if (type.getEncoding() && type.getEncoding() != mark)
    return error() << "expected a dense " << name << " or one marked " << mark << ", but found " << type
                   << "; cast it with theria.pair_cast";
  return success();
}

LogicalResult SdpaVerifier::scalars() {
  Type accumulation = clauses.accumulationType();
  if (clauses.scale && clauses.scaleValue)
    return error() << "expected one scale, but found an operand and an attribute; remove one";
  if (clauses.scale && clauses.scale.getType() != accumulation)
    return error() << "expected a scale of type " << accumulation << ", but found " << clauses.scale.getType()
                   << "; convert it to the accumulation type";
  if (clauses.softcap) {
    bool inexact;
    APFloat cap = clauses.softcap.getValue();
    cap.convert(cast<FloatType>(accumulation).getFloatSemantics(), APFloat::rmNearestTiesToEven, &inexact);
    if (cap.isNegative() || !cap.isFiniteNonZero())
      return error() << "expected a softcap that is positive and finite in " << accumulation << ", but found "
                     << clauses.softcap.getValueAsDouble() << "; leave the clause out to have no cap";
  }
  if (clauses.window && ((*clauses.window).size() != 2 || (*clauses.window)[0] < 0 || (*clauses.window)[1] < 0))
    return error() << "expected a window of two sizes that are not negative, but found [" << *clauses.window
                   << "]; window(left, right) counts the keys on each side";
  if (clauses.bias) {
    Type element = clauses.type(clauses.bias).getElementType();
    if (element != accumulation && element != clauses.type(clauses.query).getElementType())
      return error() << "expected a bias of the query's element type or of " << accumulation << ", but found "
                     << clauses.bias.getType() << "; extend or truncate it";
  }
  return success();
}

LogicalResult SdpaVerifier::lengths() {
  for (Value length : {clauses.queryLengths, clauses.keyLengths}) {
    if (!length)
      continue;
    if (clauses.type(length).getRank() != 1)
      return error() << "expected lengths of rank 1, one for each batch element, but found " << length.getType()
                     << "; list them in one dimension";
    if (failed(sameSize(clauses.query, 0, length, 0, "the batch of the query and of the lengths")))
      return failure();
  }
  if (bool(clauses.queryLengths) != bool(clauses.keyLengths))
    return error() << "expected the lengths of rows and of keys, but found one of them; write lengths(%n, %m)";
  return success();
}

LogicalResult SdpaVerifier::region(Region &region, ArrayRef<Type> own, Type yielded, ValueRange captures,
                                   StringRef name) {
  if (region.empty()) {
    if (captures.empty())
      return success();
    return error() << "expected a " << name << " region for its " << captures.size()
                   << " captured values, but found none; remove them or write the region";
  }
  SmallVector<Type> want(own);
  llvm::append_range(want, captures.getTypes());
  if (TypeRange(region.getArgumentTypes()) != TypeRange(want))
    return error() << "expected the " << name << " region to take (" << want << "), but found ("
                   << region.getArgumentTypes() << "); its coordinates are of type index";
  return region.hasOneBlock() && !region.front().empty() && isa<YieldOp>(region.front().back())
             ? success()
             : yieldError(yielded, name);
}

/// What needs the region's operations to be valid.
LogicalResult SdpaVerifier::yield(Region &region, Type yielded, StringRef name) {
  if (region.empty())
    return success();
  if (cast<YieldOp>(region.front().back()).getValue().getType() != yielded)
    return yieldError(yielded, name);
  llvm::SetVector<Value> outer;
  getUsedValuesDefinedAbove(region, outer);
  for (Value value : outer)
    if (!value.getDefiningOp() || !value.getDefiningOp()->hasTrait<OpTrait::ConstantLike>())
      return error() << "expected every value that the " << name << " region uses to be listed, but found one of type "
                     << value.getType() << " from outside; add it to " << name << "(…)";
  return success();
}

LogicalResult verifySdpa(const SdpaClauses &clauses, Value out, Value lse) {
  SdpaVerifier verifier(clauses);
  MLIRContext *context = clauses.op->getContext();
  Type index = IndexType::get(context), accumulation = clauses.accumulationType();
  return failure(failed(verifier.operands()) || failed(verifier.pairOperand(clauses.bias, "bias")) ||
                 failed(verifier.pairOperand(clauses.mask, "mask")) || failed(verifier.scalars()) ||
                 failed(verifier.lengths()) ||
                 failed(verifier.region(*clauses.score, {accumulation, index, index, index, index}, accumulation,
                                        clauses.scoreCaptures, "score")) ||
                 failed(verifier.region(*clauses.where, {index, index, index, index}, IntegerType::get(context, 1),
                                        clauses.whereCaptures, "where")) ||
                 (out && failed(verifier.results(out, lse))));
}

static LogicalResult verifyYields(const SdpaClauses &clauses) {
  SdpaVerifier verifier(clauses);
  return failure(failed(verifier.yield(*clauses.score, clauses.accumulationType(), "score")) ||
                 failed(verifier.yield(*clauses.where, IntegerType::get(clauses.op->getContext(), 1), "where")));
}

LogicalResult SdpaOp::verifyRegions() { return verifyYields(SdpaClauses(*this)); }
LogicalResult SdpaJvpOp::verifyRegions() { return verifyYields(SdpaClauses(*this)); }
LogicalResult SdpaVjpOp::verifyRegions() { return verifyYields(SdpaClauses(*this)); }
LogicalResult SdpaHvpOp::verifyRegions() { return verifyYields(SdpaClauses(*this)); }

/// Checks a list of tangents or cotangents against the types it must have.
static LogicalResult verifyList(Operation *op, StringRef what, TypeRange found, TypeRange want) {
  if (found == want)
    return success();
  return op->emitOpError() << "expected " << what << " of types (" << want << "), but found (" << found
                           << "); give one for each, in the order query, key, value, scale, bias, captured floats";
}

static LogicalResult verifyResultCotangents(Operation *op, ValueRange cotangents, TypeRange want) {
  if (!cotangents.empty() && cotangents.size() <= 2 && TypeRange(cotangents) == want.take_front(cotangents.size()))
    return success();
  return op->emitOpError() << "expected the cotangents of 'out' and, optionally, of 'lse', (" << want
                           << "), but found (" << cotangents.getTypes() << "); each has the type of its result";
}

LogicalResult SdpaOp::verify() { return verifySdpa(SdpaClauses(*this), getOut(), getLse()); }

LogicalResult SdpaJvpOp::verify() {
  SdpaClauses clauses(*this);
  if (failed(verifySdpa(clauses, getOut(), getLse())) ||
      failed(verifyList(*this, "tangents", getTangents().getTypes(),
                        ValueRange(clauses.differentiableOperands()).getTypes())))
    return failure();
  return verifySdpa(clauses, getOutTangent(), getLseTangent());
}

LogicalResult SdpaVjpOp::verify() {
  SdpaClauses clauses(*this);
  if (failed(verifySdpa(clauses, getOut(), getLse())) ||
      failed(verifyResultCotangents(*this, getCotangents(), TypeRange(getResultTypes()).take_front(2))))
    return failure();
  return verifyList(*this, "cotangents of the operands", getOperandCotangents().getTypes(),
                    ValueRange(clauses.differentiableOperands()).getTypes());
}

LogicalResult SdpaHvpOp::verify() {
  SdpaClauses clauses(*this);
  if (failed(verifySdpa(clauses, Value(), Value())))
    return failure();
  auto [out, lse] = clauses.resultTypes();
  SmallVector<Value> differentiable = clauses.differentiableOperands();
  TypeRange operands = ValueRange(differentiable).getTypes();
  if (failed(verifyResultCotangents(*this, getCotangents(), {Type(out), Type(lse)})) ||
      failed(verifyList(*this, "tangents", getTangents().getTypes(), operands)))
    return failure();
  return verifyList(*this, "results", getResultTypes(), operands);
}

} // namespace theria
