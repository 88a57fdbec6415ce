//===- theria-emulate.cpp - theria-run with an emulated GPU ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   theria-emulate [forward|reverse|random] [f32] [tf32] [break=FAULT:NUMBER] <arguments of theria-run>
//
// Runs kernels for NVIDIA GPUs, as they are before PTX is made of them, on the CPU: every thread by itself, warps in
// the order that is named, f32 without tensor cores, or tf32 on them too. Says where threads race, read what was never
// written, or leave their arrays.
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

using namespace theria;
using namespace theria::emulation;

namespace {

/// Bytes before and after an array of the device that belong to nothing.
constexpr uint64_t kGap = 256;

class EmulatedKernels : public run::LoadedKernels {
public:
  EmulatedKernels(std::shared_ptr<Machine> machine, Kernels kernels)
      : machine(std::move(machine)), kernels(std::move(kernels)) {
    device.context = this;
    device.allocate = [](void *self, uint64_t bytes) { return static_cast<EmulatedKernels *>(self)->allocate(bytes); };
    device.release = [](void *self, void *memory) { static_cast<EmulatedKernels *>(self)->release(memory); };
    device.copyIn = [](void *, void *to, const void *from, uint64_t bytes) {
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
    auto *memory = static_cast<char *>(malloc(bytes + 2 * kGap));
    if (!memory)
      return nullptr;
    machine->shadow().addDevice(memory + kGap, bytes);
    return memory + kGap;
  }

  void release(void *memory) {
    machine->shadow().removeDevice(static_cast<char *>(memory));
    free(static_cast<char *>(memory) - kGap);
  }

  void launch(const char *kernel, const Dimensions &dimensions, void **arguments) {
    auto function = kernels.find(kernel);
    const std::string wrong = function ? machine->run(function, arguments, dimensions)
                                       : std::string("expected a kernel of the program, but found ") + kernel;
    if (!wrong.empty())
      theria_fail(("theria-emulate: error: " + wrong).c_str(), 0, nullptr);
  }

  std::shared_ptr<Machine> machine;
  Kernels kernels;
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
    else if (word.consume_front("break="))
      fault = word;
    else
      break;
  }
  EmulatedDevice device(order, fault, options);
  argv[skipped] = argv[0];
  return run::runMain(argc - skipped, argv + skipped, nullptr, &device);
}
