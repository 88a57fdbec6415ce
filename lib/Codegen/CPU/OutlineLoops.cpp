//===- OutlineLoops.cpp - equal loops as one function --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Contraction.h"
#include "lib/Codegen/CPU/LoopNest.h"
#include "lib/Codegen/CPU/MemRefParts.h"
#include "lib/Codegen/CPU/Passes.h"

#include "dialect/Theria.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace theria::cpu {
#define GEN_PASS_DEF_OUTLINELOOPS
#include "lib/Codegen/CPU/Passes.h.inc"

/// Elements below which a call costs more than it is worth.
static constexpr int64_t kFewElements = 64;

namespace {

/// Functions that hold one operation each.
class LoopFunctions {
public:
  explicit LoopFunctions(ModuleOp module) : module(module), symbols(module), parts(module.getContext()) {}

  /// Replaces an operation by a call of the function that does it.
  void call(linalg::LinalgOp op);

private:
  func::FuncOp build(linalg::LinalgOp op, ArrayRef<Value> used);
  func::FuncOp findEqual(func::FuncOp function, bool mayFail);

  ModuleOp module;
  SymbolTable symbols;
  MemRefParts parts;
  llvm::DenseMap<Type, SmallVector<func::FuncOp>> functions;
};

struct OutlineLoops : impl::OutlineLoopsBase<OutlineLoops> {
  void runOnOperation() override;
};

} // namespace

static bool isConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<OpTrait::ConstantLike>();
}

func::FuncOp LoopFunctions::build(linalg::LinalgOp op, ArrayRef<Value> used) {
  Location loc = op.getLoc();
  OpBuilder b(op.getContext());
  SmallVector<Type> types;
  for (Value value : used)
    if (!isConstant(value))
      llvm::append_range(types, parts.types(value.getType()));
  auto function = func::FuncOp::create(loc, "theria.loops", b.getFunctionType(types, {}));
  function.setPrivate();
  b.setInsertionPointToStart(function.addEntryBlock());
  IRMapping mapping;
  ValueRange arguments = function.getArguments();
  for (Value value : used) {
    if (isConstant(value)) {
      mapping.map(value, b.clone(*value.getDefiningOp())->getResult(0));
      continue;
    }
    const size_t count = parts.types(value.getType()).size();
    mapping.map(value, parts.join(b, loc, MemRefParts::withoutOffset(value.getType()), arguments.take_front(count)));
    arguments = arguments.drop_front(count);
  }
  b.clone(*op, mapping);
  func::ReturnOp::create(b, loc);
  return function;
}

/// A function that was built before and does the same; a check says where it stands.
func::FuncOp LoopFunctions::findEqual(func::FuncOp function, bool mayFail) {
  const auto flags = mayFail ? OperationEquivalence::None : OperationEquivalence::IgnoreLocations;
  for (func::FuncOp other : functions[function.getFunctionType()])
    if (OperationEquivalence::isRegionEquivalentTo(&function.getBody(), &other.getBody(), flags))
      return other;
  return {};
}

void LoopFunctions::call(linalg::LinalgOp op) {
  SetVector<Value> used(op->operand_begin(), op->operand_end());
  getUsedValuesDefinedAbove(op->getRegions(), used);
  const bool mayFail = op->walk([](CheckOp) { return WalkResult::interrupt(); }).wasInterrupted();
  func::FuncOp function = build(op, used.getArrayRef());
  if (func::FuncOp equal = findEqual(function, mayFail)) {
    function->erase();
    function = equal;
  } else {
    symbols.insert(function);
    functions[function.getFunctionType()].push_back(function);
  }
  OpBuilder b(op);
  SmallVector<Value> arguments;
  for (Value value : used)
    if (!isConstant(value))
      llvm::append_range(arguments, parts.split(b, op.getLoc(), value));
  func::CallOp::create(b, op.getLoc(), function, arguments);
  op->erase();
}

/// Whether an operation works on few elements, as far as is known.
static bool isSmall(linalg::LinalgOp op) {
  int64_t elements = 1;
  for (int64_t size : op.getStaticLoopRanges())
    elements *= ShapedType::isDynamic(size) ? kFewElements : size;
  return elements < kFewElements;
}

/// Whether `op` is left to a kernel, or is a fill that one may take the place of.
static bool isOfKernel(linalg::LinalgOp op) {
  if (auto generic = dyn_cast<linalg::GenericOp>(op.getOperation()))
    return isMatrixProduct(generic);
  return llvm::any_of(op.getDpsInits()[0].getUsers(), [](Operation *user) {
    auto generic = dyn_cast<linalg::GenericOp>(user);
    return generic && isMatrixProduct(generic);
  });
}

void OutlineLoops::runOnOperation() {
  generalise(getOperation());
  SmallVector<linalg::LinalgOp> ops;
  getOperation().walk([&](linalg::LinalgOp op) {
    if (op.hasPureBufferSemantics() && !isSmall(op) && !isOfKernel(op))
      ops.push_back(op);
  });
  LoopFunctions functions(getOperation());
  for (linalg::LinalgOp op : ops)
    functions.call(op);
}

} // namespace theria::cpu
