//===- Parallelise.cpp - scf.forall on threads ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/MemRefParts.h"
#include "lib/Codegen/CPU/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace theria::cpu {
#define GEN_PASS_DEF_PARALLELISE
#include "lib/Codegen/CPU/Passes.h.inc"

namespace {

/// Moves the body of an scf.forall into a function of the iteration's number and a context, which holds what the body
/// uses of outside.
class Outliner {
public:
  Outliner(ModuleOp module, SymbolTable &symbols)
      : symbols(symbols), module(module), parts(module.getContext()), context(module.getContext()) {}

  /// `nested` says that the body has parallel loops of its own.
  void outline(scf::ForallOp op, bool nested);

private:
  func::FuncOp declareRuntime();
  void fillBody(func::FuncOp function, scf::ForallOp op, ArrayRef<Value> captured, Type record);

  Type pointer() { return LLVM::LLVMPointerType::get(context); }
  Type number() { return IntegerType::get(context, 64); }
  FunctionType bodyType() { return FunctionType::get(context, {number(), pointer()}, {}); }

  SymbolTable &symbols;
  ModuleOp module;
  MemRefParts parts;
  MLIRContext *context;
};

struct Parallelise : impl::ParalleliseBase<Parallelise> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    Outliner outliner(getOperation(), symbols);
    SmallVector<std::pair<scf::ForallOp, bool>> loops; // Inner ones first.
    getOperation().walk([&](scf::ForallOp op) {
      bool nested = op.getBody()->walk([](scf::ForallOp) { return WalkResult::interrupt(); }).wasInterrupted();
      loops.push_back({op, nested});
    });
    for (auto [loop, nested] : loops)
      outliner.outline(loop, nested);
  }
};

} // namespace

func::FuncOp Outliner::declareRuntime() {
  StringRef name = "theria_parallel";
  if (auto function = symbols.lookup<func::FuncOp>(name))
    return function;
  OpBuilder builder(context);
  auto type = builder.getFunctionType({number(), bodyType(), pointer(), builder.getI1Type()}, {});
  auto function = func::FuncOp::create(builder, module.getLoc(), name, type);
  function.setPrivate();
  symbols.insert(function, module.getBody()->begin());
  return function;
}

void Outliner::fillBody(func::FuncOp function, scf::ForallOp op, ArrayRef<Value> captured, Type record) {
  Location loc = op.getLoc();
  Block *entry = function.addEntryBlock();
  OpBuilder builder = OpBuilder::atBlockBegin(entry);
  IRMapping mapping;
  int32_t position = 0;
  for (Value value : captured) {
    SmallVector<Value> fields;
    for (Type type : parts.types(value.getType())) {
      Value field = LLVM::GEPOp::create(builder, loc, pointer(), record, entry->getArgument(1),
                                        ArrayRef<LLVM::GEPArg>{0, position++});
      fields.push_back(LLVM::LoadOp::create(builder, loc, type, field));
    }
    mapping.map(value, parts.join(builder, loc, value.getType(), fields));
  }
  // The last induction variable runs fastest.
  Value rest = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), entry->getArgument(0));
  SmallVector<OpFoldResult> bounds = op.getMixedUpperBound();
  for (size_t dim = bounds.size(); dim-- > 0;) {
    Value bound = getValueOrCreateConstantIndexOp(builder, loc, bounds[dim]);
    bound = mapping.lookupOrDefault(bound);
    mapping.map(op.getInductionVar(dim), arith::RemUIOp::create(builder, loc, rest, bound).getResult());
    rest = arith::DivUIOp::create(builder, loc, rest, bound);
  }
  for (Operation &inner : op.getBody()->without_terminator())
    builder.clone(inner, mapping);
  func::ReturnOp::create(builder, loc);
}

void Outliner::outline(scf::ForallOp op, bool nested) {
  Location loc = op.getLoc();
  OpBuilder builder(op);
  SetVector<Value> used;
  getUsedValuesDefinedAbove(op.getRegion(), used);
  used.insert_range(op.getDynamicUpperBound());
  // Constants are made again, not passed.
  SmallVector<Value> captured;
  for (Value value : used) {
    Operation *constant = value.getDefiningOp();
    if (constant && constant->hasTrait<OpTrait::ConstantLike>()) {
      builder.setInsertionPointToStart(op.getBody());
      replaceAllUsesInRegionWith(value, builder.clone(*constant)->getResult(0), op.getRegion());
    } else {
      captured.push_back(value);
    }
  }
  SmallVector<Type> fields;
  for (Value value : captured)
    llvm::append_range(fields, parts.types(value.getType()));
  Type record = LLVM::LLVMStructType::getLiteral(context, fields);
  builder.setInsertionPoint(module.getBody(), module.getBody()->end());
  auto body = func::FuncOp::create(builder, loc, "theria.parallel", bodyType());
  body.setPrivate();
  symbols.insert(body);
  fillBody(body, op, captured, record);

  // Once in what will be a function: in a loop, each iteration would take stack.
  auto outer = op->getParentOfType<scf::ForallOp>();
  builder.setInsertionPointToStart(outer ? outer.getBody() : &op->getParentOfType<func::FuncOp>().front());
  Value one = LLVM::ConstantOp::create(builder, loc, number(), builder.getI64IntegerAttr(1));
  Value memory = LLVM::AllocaOp::create(builder, loc, pointer(), record, one);
  builder.setInsertionPoint(op);
  int32_t position = 0;
  for (Value value : captured)
    for (Value part : parts.split(builder, loc, value)) {
      Value field = LLVM::GEPOp::create(builder, loc, pointer(), record, memory, ArrayRef<LLVM::GEPArg>{0, position++});
      LLVM::StoreOp::create(builder, loc, part, field);
    }
  Value count = getValueOrCreateConstantIndexOp(builder, loc, builder.getIndexAttr(1));
  for (OpFoldResult bound : op.getMixedUpperBound())
    count = arith::MulIOp::create(builder, loc, count, getValueOrCreateConstantIndexOp(builder, loc, bound));
  Value iterations = arith::IndexCastOp::create(builder, loc, number(), count);
  Value function = func::ConstantOp::create(builder, loc, bodyType(), FlatSymbolRefAttr::get(body.getSymNameAttr()));
  Value isNested = arith::ConstantOp::create(builder, loc, builder.getBoolAttr(nested));
  func::CallOp::create(builder, loc, declareRuntime(), ValueRange{iterations, function, memory, isNested});
  op.erase();
}

} // namespace theria::cpu
