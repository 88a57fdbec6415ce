//===- SdpaAssembly.cpp - the text of the sdpa operations -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clauses come in any order and are printed in one; operand types follow in the order of the text. A region holds one
// argument more for each captured value; where its header leaves these out, it is written with the captured names.
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaClauses.h"

using namespace mlir;

namespace theria {

namespace {
/// Operand segments, in the order of the operations' arguments.
enum Segment {
  Query,
  Key,
  ValueSegment,
  Cotangents,
  Tangents,
  Scale,
  Bias,
  Mask,
  QueryLengths,
  KeyLengths,
  ScoreCaptures,
  WhereCaptures,
  NumSegments
};

class SdpaParser {
public:
  SdpaParser(OpAsmParser &parser, OperationState &state) : parser(parser), state(state) {}
  ParseResult parse(bool cotangents, bool tangents);

private:
  ParseResult parseOperand(Segment segment);
  ParseResult parseOperands(Segment segment);
  ParseResult parseClause(StringRef keyword, SMLoc loc);
  ParseResult parseScale();
  ParseResult parseFloat(StringRef name);
  ParseResult parseCausal();
  ParseResult parseWindow();
  ParseResult parseRegionClause(Segment captures, Region &region);
  ParseResult resolve(bool cotangents, bool tangents);
  ParseResult bindCaptures(Segment captures, Region &region, unsigned ownArguments);

  OpAsmParser &parser;
  OperationState &state;
  SmallVector<std::pair<Segment, OpAsmParser::UnresolvedOperand>> written;
  SmallVector<Value> segments[NumSegments];
  Region *score = nullptr, *where = nullptr;
  SmallVector<StringRef> seen;
};
} // namespace

ParseResult SdpaParser::parseOperand(Segment segment) {
  written.push_back({segment, {}});
  return parser.parseOperand(written.back().second);
}

ParseResult SdpaParser::parseOperands(Segment segment) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  if (parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren))
    return failure();
  for (const auto &operand : operands)
    written.push_back({segment, operand});
  return success();
}

ParseResult SdpaParser::parseFloat(StringRef name) {
  FloatAttr value;
  return parser.parseAttribute(value, parser.getBuilder().getF64Type(), name, state.attributes);
}

ParseResult SdpaParser::parseScale() {
  if (succeeded(parser.parseOptionalEqual()))
    return parseFloat("scale_value");
  return failure(parser.parseLParen() || parseOperand(Scale) || parser.parseRParen());
}

ParseResult SdpaParser::parseCausal() {
  Causal alignment = Causal::TopLeft;
  if (succeeded(parser.parseOptionalLParen())) {
    StringRef name;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&name) || parser.parseRParen())
      return failure();
    std::optional<Causal> parsed = symbolizeCausal(name);
    if (!parsed)
      return parser.emitError(loc) << "expected 'bottom_right' or 'top_left', but found '" << name
                                   << "'; write causal(bottom_right) or causal";
    alignment = *parsed;
  }
  state.addAttribute("causal", CausalAttr::get(parser.getContext(), alignment));
  return success();
}

ParseResult SdpaParser::parseWindow() {
  int64_t left, right;
  if (parser.parseLParen() || parser.parseInteger(left) || parser.parseComma() || parser.parseInteger(right) ||
      parser.parseRParen())
    return failure();
  state.addAttribute("window", parser.getBuilder().getDenseI64ArrayAttr({left, right}));
  return success();
}

ParseResult SdpaParser::parseRegionClause(Segment captures, Region &region) {
  SMLoc loc = parser.getCurrentLocation();
  if (succeeded(parser.parseOptionalLParen())) {
    SmallVector<OpAsmParser::UnresolvedOperand> operands;
    if (parser.parseOperandList(operands) || parser.parseRParen())
      return failure();
    for (const auto &operand : operands)
      written.push_back({captures, operand});
  }
  if (parser.parseRegion(region))
    return failure();
  if (!region.hasOneBlock())
    return parser.emitError(loc) << "expected one block in the region, but found " << region.getBlocks().size()
                                 << "; write branches as arith.select or scf.if";
  return success();
}

ParseResult SdpaParser::parseClause(StringRef keyword, SMLoc loc) {
  if (llvm::is_contained(seen, keyword))
    return parser.emitError(loc) << "expected the clause '" << keyword << "' once, but found it twice; remove one";
  seen.push_back(keyword);
  if (keyword == "scale")
    return parseScale();
  if (keyword == "softcap")
    return failure(parser.parseLParen() || parseFloat("softcap") || parser.parseRParen());
  if (keyword == "causal")
    return parseCausal();
  if (keyword == "window")
    return parseWindow();
  if (keyword == "bias")
    return failure(parser.parseLParen() || parseOperand(Bias) || parser.parseRParen());
  if (keyword == "mask")
    return failure(parser.parseLParen() || parseOperand(Mask) || parser.parseRParen());
  if (keyword == "lengths")
    return failure(parser.parseLParen() || parseOperand(QueryLengths) || parser.parseComma() ||
                   parseOperand(KeyLengths) || parser.parseRParen());
  if (keyword == "score")
    return parseRegionClause(ScoreCaptures, *score);
  if (keyword == "where")
    return parseRegionClause(WhereCaptures, *where);
  return parser.emitError(loc) << "expected a clause (scale, softcap, score, bias, causal, window, mask, lengths or "
                                  "where), but found '"
                               << keyword << "'; remove it";
}

ParseResult SdpaParser::parse(bool cotangents, bool tangents) {
  score = state.addRegion();
  where = state.addRegion();
  if (parseOperand(Query) || parser.parseComma() || parseOperand(Key) || parser.parseComma() ||
      parseOperand(ValueSegment))
    return failure();
  if (cotangents && (parser.parseKeyword("cotangents") || parseOperands(Cotangents)))
    return failure();
  if (tangents && (parser.parseKeyword("tangents") || parseOperands(Tangents)))
    return failure();
  StringRef keyword;
  for (SMLoc loc = parser.getCurrentLocation(); succeeded(parser.parseOptionalKeyword(&keyword));
       loc = parser.getCurrentLocation())
    if (parseClause(keyword, loc))
      return failure();
  if (parser.parseOptionalAttrDict(state.attributes))
    return failure();
  return resolve(cotangents, tangents);
}

/// Whether an operation stands in a region of the operation that is being parsed, which has no regions yet.
static bool isWithin(Operation *op, Region &region) {
  Region *around = op->getParentRegion();
  while (around && around != &region)
    around = around->getParentOp() ? around->getParentRegion() : nullptr;
  return around;
}

/// Adds the arguments of captured values that the header left out, and turns uses of the values into uses of these.
ParseResult SdpaParser::bindCaptures(Segment captures, Region &region, unsigned ownArguments) {
  if (region.empty() || region.getNumArguments() != ownArguments)
    return success();
  for (Value capture : segments[captures]) {
    Value argument = region.addArgument(capture.getType(), capture.getLoc());
    capture.replaceUsesWithIf(argument, [&](OpOperand &use) { return isWithin(use.getOwner(), region); });
  }
  return success();
}

ParseResult SdpaParser::resolve(bool cotangents, bool tangents) {
  FunctionType type;
  SMLoc loc;
  if (parser.parseColon() || parser.getCurrentLocation(&loc) || parser.parseType(type))
    return failure();
  if (type.getNumInputs() != written.size())
    return parser.emitError(loc) << "expected the types of " << written.size()
                                 << " operands in the order in which they are written, but found "
                                 << type.getNumInputs() << "; list one for each";
  for (auto [operand, operandType] : llvm::zip_equal(written, type.getInputs()))
    if (parser.resolveOperand(operand.second, operandType, segments[operand.first]))
      return failure();
  SmallVector<int32_t> sizes;
  for (int segment = 0; segment < NumSegments; ++segment) {
    if ((segment == Cotangents && !cotangents) || (segment == Tangents && !tangents))
      continue;
    sizes.push_back(segments[segment].size());
    state.addOperands(segments[segment]);
  }
  state.addAttribute("operandSegmentSizes", parser.getBuilder().getDenseI32ArrayAttr(sizes));
  state.addTypes(type.getResults());
  return failure(bindCaptures(ScoreCaptures, *score, 5) || bindCaptures(WhereCaptures, *where, 4));
}

ParseResult parseSdpa(OpAsmParser &parser, OperationState &state, bool cotangents, bool tangents) {
  return SdpaParser(parser, state).parse(cotangents, tangents);
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
struct SdpaPrinter {
  void list(StringRef keyword, ValueRange operands) {
    printer << ' ' << keyword << '(' << operands << ')';
    llvm::append_range(types, operands.getTypes());
  }
  void optional(StringRef keyword, Value operand) {
    if (operand)
      list(keyword, operand);
  }
  void attribute(StringRef keyword, FloatAttr value, StringRef open, StringRef close) {
    if (!value)
      return;
    printer << ' ' << keyword << open;
    printer.printAttributeWithoutType(value);
    printer << close;
  }
  void region(StringRef keyword, Region &region, ValueRange captures);

  OpAsmPrinter &printer;
  SmallVector<Type> types;
};
} // namespace

void SdpaPrinter::region(StringRef keyword, Region &region, ValueRange captures) {
  if (region.empty())
    return;
  if (captures.empty())
    printer << ' ' << keyword;
  else
    list(keyword, captures);
  printer << ' ';
  printer.printRegion(region);
}

void printSdpa(OpAsmPrinter &printer, const SdpaClauses &clauses, std::optional<ValueRange> cotangents,
               std::optional<ValueRange> tangents) {
  SdpaPrinter text{printer, {clauses.query.getType(), clauses.key.getType(), clauses.value.getType()}};
  printer << ' ' << clauses.query << ", " << clauses.key << ", " << clauses.value;
  if (cotangents)
    text.list("cotangents", *cotangents);
  if (tangents)
    text.list("tangents", *tangents);
  text.attribute("scale", clauses.scaleValue, " = ", "");
  text.optional("scale", clauses.scale);
  text.attribute("softcap", clauses.softcap, "(", ")");
  text.region("score", *clauses.score, clauses.scoreCaptures);
  text.optional("bias", clauses.bias);
  if (clauses.causal)
    printer << (*clauses.causal == Causal::TopLeft ? " causal" : " causal(bottom_right)");
  if (clauses.window)
    printer << " window(" << (*clauses.window)[0] << ", " << (*clauses.window)[1] << ')';
  text.optional("mask", clauses.mask);
  if (clauses.queryLengths)
    text.list("lengths", SmallVector<Value>{clauses.queryLengths, clauses.keyLengths});
  text.region("where", *clauses.where, clauses.whereCaptures);
  printer.printOptionalAttrDict(clauses.op->getAttrs(),
                                {"scale_value", "softcap", "causal", "window", "operandSegmentSizes"});
  printer << " : ";
  printer.printFunctionalType(text.types, clauses.op->getResultTypes());
}

ParseResult SdpaOp::parse(OpAsmParser &parser, OperationState &state) { return parseSdpa(parser, state, false, false); }
ParseResult SdpaJvpOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSdpa(parser, state, false, true);
}
ParseResult SdpaVjpOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSdpa(parser, state, true, false);
}
ParseResult SdpaHvpOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSdpa(parser, state, true, true);
}

void SdpaOp::print(OpAsmPrinter &printer) { printSdpa(printer, SdpaClauses(*this), std::nullopt, std::nullopt); }
void SdpaJvpOp::print(OpAsmPrinter &printer) {
  printSdpa(printer, SdpaClauses(*this), std::nullopt, ValueRange(getTangents()));
}
void SdpaVjpOp::print(OpAsmPrinter &printer) {
  printSdpa(printer, SdpaClauses(*this), ValueRange(getCotangents()), std::nullopt);
}
void SdpaHvpOp::print(OpAsmPrinter &printer) {
  printSdpa(printer, SdpaClauses(*this), ValueRange(getCotangents()), ValueRange(getTangents()));
}

//===----------------------------------------------------------------------===//
// Names of results and coordinates
//===----------------------------------------------------------------------===//

void nameSdpaResults(Operation *op, ArrayRef<StringRef> names, OpAsmSetValueNameFn setName) {
  for (auto [result, name] : llvm::zip(op->getResults(), names))
    setName(result, name);
}

void nameSdpaArguments(Region &region, bool score, OpAsmSetValueNameFn setName) {
  StringRef names[] = {"s", "b", "h", "i", "j"};
  for (auto [argument, name] : llvm::zip(region.getArguments(), ArrayRef(names).drop_front(score ? 0 : 1)))
    setName(argument, name);
}

void SdpaOp::getAsmResultNames(OpAsmSetValueNameFn setName) { nameSdpaResults(*this, {"out", "lse"}, setName); }
void SdpaJvpOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameSdpaResults(*this, {"out", "lse", "out_tangent", "lse_tangent"}, setName);
}
void SdpaVjpOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameSdpaResults(*this, {"out", "lse", "query_cotangent", "key_cotangent", "value_cotangent", "operand_cotangents"},
                  setName);
}
void SdpaHvpOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameSdpaResults(*this, {"query_hvp", "key_hvp", "value_hvp", "operand_hvps"}, setName);
}

void SdpaOp::getAsmBlockArgumentNames(Region &region, OpAsmSetValueNameFn setName) {
  nameSdpaArguments(region, &region == &getScore(), setName);
}
void SdpaJvpOp::getAsmBlockArgumentNames(Region &region, OpAsmSetValueNameFn setName) {
  nameSdpaArguments(region, &region == &getScore(), setName);
}
void SdpaVjpOp::getAsmBlockArgumentNames(Region &region, OpAsmSetValueNameFn setName) {
  nameSdpaArguments(region, &region == &getScore(), setName);
}
void SdpaHvpOp::getAsmBlockArgumentNames(Region &region, OpAsmSetValueNameFn setName) {
  nameSdpaArguments(region, &region == &getScore(), setName);
}

} // namespace theria
