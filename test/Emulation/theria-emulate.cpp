//===- theria-emulate.cpp - theria-run with an emulated GPU ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   theria-emulate [forward|reverse|random] [f32] [tf32] [chip=CHIP] [break=FAULT:NUMBER] <arguments of theria-run>
//
// Runs kernels for NVIDIA GPUs, as they are before PTX is made of them, on the CPU: every thread by itself, warps in
// the order that is named, f32 without tensor cores, or tf32 on them too, of the kernels for a chip. Says where threads
// race, read what was never written, or leave their arrays.
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Break.h"
#include "test/Emulation/HostModule.h"
#include "test/Emulation/Machine.h"

#include "lib/Codegen/GPU/Translate.h"
#include "runtime/theria_runtime.h"
#include "tools/theria-run/Device.h"
#include "tools/theria-run/Main.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

#include <map>
#include <sys/mman.h>

using namespace theria;
using namespace theria::emulation;

namespace {

/// Bytes before and after an array of the device that belong to nothing.
constexpr uint64_t kGap = 256;

/// Arrays of the device, which the host cannot touch but while an Access lives.
class DeviceMemory {
public:
  char *allocate(uint64_t bytes) {
    void *block = mmap(nullptr, bytes + 2 * kGap, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED)
      return nullptr;
    char *array = static_cast<char *>(block) + kGap;
    sizes[array] = bytes;
    return array;
  }
  void release(char *array) {
    munmap(array - kGap, sizes.at(array) + 2 * kGap);
    sizes.erase(array);
  }

  /// Lets copies and kernels in.
  class Access {
  public:
    explicit Access(const DeviceMemory &memory) : memory(memory) { memory.protect(PROT_READ | PROT_WRITE); }
    ~Access() { memory.protect(PROT_NONE); }
    Access(const Access &) = delete;
    Access &operator=(const Access &) = delete;

  private:
    const DeviceMemory &memory;
  };

private:
  void protect(int allowed) const {
    for (auto [array, bytes] : sizes)
      mprotect(array - kGap, bytes + 2 * kGap, allowed);
  }

  std::map<char *, uint64_t> sizes;
};

class EmulatedKernels : public run::LoadedKernels {
public:
  EmulatedKernels(std::shared_ptr<Machine> machine, Kernels kernels)
      : machine(std::move(machine)), kernels(std::move(kernels)) {
    device.context = this;
    device.allocate = [](void *self, uint64_t bytes) { return static_cast<EmulatedKernels *>(self)->allocate(bytes); };
    device.release = [](void *self, void *memory) { static_cast<EmulatedKernels *>(self)->release(memory); };
    device.copyIn = [](void *self, void *to, const void *from, uint64_t bytes) {
      const DeviceMemory::Access access(static_cast<EmulatedKernels *>(self)->memory);
      if (bytes)
        memcpy(to, from, bytes);
    };
    device.copyOut = device.copyIn;
    device.launch = [](void *self, const char *kernel, int64_t blocks, int64_t threads, int64_t shared,
                       void **arguments, int64_t) {
      static_cast<EmulatedKernels *>(self)->launch(kernel, {blocks, threads, shared}, arguments);
    };
  }

  const theria_device &interface() const override { return device; }

private:
  void *allocate(uint64_t bytes) {
    char *array = memory.allocate(bytes);
    if (array)
      machine->shadow().addDevice(array, bytes);
    return array;
  }

  void release(void *array) {
    machine->shadow().removeDevice(static_cast<char *>(array));
    memory.release(static_cast<char *>(array));
  }

  void launch(const char *kernel, const Dimensions &dimensions, void **arguments) {
    const DeviceMemory::Access access(memory);
    auto function = kernels.find(kernel);
    const std::string wrong = function ? machine->run(function, arguments, dimensions)
                                       : std::string("expected a kernel of the program, but found ") + kernel;
    if (!wrong.empty())
      theria_fail(("theria-emulate: error: " + wrong).c_str(), 0, nullptr);
  }

  std::shared_ptr<Machine> machine;
  Kernels kernels;
  DeviceMemory memory;
  theria_device device{};
};

class EmulatedDevice : public run::Device {
public:
  EmulatedDevice(Order order, llvm::StringRef fault, const GpuOptions &options)
      : machine(std::make_shared<Machine>(order)), fault(fault.str()), gpu(options) {}

  GpuOptions options() const override { return gpu; }

  llvm::Expected<std::unique_ptr<run::LoadedKernels>> load(mlir::gpu::GPUModuleOp module) override {
    auto context = std::make_unique<llvm::LLVMContext>();
    auto code = module
                    ? gpu::translateKernels(module, gpu.chip, *context)
                    : llvm::Expected<std::unique_ptr<llvm::Module>>(std::make_unique<llvm::Module>("empty", *context));
    if (!code)
      return code.takeError();
    if (module && !fault.empty())
      if (llvm::Error err = breakKernels(**code, fault))
        return err;
    auto kernels = Kernels::compile(std::move(context), std::move(*code), machine->sharedMemory());
    if (!kernels)
      return kernels.takeError();
    return std::make_unique<EmulatedKernels>(machine, std::move(*kernels));
  }

private:
  std::shared_ptr<Machine> machine;
  std::string fault;
  GpuOptions gpu;
};

} // namespace

int main(int argc, char **argv) {
  Order order = Order::Forward;
  llvm::StringRef fault;
  GpuOptions options;
  int skipped = 0;
  for (; skipped + 1 < argc; ++skipped) {
    llvm::StringRef word = argv[skipped + 1];
    auto named = llvm::StringSwitch<std::optional<Order>>(word)
                     .Case("forward", Order::Forward)
                     .Case("reverse", Order::Reverse)
                     .Case("random", Order::Random)
                     .Default(std::nullopt);
    if (named)
      order = *named;
    else if (word == "f32")
      options.narrowProducts = false;
    else if (word == "tf32")
      options.splitTf32 = true;
    else if (word.consume_front("chip="))
      options.chip = word.str();
    else if (word.consume_front("break="))
      fault = word;
    else
      break;
  }
  EmulatedDevice device(order, fault, options);
  argv[skipped] = argv[0];
  return run::runMain(argc - skipped, argv + skipped, nullptr, &device);
}
