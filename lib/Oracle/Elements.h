//===- Elements.h - operations on one element of each operand ---*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_ELEMENTS_H
#define THERIA_LIB_ORACLE_ELEMENTS_H

#include "lib/Oracle/Activation.h"

#include "mlir/IR/Operation.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/StringMap.h"

namespace theria::oracle {

/// One element of each operand of an elementwise operation, and of each result.
class Elements {
public:
  Elements(mlir::Operation *op, llvm::ArrayRef<Tensor> operands, llvm::MutableArrayRef<Tensor> results);

  void moveTo(int64_t element) { position = element; }

  mlir::Operation *getOp() const { return op; }
  bool isReal(unsigned operand) const { return operands[operand].isReal(); }
  mpfr_srcptr real(unsigned operand) const { return operands[operand].reals()[at(operand)].get(); }
  llvm::APInt integer(unsigned operand) const;
  bool flag(unsigned operand) const { return operands[operand].integers()[at(operand)]; }

  mpfr_ptr real() { return resultReals[0][position].get(); }
  mpfr_ptr realResult(unsigned result) { return resultReals[result][position].get(); }
  /// Of the result's width.
  void set(const llvm::APInt &integer, unsigned result = 0);
  void setFlag(bool flag) { resultIntegers[0][position] = flag; }

  /// What is wrong with this element; empty where nothing is.
  llvm::StringRef fault;

private:
  /// A scalar beside tensors is the same for each element.
  int64_t at(unsigned operand) const { return operands[operand].getRank() ? position : 0; }

  mlir::Operation *op;
  llvm::ArrayRef<Tensor> operands;
  llvm::SmallVector<Real *, 2> resultReals;
  llvm::SmallVector<uint64_t *, 2> resultIntegers;
  int64_t position = 0;
};

using ElementFunction = void (*)(Elements &);
using ElementTable = llvm::StringMap<ElementFunction>;

/// By the operation's name.
void addRealArithmetic(ElementTable &table);
void addIntegerArithmetic(ElementTable &table);
void addConversions(ElementTable &table);
void addFunctions(ElementTable &table);

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_ELEMENTS_H
