//===- Engine.cpp - Running a lowered module ------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Engine.h"

#include "runtime/Entry.h"
#include "runtime/theria_runtime.h"
#include "tools/Faults.h"
#include "tools/theria-run/Memory.h"
#include "tools/theria-run/ObjectCode.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/TargetSelect.h"

#include <array>
#include <chrono>
#include <sys/mman.h>
#include <unistd.h>

using namespace theria::run;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::SmallVector;
using theria::runtime::describe;
using theria::runtime::Descriptor;
using theria::runtime::descriptorWords;

char ProgramError::ID = 0;

static llvm::orc::SymbolMap runtimeSymbols(llvm::orc::MangleAndInterner name) {
  llvm::orc::SymbolMap symbols;
  for (const theria_symbol *symbol = theria_runtime_symbols(); symbol->name; ++symbol)
    symbols[name(symbol->name)] = {llvm::orc::ExecutorAddr::fromPtr(symbol->address), llvm::JITSymbolFlags::Exported};
  return symbols;
}

/// libomp registers itself in shared memory under the number of the process, and does not start where it finds what a
/// killed process of the same number left (LLVM 22: SIGBUS where that is empty, an error otherwise). Before its first
/// parallel region, whatever has our number is such a rest.
static void dropRegistration() {
  const std::string name = llvm::formatv("/__KMP_REGISTERED_LIB_{0}_{1}", getpid(), getuid());
  shm_unlink(name.c_str());
}

void theria::run::startThreads(unsigned threads) {
  const LibraryStart start;
  dropRegistration();
  if (threads)
    theria_set_threads(threads);
  // Its threads and what it allocates for them: a loop of one round is given to all.
  theria_parallel(1, [](int64_t, void *) {}, nullptr, /*nested=*/false);
  // Taken back at once: a process that is killed later leaves nothing. What it is for, to find a second libomp, can't
  // be in this process.
  dropRegistration();
}

void Engine::initialise() {
  dropRegistration();
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto &options = llvm::cl::getRegisteredOptions();
  // The time that instruction selection takes for a long block grows with the square of this limit: at its default, of
  // a derivative of fourth order it was three quarters of all.
  if (auto found = options.find("combiner-tokenfactor-inline-limit"); found != options.end())
    *static_cast<llvm::cl::opt<unsigned> *>(found->second) = 64;
}

Expected<Engine> Engine::load(std::unique_ptr<llvm::MemoryBuffer> objects, std::unique_ptr<LoadedKernels> kernels) {
  auto jit = llvm::orc::LLJITBuilder().create();
  if (!jit)
    return jit.takeError();
  llvm::orc::JITDylib &program = (*jit)->getMainJITDylib();
  const llvm::orc::MangleAndInterner name((*jit)->getExecutionSession(), (*jit)->getDataLayout());
  if (llvm::Error err = program.define(llvm::orc::absoluteSymbols(runtimeSymbols(name))))
    return err;
  // Functions of libm and libgcc.
  auto process =
      llvm::orc::DynamicLibrarySearchGenerator::GetForCurrentProcess((*jit)->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  program.addGenerator(std::move(*process));
  auto library = llvm::orc::StaticLibraryDefinitionGenerator::Create((*jit)->getObjLinkingLayer(), std::move(objects));
  if (!library)
    return library.takeError();
  program.addGenerator(std::move(*library));
  // What goes wrong is told to the session, and the entry then only says that it is not there.
  std::string why;
  (*jit)->getExecutionSession().setErrorReporter([&](llvm::Error err) {
    const std::string text = llvm::toString(std::move(err));
    if (why.empty())
      why = text;
  });
  auto entry = (*jit)->lookup(packedEntry);
  (*jit)->getExecutionSession().setErrorReporter(llvm::consumeError);
  if (!entry) {
    const std::string last = llvm::toString(entry.takeError());
    return error("expected to load the compiled program, but: " + (why.empty() ? last : why) +
                 "; give the process more memory");
  }
  Engine result;
  result.kernels = std::move(kernels);
  result.jit = std::move(*jit);
  result.entry = entry->toPtr<void (*)(void **)>();
  return result;
}

/// Copies the array that a result's descriptor describes, whatever its strides.
static Expected<Tensor> copyOut(ArrayRef<uint64_t> words, const Port &output, const theria_device *device) {
  const size_t rank = output.shape().size();
  SmallVector<int64_t> shape(words.slice(3, rank));
  SmallVector<int64_t> strides(words.slice(3 + rank, rank));
  Expected<Tensor> tensor = Tensor::create(output.elementType(), shape);
  if (!tensor)
    return error(output.name + ": " + llvm::toString(tensor.takeError()));
  const size_t width = elementBytes(output.elementType());
  const char *source = reinterpret_cast<const char *>(words[1]) + words[2] * width;
  std::vector<char> fetched;
  if (device && tensor->data.size()) {
    size_t last = 0;
    for (auto [size, stride] : llvm::zip(shape, strides))
      last += (size - 1) * stride;
    fetched.resize((last + 1) * width);
    device->copyOut(device->context, fetched.data(), source, fetched.size());
    source = fetched.data();
  }
  copyToCOrder(source, tensor->data.data(), shape, strides, width);
  return tensor;
}

/// Where a program's arrays lie: on a device, or in this process. All that a run left there is freed at the end.
class DeviceMemory {
public:
  explicit DeviceMemory(const theria_device *device) : device(device) { theria_set_device(device); }
  ~DeviceMemory() { theria_set_device(nullptr); }
  DeviceMemory(const DeviceMemory &) = delete;
  DeviceMemory &operator=(const DeviceMemory &) = delete;

  /// An input where the program reads it.
  const void *place(const Tensor &tensor) const {
    if (!device)
      return tensor.data.data();
    const uint64_t bytes = tensor.data.size();
    void *memory = _mlir_memref_to_llvm_alloc(bytes);
    if (memory)
      device->copyIn(device->context, memory, tensor.data.data(), bytes);
    else
      theria_fail("error: expected {0} bytes of the device's memory for an input, but it has none left", 1,
                  std::array<int64_t, 1>{int64_t(bytes)}.data());
    return memory;
  }

private:
  const theria_device *device;
};

Expected<SmallVector<Tensor>> Engine::run(ArrayRef<Tensor> inputs, ArrayRef<Port> outputs,
                                          Measurement measurement) const {
  size_t resultWords = 0;
  for (const Port &output : outputs)
    resultWords += descriptorWords(output.shape().size());
  std::vector<uint64_t> results(resultWords, 0);

  const DeviceMemory memoryOfDevice(kernels ? &kernels->interface() : nullptr);
  std::vector<Descriptor> arguments;
  for (const Tensor &tensor : inputs)
    arguments.push_back(describe(memoryOfDevice.place(tensor), tensor.shape.data(), tensor.shape.size()));
  if (theria_failed())
    return llvm::make_error<ProgramError>(theria_error());

  std::optional<PeakMemory> memory;
  if (measurement.bytes)
    memory.emplace();
  const auto start = std::chrono::steady_clock::now();
  runtime::callEntry(entry, results, arguments);
  if (kernels) // A launch goes on beside the host: a copy of nothing waits for all of them.
    kernels->interface().copyOut(kernels->interface().context, nullptr, nullptr, 0);
  const auto end = std::chrono::steady_clock::now();
  const std::optional<uint64_t> growth = memory ? memory->growth() : std::nullopt;
  if (theria_failed())
    return llvm::make_error<ProgramError>(theria_error());

  SmallVector<Tensor> tensors;
  uint64_t resultBytes = 0;
  ArrayRef<uint64_t> rest = results;
  for (const Port &output : outputs) {
    const size_t words = descriptorWords(output.shape().size());
    Expected<Tensor> tensor = copyOut(rest.take_front(words), output, kernels ? &kernels->interface() : nullptr);
    if (!tensor)
      return tensor.takeError();
    resultBytes += tensor->data.size();
    tensors.push_back(std::move(*tensor));
    rest = rest.drop_front(words);
  }
  if (measurement.seconds)
    *measurement.seconds = std::chrono::duration<double>(end - start).count();
  if (growth)
    *measurement.bytes = *growth - std::min(*growth, resultBytes);
  return tensors;
}
