//===- Execution.cpp - memory and bits of a run ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/theria_runtime.h"
#include "tools/theria-run/Report.h"
#include "tools/theria-run/check/Check.h"

#include "llvm/Support/Threading.h"

using namespace theria;
using namespace theria::run;
using llvm::Error;
using llvm::Expected;

static unsigned allThreads(const Case &one) {
  const unsigned threads = one.subject.getOptions().threads;
  return threads ? threads : llvm::hardware_concurrency().compute_thread_count();
}

/// What the schedule says that it keeps: what is packed and what results take on their way, strips for each thread, and
/// 4 MiB a thread for tiles and for what the allocator rounds up.
static double promisedBytes(const llvm::json::Object &report, unsigned threads) {
  double kept = 0, strips = 0;
  for (const auto &[stream, sweep] : sweepsOf(*report.getArray("streams"))) {
    kept += sweep->getInteger("packed_bytes").value_or(0) + sweep->getInteger("result_bytes").value_or(0);
    strips = std::max<double>(strips, sweep->getInteger("strip_bytes").value_or(0));
  }
  return kept + threads * (strips + (4 << 20));
}

static Error addMemory(const Case &one, const Program &program, Certificate &certificate) {
  one.progress("memory");
  if (one.subject.getOptions().path == Path::Reference) {
    certificate.lines.push_back(otherLine("memory", Verdict::Absent, "the reference path holds pair tensors"));
    return Error::success();
  }
  theria_set_threads(allThreads(one));
  std::optional<uint64_t> bytes;
  Expected<Arrays> results = one.subject.run(program.engine, one.chain, one.inputs, {nullptr, &bytes});
  if (!results)
    return results.takeError();
  if (!bytes) {
    certificate.lines.push_back(otherLine("memory", Verdict::Undecided, "the system does not tell the peak"));
    return Error::success();
  }
  const llvm::json::Object report = describeStreaming(program.record, one.inputs);
  certificate.lines.push_back(compareLine("memory", double(*bytes), promisedBytes(report, allThreads(one)),
                                          "bytes at the peak beyond inputs and results",
                                          "the report's packed operands and results, strips a thread, 4 MiB a thread"));
  return Error::success();
}

static bool haveEqualBits(llvm::ArrayRef<Tensor> a, llvm::ArrayRef<Tensor> b) {
  return llvm::all_of(llvm::zip_equal(a, b), [](const auto &pair) {
    const auto &[x, y] = pair;
    return x.shape == y.shape &&
           llvm::StringRef(x.data.data(), x.data.size()) == llvm::StringRef(y.data.data(), y.data.size());
  });
}

static Error addBits(const Case &one, const Program &program, Certificate &certificate) {
  one.progress("bits");
  std::optional<Arrays> first;
  int64_t differing = 0;
  const unsigned all = allThreads(one);
  for (unsigned threads : {1u, all, all + 1, all}) {
    theria_set_threads(threads);
    Expected<Arrays> results = one.subject.run(program.engine, one.chain, one.inputs);
    if (!results)
      return results.takeError();
    if (!first)
      first = std::move(*results);
    else
      differing += !haveEqualBits(*first, *results);
  }
  theria_set_threads(all);
  certificate.lines.push_back(compareLine(
      "bits", double(differing), 0,
      "runs at 1, " + std::to_string(all) + " and " + std::to_string(all + 1) + " threads whose bits differ", "none"));
  return Error::success();
}

Error theria::run::addExecution(const Case &one, const Program &program, Certificate &certificate) {
  if (one.wants("memory"))
    if (Error err = addMemory(one, program, certificate))
      return err;
  return one.wants("bits") ? addBits(one, program, certificate) : Error::success();
}
