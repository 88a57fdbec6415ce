//===- Cuda.cpp - kernels on an NVIDIA GPU --------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/Cuda.h"

#include "runtime/CudaDriver.h"
#include "runtime/theria_runtime.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <tuple>

namespace theria::runtime {

namespace {

/// Modules stay loaded as long as the process: a program is called again. They are told apart by the hash of what they
/// are made of, since the memory of a program that is gone may hold another, and to compare all of it takes as long as
/// to launch it.
class LoadedModules {
public:
  CudaDriver::Handle find(const Kernels &kernels, int device) {
    const std::lock_guard<std::mutex> lock(mutex);
    auto found = modules.find({device, kernels.hash, kernels.bytes});
    return found == modules.end() ? nullptr : found->second;
  }
  /// Where two threads load one image at a time, the second module is left alone.
  void add(const Kernels &kernels, int device, CudaDriver::Handle module) {
    const std::lock_guard<std::mutex> lock(mutex);
    modules.try_emplace({device, kernels.hash, kernels.bytes}, module);
  }

private:
  std::mutex mutex;
  std::map<std::tuple<int, std::array<uint64_t, 2>, uint64_t>, CudaDriver::Handle> modules;
};

LoadedModules &loadedModules() {
  static LoadedModules modules;
  return modules;
}

/// What calls hold on a GPU comes from a pool of its own, so that the process's other pools keep their settings. The
/// pool keeps what is freed for later calls: to map memory anew takes as long as a short sweep.
class MemoryPools {
public:
  CudaResult get(const CudaDriver &driver, int device, CudaDriver::Handle &pool) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (auto found = pools.find(device); found != pools.end()) {
      pool = found->second;
      return kCudaSuccess;
    }
    CudaPoolProperties properties;
    properties.device = device;
    CudaResult result = driver.memPoolCreate(&pool, &properties);
    uint64_t kept = UINT64_MAX;
    if (result == kCudaSuccess)
      result = driver.memPoolSetAttribute(pool, kPoolReleaseThreshold, &kept);
    if (result == kCudaSuccess)
      pools.emplace(device, pool);
    return result;
  }

private:
  std::mutex mutex;
  std::map<int, CudaDriver::Handle> pools;
};

MemoryPools &memoryPools() {
  static MemoryPools pools;
  return pools;
}

void fail(const std::string &text) { theria_fail(("error: " + text).c_str(), 0, nullptr); }

class Device : public CudaDevice {
public:
  Device(const CudaDriver &driver, int device, int number, void *stream)
      : driver(driver), device(device), number(number), stream(stream) {
    driver.deviceGetAttribute(&major, kComputeCapabilityMajor, device);
    driver.deviceGetAttribute(&minor, kComputeCapabilityMinor, device);
    table.context = this;
    table.allocate = [](void *self, uint64_t bytes) { return static_cast<Device *>(self)->allocate(bytes); };
    table.release = [](void *self, void *memory) { static_cast<Device *>(self)->giveBack(memory); };
    table.copyIn = [](void *self, void *to, const void *from, uint64_t bytes) {
      static_cast<Device *>(self)->copy(to, from, bytes);
      static_cast<Device *>(self)->wait();
    };
    table.copyOut = table.copyIn;
    table.launch = [](void *self, const char *kernel, int64_t blocks, int64_t threads, int64_t shared, void **arguments,
                      int64_t) { static_cast<Device *>(self)->launch(kernel, blocks, threads, shared, arguments); };
  }
  ~Device() override {
    CudaDriver::Handle current = nullptr;
    if (entered)
      driver.ctxPopCurrent(&current);
  }
  Device(const Device &) = delete;
  Device &operator=(const Device &) = delete;

  /// Makes the GPU's primary context the thread's.
  CudaResult enter() {
    CudaDriver::Handle context = nullptr;
    CudaResult result = driver.devicePrimaryCtxRetain(&context, device);
    if (result == kCudaSuccess)
      result = driver.ctxPushCurrent(context);
    entered = result == kCudaSuccess;
    return entered ? memoryPools().get(driver, device, pool) : result;
  }

  std::string chip() const override {
    // Hopper and what came later have instructions of their own, under an "a".
    return "sm_" + std::to_string(capability()) + (major >= 9 ? "a" : "");
  }

  bool load(const Kernels &kernels, std::string &why) override {
    if (!fits(kernels)) {
      why = std::string("expected a GPU for ") + kernels.chip + ", but GPU " + std::to_string(number) + " is sm_" +
            std::to_string(capability()) + "; compile the program with --chip=" + chip();
      return false;
    }
    if (kernels.bytes == 0)
      return true;
    module = loadedModules().find(kernels, device);
    if (module)
      return true;
    std::array<char, 4096> log{};
    std::array<int, 2> options{kErrorLog, kErrorLogBytes};
    std::array<void *, 2> values{log.data(), reinterpret_cast<void *>(log.size() - 1)};
    const CudaResult result =
        driver.moduleLoadDataEx(&module, kernels.image, options.size(), options.data(), values.data());
    if (result == kCudaUnsupportedPtxVersion) {
      why = std::string("expected a driver that knows the PTX of ") + kernels.chip +
            ", but found an older one; install a later driver";
      return false;
    }
    if (result != kCudaSuccess) {
      why = "expected kernels that the driver can load, but it says: " + driver.text(result) +
            (log[0] ? std::string(": ") + log.data() : std::string()) +
            "; compile the program again with --chip=" + chip();
      return false;
    }
    loadedModules().add(kernels, device, module);
    return true;
  }

  int32_t ownerOf(const void *memory) const override {
    unsigned type = 0;
    int ordinal = -1;
    const auto address = reinterpret_cast<CudaDriver::Address>(memory);
    const bool isThere = driver.pointerGetAttribute(&type, kMemoryType, address) == kCudaSuccess &&
                         type == kMemoryOfDevice &&
                         driver.pointerGetAttribute(&ordinal, kDeviceOrdinal, address) == kCudaSuccess;
    return isThere ? ordinal : -1;
  }

  const theria_device &interface() const override { return table; }

  void trim() override {
    driver.ctxSynchronize(); // What was freed, but is not known to be, stays.
    driver.memPoolTrimTo(pool, 0);
  }

  void copy(void *to, const void *from, uint64_t bytes) override {
    if (bytes)
      expectFinished(driver.memcpyAsync(reinterpret_cast<CudaDriver::Address>(to),
                                        reinterpret_cast<CudaDriver::Address>(from), bytes, stream));
  }
  void wait() override { expectFinished(driver.streamSynchronize(stream)); }

private:
  int capability() const { return major * 10 + minor; }

  /// Code with an "a" runs on its own chip alone, a cubin on those of its generation, PTX on all later ones.
  bool fits(const Kernels &kernels) const {
    const long made = std::strtol(kernels.chip + 3, nullptr, 10);
    if (kernels.chip[strlen(kernels.chip) - 1] == 'a')
      return made == capability();
    const bool isCubin = kernels.bytes > 4 && memcmp(kernels.image, "\177ELF", 4) == 0;
    return made <= capability() && (!isCubin || made / 10 == major);
  }

  void *allocate(uint64_t bytes) {
    CudaDriver::Address memory = 0;
    return driver.memAllocFromPoolAsync(&memory, bytes ? bytes : 1, pool, stream) == kCudaSuccess
               ? reinterpret_cast<void *>(memory)
               : nullptr;
  }
  void giveBack(void *memory) { driver.memFreeAsync(reinterpret_cast<CudaDriver::Address>(memory), stream); }

  void expectFinished(CudaResult result) const {
    if (result != kCudaSuccess)
      fail("expected the GPU to finish what it was given, but the driver says: " + driver.text(result));
  }

  void launch(const char *kernel, int64_t blocks, int64_t threads, int64_t shared, void **arguments) {
    constexpr int64_t mostBlocks = INT32_MAX;
    if (blocks > mostBlocks)
      return fail("expected at most " + std::to_string(mostBlocks) + " blocks of rows or columns, but found " +
                  std::to_string(blocks) + "; give smaller inputs");
    CudaDriver::Handle function = nullptr;
    CudaResult result = driver.moduleGetFunction(&function, module, kernel);
    if (result == kCudaSuccess && shared)
      result = driver.funcSetAttribute(function, kMaxDynamicSharedBytes, int(shared));
    if (result == kCudaSuccess)
      result = driver.launchKernel(function, unsigned(blocks), 1, 1, unsigned(threads), 1, 1, unsigned(shared), stream,
                                   arguments, nullptr);
    if (result != kCudaSuccess)
      fail(std::string("expected the GPU to run the kernel ") + kernel +
           ", but the driver says: " + driver.text(result));
  }

  const CudaDriver &driver;
  int device, number;
  void *stream;
  int major = 0, minor = 0;
  bool entered = false;
  CudaDriver::Handle pool = nullptr;
  CudaDriver::Handle module = nullptr;
  theria_device table{};
};

} // namespace

void CudaDevice::release(void *memory) {
  std::string why;
  auto device = open(0, nullptr, why);
  const int32_t number = device ? device->ownerOf(memory) : -1;
  if (number > 0)
    device = open(number, nullptr, why);
  if (number >= 0 && device)
    device->interface().release(device->interface().context, memory);
}

std::unique_ptr<CudaDevice> CudaDevice::open(int32_t number, void *stream, std::string &why) {
  const CudaDriver *driver = CudaDriver::get(why);
  if (!driver)
    return nullptr;
  int count = 0, device = 0;
  driver->deviceGetCount(&count);
  if (count == 0) {
    why = "expected a GPU, but NVIDIA's driver shows none; see nvidia-smi and CUDA_VISIBLE_DEVICES";
    return nullptr;
  }
  if (number < 0 || number >= count || driver->deviceGet(&device, number) != kCudaSuccess) {
    why = "expected a GPU of number 0 to " + std::to_string(count - 1) + ", but found " + std::to_string(number) +
          "; see nvidia-smi";
    return nullptr;
  }
  auto opened = std::make_unique<Device>(*driver, device, number, stream);
  if (CudaResult result = opened->enter(); result != kCudaSuccess) {
    why = "expected to use GPU " + std::to_string(number) + ", but the driver says: " + driver->text(result);
    return nullptr;
  }
  return opened;
}

} // namespace theria::runtime
