//===- CudaDriver.cpp - CUDA's driver, opened when it is needed -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/CudaDriver.h"

#include <dlfcn.h>

namespace theria::runtime {

namespace {

struct Opened {
  CudaDriver driver{};
  bool works = false;
  std::string why;
};

/// "12.4" of 12040.
std::string versionText(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

class Loader {
public:
  Opened open() {
    library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      opened.why = "expected NVIDIA's driver, but found no libcuda.so.1; install the driver, or run the program for "
                   "the CPU";
      return opened;
    }
    find(opened.driver.init, "cuInit");
    find(opened.driver.driverGetVersion, "cuDriverGetVersion");
    if (!opened.why.empty() || !isRecent())
      return opened;
    findAll();
    if (!opened.why.empty())
      return opened;
    if (CudaResult result = opened.driver.init(0); result != kCudaSuccess) {
      opened.why = "expected a GPU that NVIDIA's driver can use, but it says: " + opened.driver.text(result) +
                   "; see nvidia-smi";
      return opened;
    }
    opened.works = true;
    return opened;
  }

private:
  template <typename Function> void find(Function &function, const char *name) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (!function && opened.why.empty())
      opened.why = std::string("expected a driver with ") + name + ", but found none; install NVIDIA's driver " +
                   versionText(kOldestDriver) + " or later";
  }

  bool isRecent() {
    int version = 0;
    opened.driver.driverGetVersion(&version);
    if (version < kOldestDriver)
      opened.why = "expected a driver for CUDA " + versionText(kOldestDriver) + " or later, but found one for " +
                   versionText(version) + "; install a later one";
    return version >= kOldestDriver;
  }

  void findAll() {
    CudaDriver &driver = opened.driver;
    find(driver.deviceGetCount, "cuDeviceGetCount");
    find(driver.deviceGet, "cuDeviceGet");
    find(driver.deviceGetAttribute, "cuDeviceGetAttribute");
    find(driver.devicePrimaryCtxRetain, "cuDevicePrimaryCtxRetain");
    find(driver.ctxPushCurrent, "cuCtxPushCurrent_v2");
    find(driver.ctxPopCurrent, "cuCtxPopCurrent_v2");
    find(driver.ctxSynchronize, "cuCtxSynchronize");
    find(driver.moduleLoadDataEx, "cuModuleLoadDataEx");
    find(driver.moduleGetFunction, "cuModuleGetFunction");
    find(driver.funcSetAttribute, "cuFuncSetAttribute");
    find(driver.launchKernel, "cuLaunchKernel");
    find(driver.memPoolCreate, "cuMemPoolCreate");
    find(driver.memPoolSetAttribute, "cuMemPoolSetAttribute");
    find(driver.memPoolTrimTo, "cuMemPoolTrimTo");
    find(driver.memAllocFromPoolAsync, "cuMemAllocFromPoolAsync");
    find(driver.memFreeAsync, "cuMemFreeAsync");
    find(driver.memcpyAsync, "cuMemcpyAsync");
    find(driver.streamSynchronize, "cuStreamSynchronize");
    find(driver.pointerGetAttribute, "cuPointerGetAttribute");
    find(driver.getErrorString, "cuGetErrorString");
  }

  void *library = nullptr;
  Opened opened;
};

} // namespace

const CudaDriver *CudaDriver::get(std::string &why) {
  static const Opened opened = Loader().open();
  why = opened.why;
  return opened.works ? &opened.driver : nullptr;
}

std::string CudaDriver::text(CudaResult result) const {
  const char *words = nullptr;
  if (getErrorString(result, &words) != kCudaSuccess || !words)
    words = "an unknown error";
  return words + (" (" + std::to_string(int(result)) + ")");
}

} // namespace theria::runtime
