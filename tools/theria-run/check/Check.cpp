//===- Check.cpp - the certificate of a run -------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/check/Check.h"

#include "tools/theria-run/Evaluate.h"
#include "tools/theria-run/Random.h"

#include <cmath>

using namespace theria;
using namespace theria::run;
using llvm::Error;
using llvm::Expected;

/// What says most of a line: that it fails, then that nothing can be said. NaN exceeds anything.
static int gravity(double found, double allowed) {
  if (!(found <= allowed))
    return 2;
  return std::isinf(allowed) ? 1 : 0;
}

void Worst::add(double otherFound, double otherAllowed, llvm::StringRef otherWhere) {
  const int other = gravity(otherFound, otherAllowed), own = gravity(found, allowed);
  if (!where.empty() && (other < own || (other == own && otherFound * allowed <= found * otherAllowed)))
    return;
  found = otherFound;
  allowed = otherAllowed;
  where = otherWhere.str();
}

oracle::Tensors theria::run::toOracle(llvm::ArrayRef<Tensor> tensors, unsigned precision) {
  return llvm::map_to_vector<6>(tensors, [&](const Tensor &tensor) { return toOracle(tensor, precision); });
}

Expected<Arrays> theria::run::makeRandom(llvm::ArrayRef<Port> ports, llvm::ArrayRef<llvm::SmallVector<int64_t>> shapes,
                                         uint64_t seed) {
  Arrays random;
  for (auto [port, shape] : llvm::zip_equal(ports, shapes)) {
    if (!port.isFloat())
      continue;
    Expected<Tensor> tensor = Tensor::create(port.elementType(), shape);
    if (!tensor)
      return tensor.takeError();
    fillNormal(*tensor, seed++);
    random.push_back(std::move(*tensor));
  }
  return random;
}

/// "@attention, derivative vjp,jvp".
static std::string describe(const Case &one) {
  std::string text = "@" + one.subject.getName().str();
  for (auto [number, step] : llvm::enumerate(one.chain))
    text += (number ? "," : ", derivative ") + std::string(step == Derivative::Jvp   ? "jvp"
                                                           : step == Derivative::Vjp ? "vjp"
                                                                                     : "hvp");
  text += one.subject.getOptions().path == Path::Streaming ? ", streaming path" : ", reference path";
  return text + ", oracle of " + std::to_string(one.precision()) + " bits";
}

Expected<Certificate> theria::run::certify(const Case &one) {
  Certificate certificate{describe(one), {}};
  one.progress("exact values");
  Expected<Exact> exact = one.subject.evaluate(one.chain, one.inputs);
  if (!exact)
    return exact.takeError();
  Expected<Program> program = one.subject.compile(one.chain, one.subject.getOptions().path);
  if (!program)
    return program.takeError();
  if (one.wants("accuracy"))
    if (Error err = addAccuracy(one, *exact, *program, certificate))
      return err;
  for (auto [line, add] : {std::pair("differences", &addDifferences), {"stages", &addStages}})
    if (one.wants(line))
      if (Error err = add(one, *exact, certificate))
        return err;
  if (Error err = addIdentities(one, certificate))
    return err;
  if (Error err = addExecution(one, *program, certificate))
    return err;
  return certificate;
}
