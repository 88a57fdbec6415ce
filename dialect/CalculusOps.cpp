//===- CalculusOps.cpp - derivatives of functions: syntax and checks ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;

namespace theria {

SmallVector<int64_t> differentiablePositions(TypeRange types) {
  SmallVector<int64_t> positions;
  for (auto [position, type] : llvm::enumerate(types))
    if (isDifferentiable(type))
      positions.push_back(position);
  return positions;
}

SmallVector<int64_t> differentiatedArguments(TypeRange arguments, std::optional<ArrayRef<int64_t>> wrt) {
  return wrt ? SmallVector<int64_t>(*wrt) : differentiablePositions(arguments);
}

//===----------------------------------------------------------------------===//
// Assembly: @f(%x, …) cotangents(%g, …) tangents(%t, …) wrt = [0] : (…) -> (…)
//===----------------------------------------------------------------------===//

using Operands = SmallVector<OpAsmParser::UnresolvedOperand>;

struct CalculusSyntax {
  Operands primals, cotangents, tangents;
  SmallVector<Type> cotangentTypes;
  DenseI64ArrayAttr wrt;
  FunctionType type;
  SMLoc loc;
};

static ParseResult parseCotangents(OpAsmParser &parser, CalculusSyntax &syntax) {
  if (parser.parseKeyword("cotangents") || parser.parseLParen() || parser.parseOperandList(syntax.cotangents))
    return failure();
  if (succeeded(parser.parseOptionalColon()) && parser.parseTypeList(syntax.cotangentTypes))
    return failure();
  return parser.parseRParen();
}

static ParseResult parseSyntax(OpAsmParser &parser, OperationState &state, bool cotangents, bool tangents,
                               CalculusSyntax &syntax) {
  FlatSymbolRefAttr callee;
  if (parser.parseAttribute(callee, "callee", state.attributes) ||
      parser.parseOperandList(syntax.primals, OpAsmParser::Delimiter::Paren))
    return failure();
  if (cotangents && parseCotangents(parser, syntax))
    return failure();
  if (tangents &&
      (parser.parseKeyword("tangents") || parser.parseOperandList(syntax.tangents, OpAsmParser::Delimiter::Paren)))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("wrt"))) {
    if (parser.parseEqual())
      return failure();
    syntax.wrt = dyn_cast_or_null<DenseI64ArrayAttr>(DenseI64ArrayAttr::parse(parser, Type()));
    if (!syntax.wrt)
      return failure();
    state.addAttribute("wrt", syntax.wrt);
  }
  if (parser.parseOptionalAttrDict(state.attributes) || parser.parseColon())
    return failure();
  syntax.loc = parser.getCurrentLocation();
  return parser.parseType(syntax.type);
}

/// The types that the text leaves out: tangents have those of their primals, cotangents those of the results, or, where
/// the results are not listed (hvp), that of the first argument.
static FailureOr<SmallVector<Type>> tangentTypes(OpAsmParser &parser, const CalculusSyntax &syntax) {
  SmallVector<Type> types;
  std::optional<ArrayRef<int64_t>> wrt;
  if (syntax.wrt)
    wrt = syntax.wrt.asArrayRef();
  for (int64_t position : differentiatedArguments(syntax.type.getInputs(), wrt)) {
    if (position < 0 || position >= syntax.type.getNumInputs()) {
      parser.emitError(syntax.loc) << "expected 'wrt' among the " << syntax.type.getNumInputs()
                                   << " arguments, but found " << position << "; count arguments from 0";
      return failure();
    }
    types.push_back(syntax.type.getInput(position));
  }
  return types;
}

static SmallVector<Type> defaultCotangentTypes(const CalculusSyntax &syntax, bool resultsListed) {
  if (!resultsListed && syntax.type.getNumInputs())
    return SmallVector<Type>(syntax.cotangents.size(), syntax.type.getInput(0));
  SmallVector<Type> types;
  for (Type type : syntax.type.getResults())
    if (isDifferentiable(type) && types.size() < syntax.cotangents.size())
      types.push_back(type);
  return types;
}

static ParseResult resolve(OpAsmParser &parser, OperationState &state, const CalculusSyntax &syntax,
                           const Operands &operands, ArrayRef<Type> types, StringRef what) {
  if (operands.size() != types.size())
    return parser.emitError(syntax.loc) << "expected " << types.size() << ' ' << what << ", but found "
                                        << operands.size() << "; list them in order";
  return parser.resolveOperands(operands, types, syntax.loc, state.operands);
}

static ParseResult parseCalculus(OpAsmParser &parser, OperationState &state, bool cotangents, bool tangents) {
  CalculusSyntax syntax;
  if (parseSyntax(parser, state, cotangents, tangents, syntax))
    return failure();
  FailureOr<SmallVector<Type>> tangentType = tangentTypes(parser, syntax);
  if (failed(tangentType))
    return failure();
  if (syntax.cotangentTypes.empty())
    syntax.cotangentTypes = defaultCotangentTypes(syntax, /*resultsListed=*/!tangents);
  if (cotangents && tangents && syntax.cotangentTypes.empty() && !syntax.cotangents.empty())
    return parser.emitError(syntax.loc)
           << "expected the types of the cotangents, as there is no first argument to take "
              "them from; write cotangents(%g : type)";
  SmallVector<int32_t> segments{int32_t(syntax.primals.size())};
  if (resolve(parser, state, syntax, syntax.primals, syntax.type.getInputs(), "arguments, one for each type"))
    return failure();
  if (cotangents) {
    segments.push_back(syntax.cotangents.size());
    if (resolve(parser, state, syntax, syntax.cotangents, syntax.cotangentTypes,
                "cotangents, one for each floating-point result of the function"))
      return failure();
  }
  if (tangents) {
    segments.push_back(syntax.tangents.size());
    if (resolve(parser, state, syntax, syntax.tangents, *tangentType,
                "tangents, one for each argument in 'wrt' or each floating-point argument"))
      return failure();
  }
  state.addAttribute("operandSegmentSizes", parser.getBuilder().getDenseI32ArrayAttr(segments));
  state.addTypes(syntax.type.getResults());
  return success();
}

template <typename Op> static void printHead(OpAsmPrinter &printer, Op op) {
  printer << ' ' << op.getCalleeAttr() << '(' << op.getPrimals() << ')';
}

template <typename Op> static void printTail(OpAsmPrinter &printer, Op op) {
  if (op.getWrt()) {
    printer << " wrt = ";
    op.getWrtAttr().print(printer);
  }
  printer.printOptionalAttrDict(op->getAttrs(), {"callee", "wrt", "operandSegmentSizes"});
  printer << " : ";
  printer.printFunctionalType(op.getPrimals().getTypes(), op->getResultTypes());
}

ParseResult JvpOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseCalculus(parser, state, false, true);
}
ParseResult VjpOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseCalculus(parser, state, true, false);
}
ParseResult HvpOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseCalculus(parser, state, true, true);
}

void JvpOp::print(OpAsmPrinter &printer) {
  printHead(printer, *this);
  printer << " tangents(" << getTangents() << ')';
  printTail(printer, *this);
}

void VjpOp::print(OpAsmPrinter &printer) {
  printHead(printer, *this);
  printer << " cotangents(" << getCotangents() << ')';
  printTail(printer, *this);
}

void HvpOp::print(OpAsmPrinter &printer) {
  printHead(printer, *this);
  printer << " cotangents(" << getCotangents();
  if (!getCotangents().empty())
    printer << " : " << getCotangents().getTypes();
  printer << ") tangents(" << getTangents() << ')';
  printTail(printer, *this);
}

//===----------------------------------------------------------------------===//
// Verification against the function
//===----------------------------------------------------------------------===//

static LogicalResult verifyTypes(Operation *op, StringRef what, TypeRange found, ArrayRef<Type> want) {
  if (found.size() != want.size())
    return op->emitOpError() << "expected " << want.size() << ' ' << what << ", but found " << found.size()
                             << "; give one for each differentiated value, in order";
  for (auto [position, types] : llvm::enumerate(llvm::zip_equal(found, want)))
    if (std::get<0>(types) != std::get<1>(types))
      return op->emitOpError() << "expected " << what << " #" << position << " of type " << std::get<1>(types)
                               << ", but found " << std::get<0>(types)
                               << "; it has the type of its value in the function";
  return success();
}

static SmallVector<Type> pick(TypeRange types, ArrayRef<int64_t> positions) {
  return llvm::map_to_vector(positions, [&](int64_t position) { return types[position]; });
}

static LogicalResult verifyWrt(Operation *op, FunctionType type, std::optional<ArrayRef<int64_t>> wrt) {
  if (!wrt)
    return success();
  for (auto [number, position] : llvm::enumerate(*wrt)) {
    if (position < 0 || position >= type.getNumInputs())
      return op->emitOpError() << "expected 'wrt' among the " << type.getNumInputs() << " arguments, but found "
                               << position << "; count arguments from 0";
    if (!isDifferentiable(type.getInput(position)))
      return op->emitOpError() << "expected floating-point arguments in 'wrt', but argument " << position << " is "
                               << type.getInput(position) << "; leave it out";
    if (number && (*wrt)[number - 1] >= position)
      return op->emitOpError() << "expected the positions of 'wrt' in increasing order, but found " << position
                               << " after " << (*wrt)[number - 1] << "; sort them";
  }
  return success();
}

template <typename Op>
static LogicalResult verifyCall(Op op, SymbolTableCollection &symbols, std::optional<TypeRange> cotangents,
                                std::optional<TypeRange> tangents) {
  auto function = symbols.lookupNearestSymbolFrom<func::FuncOp>(op, op.getCalleeAttr());
  if (!function)
    return op.emitOpError() << "expected the name of a function, but found no " << op.getCalleeAttr()
                            << " in the module; define or declare it";
  FunctionType type = function.getFunctionType();
  if (failed(verifyTypes(op, "arguments", op.getPrimals().getTypes(), type.getInputs())) ||
      failed(verifyWrt(op, type, op.getWrt())))
    return failure();
  SmallVector<Type> inputs = pick(type.getInputs(), differentiatedArguments(type.getInputs(), op.getWrt()));
  SmallVector<Type> outputs = pick(type.getResults(), differentiablePositions(type.getResults()));
  if (tangents && failed(verifyTypes(op, "tangents", *tangents, inputs)))
    return failure();
  if (cotangents && failed(verifyTypes(op, "cotangents", *cotangents, outputs)))
    return failure();
  SmallVector<Type> results;
  if (!(cotangents && tangents))
    results.append(type.getResults().begin(), type.getResults().end());
  llvm::append_range(results, cotangents ? inputs : outputs);
  return verifyTypes(op, "results", op->getResultTypes(), results);
}

LogicalResult JvpOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyCall(*this, symbols, std::nullopt, TypeRange(getTangents()));
}
LogicalResult VjpOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyCall(*this, symbols, TypeRange(getCotangents()), std::nullopt);
}
LogicalResult HvpOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyCall(*this, symbols, TypeRange(getCotangents()), TypeRange(getTangents()));
}

//===----------------------------------------------------------------------===//
// tangent_call
//===----------------------------------------------------------------------===//

/// The callee is checked like any other, the rule like the one that the callee declares.
LogicalResult TangentCallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto function = symbols.lookupNearestSymbolFrom<func::FuncOp>(*this, getCalleeAttr());
  if (!function)
    return emitOpError() << "expected the name of a function, but found no " << getCalleeAttr()
                         << " in the module; define or declare it";
  FunctionType type = function.getFunctionType();
  auto rule = symbols.lookupNearestSymbolFrom<func::FuncOp>(*this, getRuleAttr());
  if (!rule)
    return emitOpError() << "expected the name of a rule, but found no " << getRuleAttr()
                         << " in the module; define or declare it";
  FunctionType want = getRuleType(type, /*jvp=*/false);
  if (rule.getFunctionType() != want)
    return emitOpError() << "expected the rule " << getRuleAttr() << " to have type " << want << ", but found "
                         << rule.getFunctionType() << "; a rule has the signature of 'vjp f'";
  if (failed(verifyTypes(*this, "arguments", getPrimals().getTypes(), type.getInputs())) ||
      failed(verifyTypes(*this, "tangents", getTangents().getTypes(),
                         pick(type.getInputs(), differentiablePositions(type.getInputs())))))
    return failure();
  return verifyTypes(*this, "results", getResultTypes(),
                     pick(type.getResults(), differentiablePositions(type.getResults())));
}

LogicalResult TangentCallOp::transpose(OpBuilder &builder, Cotangents &cotangents) {
  SmallVector<Value> operands(getPrimals());
  for (Value output : getOutputs()) {
    Value cotangent = cotangents.of(output);
    operands.push_back(cotangent ? cotangent : createZero(builder, getLoc(), output));
  }
  auto rule = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(*this, getRuleAttr());
  auto call = func::CallOp::create(builder, getLoc(), rule, operands);
  for (auto [tangent, cotangent] : llvm::zip_equal(getTangents(), call.getResults().take_back(getTangents().size())))
    cotangents.add(builder, tangent, cotangent);
  return success();
}

} // namespace theria
