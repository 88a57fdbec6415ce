//===- Evaluate.cpp - running a program by the oracle ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Evaluate.h"

#include "lib/Oracle/Convert.h"
#include "tools/theria-run/Compile.h"

#include "llvm/Support/MemAlloc.h"
#include "llvm/Support/Parallel.h"

#include <cmath>
#include <gmp.h>

using namespace theria;
using namespace theria::run;
using llvm::Expected;

void theria::run::checkOracleMemory() {
  mp_set_memory_functions(
      llvm::safe_malloc, [](void *memory, size_t, size_t bytes) { return llvm::safe_realloc(memory, bytes); }, nullptr);
}

oracle::Tensor theria::run::toOracle(const Tensor &tensor, unsigned precision) {
  if (!llvm::isa<mlir::FloatType>(tensor.elementType)) {
    oracle::Tensor result = oracle::Tensor::ofIntegers(tensor.shape);
    for (auto [index, element] : llvm::enumerate(result.editIntegers()))
      element = tensor.loadBits(index);
    return result;
  }
  oracle::Tensor result = oracle::Tensor::ofReals(tensor.shape, precision);
  for (auto [index, element] : llvm::enumerate(result.editReals()))
    mpfr_set_d(element.get(), tensor.loadNumber(index), MPFR_RNDN);
  return result;
}

Expected<Tensor> theria::run::fromOracle(const oracle::Tensor &tensor, mlir::Type elementType) {
  Expected<Tensor> result = Tensor::create(elementType, tensor.getShape());
  if (!result)
    return result.takeError();
  for (int64_t index = 0; index < result->count; ++index) {
    if (auto type = llvm::dyn_cast<mlir::FloatType>(elementType))
      result->storeBits(index, oracle::roundTo(tensor.reals()[index].get(), type).bitcastToAPInt().getZExtValue());
    else
      result->storeBits(index, tensor.integers()[index]);
  }
  return result;
}

std::string theria::run::formatReal(const oracle::Real &number) {
  const int digits = static_cast<int>(std::floor(number.precision() * std::log10(2.0)));
  char *text = nullptr;
  if (mpfr_asprintf(&text, "%.*Rg", digits, number.get()) < 0)
    return "?";
  std::string result(text);
  mpfr_free_str(text);
  return result;
}

Expected<oracle::Tensors> theria::run::evaluate(mlir::func::FuncOp function, llvm::ArrayRef<Tensor> inputs,
                                                unsigned precision, unsigned threads, oracle::Rounding rounding) {
  llvm::parallel::strategy = llvm::hardware_concurrency(threads);
  oracle::Tensors arguments =
      llvm::map_to_vector<6>(inputs, [&](const Tensor &input) { return toOracle(input, precision); });
  mlir::FailureOr<oracle::Tensors> results = oracle::evaluate(function, std::move(arguments), precision, rounding);
  if (mlir::failed(results))
    return reported();
  return std::move(*results);
}
