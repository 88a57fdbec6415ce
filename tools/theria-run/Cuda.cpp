//===- Cuda.cpp - A GPU of this machine -----------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Cuda.h"

#include "lib/Codegen/GPU/Translate.h"
#include "runtime/Cuda.h"
#include "tools/theria-run/npy/Buffer.h"

using namespace theria::run;
using llvm::Expected;

namespace {

/// The PTX of a program's kernels, which the device keeps compiled.
class CudaKernels : public LoadedKernels {
public:
  CudaKernels(theria::runtime::CudaDevice &device, std::string ptx) : device(device), ptx(std::move(ptx)) {}

  const theria_device &interface() const override { return device.interface(); }
  const std::string &text() const { return ptx; }

private:
  theria::runtime::CudaDevice &device;
  std::string ptx;
};

class Cuda : public Device {
public:
  explicit Cuda(std::unique_ptr<theria::runtime::CudaDevice> device) : device(std::move(device)) {}

  std::string chip() const override { return device->chip(); }
  bool narrowsProducts() const override { return true; }

  Expected<std::unique_ptr<LoadedKernels>> load(mlir::gpu::GPUModuleOp kernels) override {
    if (!kernels)
      return std::make_unique<CudaKernels>(*device, "");
    Expected<std::string> ptx = theria::gpu::emitPtx(kernels, chip());
    if (!ptx)
      return ptx.takeError();
    auto loaded = std::make_unique<CudaKernels>(*device, std::move(*ptx));
    std::string why;
    if (!device->load({loaded->text().c_str(), loaded->text().size(), chip().c_str()}, why))
      return error(why);
    return loaded;
  }

private:
  std::unique_ptr<theria::runtime::CudaDevice> device;
};

} // namespace

Expected<std::unique_ptr<Device>> theria::run::openCuda() {
  std::string why;
  auto device = theria::runtime::CudaDevice::open(0, nullptr, why);
  if (!device)
    return error(why);
  auto opened = std::make_unique<Cuda>(std::move(device));
  if (!theria::gpu::isChip(opened->chip()))
    return error("expected a GPU of compute capability 8.0 or later that LLVM has code for, but found " +
                 opened->chip() + "; choose --target=cpu");
  return opened;
}
