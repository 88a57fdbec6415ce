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

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace theria::run;
using llvm::Expected;
using theria::runtime::CudaDevice;

namespace {

/// A program's kernels. The device is the program's own, as it launches those that it has loaded last.
class CudaKernels : public LoadedKernels {
public:
  explicit CudaKernels(std::unique_ptr<CudaDevice> device) : device(std::move(device)) {}

  const theria_device &interface() const override { return device->interface(); }

private:
  std::unique_ptr<CudaDevice> device;
};

class Cuda : public Device {
public:
  Cuda(std::unique_ptr<CudaDevice> device, bool narrowProducts)
      : device(std::move(device)), narrowProducts(narrowProducts) {}

  theria::GpuOptions options() const override {
    theria::GpuOptions options;
    options.chip = device->chip();
    options.narrowProducts = narrowProducts;
    return options;
  }

  Expected<std::unique_ptr<LoadedKernels>> load(mlir::gpu::GPUModuleOp kernels) override {
    std::string why;
    auto own = CudaDevice::open(0, nullptr, why);
    if (!own)
      return error(why);
    if (kernels) {
      Expected<std::string> ptx = theria::gpu::emitPtx(kernels, device->chip());
      if (!ptx)
        return ptx.takeError();
      const llvm::XXH128_hash_t hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(*ptx));
      if (!own->load({ptx->c_str(), ptx->size(), {hash.low64, hash.high64}, device->chip().c_str()}, why))
        return error(why);
    }
    return std::make_unique<CudaKernels>(std::move(own));
  }

private:
  std::unique_ptr<CudaDevice> device;
  bool narrowProducts;
};

} // namespace

Expected<std::unique_ptr<Device>> theria::run::openCuda(bool narrowProducts) {
  std::string why;
  auto device = CudaDevice::open(0, nullptr, why);
  if (!device)
    return error(why);
  auto opened = std::make_unique<Cuda>(std::move(device), narrowProducts);
  if (!theria::gpu::isChip(opened->options().chip))
    return error("expected a GPU of compute capability 8.0 or later that LLVM has code for, but found " +
                 opened->options().chip + "; choose --target=cpu");
  return opened;
}
