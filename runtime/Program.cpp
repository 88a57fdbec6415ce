//===- Program.cpp - run what theria-compile made -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/theria_program.h"

#include "runtime/Arrays.h"
#include "runtime/Cuda.h"
#include "runtime/theria_runtime.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace theria::runtime;

namespace {

bool supportsCpu(const std::string &cpu) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (cpu == "x86-64")
    return true;
  if (cpu == "x86-64-v3")
    return __builtin_cpu_supports("x86-64-v3");
  if (cpu == "x86-64-v4")
    return __builtin_cpu_supports("x86-64-v4");
  return false;
#elif defined(__aarch64__)
  return cpu == "aarch64";
#else
  return false;
#endif
}

/// While it lives, the calling thread's programs run on a device and count what they hold.
class Surroundings {
public:
  Surroundings(const theria_device *device, theria_workspace &workspace) {
    theria_set_device(device);
    theria_set_workspace(&workspace);
  }
  ~Surroundings() {
    theria_set_workspace(nullptr);
    theria_set_device(nullptr);
  }
  Surroundings(const Surroundings &) = delete;
  Surroundings &operator=(const Surroundings &) = delete;
};

/// One call of theria_run.
class Call {
public:
  Call(const theria_program &program, theria_call &call) : program(program), call(call) {}

  Status run(const theria_array *inputs, theria_array *outputs);

private:
  Status open();
  Status checkPlaces(const theria_port *ports, const theria_array *arrays, uint32_t count) const;
  Status placeInputs(const theria_array *inputs);
  Status enter();
  Status deliver(theria_array *outputs);
  Status failed() const;
  void *makeResult(const theria_array &output, const Descriptor &from, uint64_t bytes);
  void copyResult(void *to, const Descriptor &from, uint64_t bytes);

  const theria_program &program;
  theria_call &call;
  std::unique_ptr<CudaDevice> device;
  theria_workspace workspace{};
  std::vector<Descriptor> arguments;
  std::vector<uint64_t> results;
};

} // namespace

Status Call::open() {
  if (program.version != THERIA_VERSION)
    return {THERIA_BAD_VERSION, std::string("expected a program for version ") + std::to_string(THERIA_VERSION) +
                                    " of the runtime, but " + program.name + " is for version " +
                                    std::to_string(program.version) + "; compile it again, or install that runtime"};
  if (!supportsCpu(program.cpu))
    return {THERIA_BAD_VERSION, std::string("expected a processor of the kind ") + program.cpu + " for " +
                                    program.name + ", but this one is not; compile it with another --cpu"};
  if (!program.chip)
    return {};
  std::string why;
  device = CudaDevice::open(call.device, call.stream, why);
  if (!device ||
      !device->load(
          {program.kernels, program.kernelBytes, {program.kernelHash[0], program.kernelHash[1]}, program.chip}, why))
    return {THERIA_DEVICE_FAILED, why};
  return {};
}

Status Call::failed() const {
  if (workspace.exceeded)
    return {THERIA_OUT_OF_MEMORY,
            std::string(theria_error()) + (workspace.limit ? "\nnote: the call allows a workspace of " +
                                                                 std::to_string(workspace.limit) + " bytes"
                                                           : std::string())};
  return {device ? THERIA_DEVICE_FAILED : THERIA_PROGRAM_FAILED, theria_error()};
}

/// Refuses memory that the program can't reach.
Status Call::checkPlaces(const theria_port *ports, const theria_array *arrays, uint32_t count) const {
  for (uint32_t number = 0; number < count; ++number) {
    const theria_array &array = arrays[number];
    if (array.place == THERIA_HOST)
      continue;
    if (!device)
      return badArgument(ports[number],
                         "to lie in the host's memory, as the program runs there, but found THERIA_CUDA; "
                         "say THERIA_HOST, or compile the program with --chip");
    if (!array.data || !byteCount(array))
      continue;
    const int32_t owner = device->ownerOf(array.data);
    if (owner != call.device)
      return badArgument(
          ports[number],
          "to lie in the memory of GPU " + std::to_string(call.device) + ", but found an address of " +
              (owner < 0 ? "no GPU; copy it there, or say THERIA_HOST"
                         : "GPU " + std::to_string(owner) + "; copy it there, or call the program on that device"));
  }
  return {};
}

/// Inputs that lie elsewhere are copied to where the program runs, which is part of the workspace.
Status Call::placeInputs(const theria_array *inputs) {
  for (uint32_t number = 0; number < program.inputCount; ++number) {
    const theria_array &input = inputs[number];
    void *memory = input.data;
    if (device && input.place == THERIA_HOST) {
      memory = _mlir_memref_to_llvm_alloc(byteCount(input));
      if (!memory)
        return {THERIA_OUT_OF_MEMORY, "expected " + std::to_string(byteCount(input)) + " bytes of the device for " +
                                          program.inputs[number].name + ", but there is no room; give smaller inputs"};
      device->copy(memory, input.data, byteCount(input));
    }
    arguments.push_back(describe(memory, input.shape, size_t(input.rank)));
  }
  return theria_failed() ? failed() : Status();
}

Status Call::enter() {
  size_t words = 0;
  for (uint32_t number = 0; number < program.outputCount; ++number)
    words += descriptorWords(program.outputs[number].rank);
  results.assign(words, 0);
  callEntry(program.entry, results, arguments);
  return theria_failed() ? failed() : Status();
}

/// Memory that the caller frees: where it is to lie on the GPU, the program's own, which it need not be copied to.
void *Call::makeResult(const theria_array &output, const Descriptor &from, uint64_t bytes) {
  if (output.place == THERIA_HOST)
    return std::malloc(std::max<uint64_t>(bytes, 1));
  void *memory = reinterpret_cast<void *>(from[1]);
  return theria_keep(memory) ? memory : device->interface().allocate(device->interface().context, bytes);
}

void Call::copyResult(void *to, const Descriptor &from, uint64_t bytes) {
  const char *memory = reinterpret_cast<const char *>(from[1]);
  if (to == memory)
    return;
  if (device)
    device->copy(to, memory, bytes);
  else if (bytes)
    std::memcpy(to, memory, bytes);
}

/// All results, or none: what may go wrong comes before anything is written.
Status Call::deliver(theria_array *outputs) {
  std::vector<theria_array> made;
  std::vector<Descriptor> from;
  const uint64_t *at = results.data();
  Status status;
  for (uint32_t number = 0; number < program.outputCount && status.good(); ++number) {
    const theria_port &port = program.outputs[number];
    from.emplace_back(at, at + descriptorWords(port.rank));
    at += descriptorWords(port.rank);
    theria_array array = arrayOf(port, from.back(), outputs[number]);
    if (outputs[number].data) {
      status = checkGiven(port, outputs[number], array);
    } else {
      array.data = makeResult(outputs[number], from.back(), byteCount(array));
      if (!array.data)
        status = {THERIA_OUT_OF_MEMORY, "expected " + std::to_string(byteCount(array)) + " bytes for " + port.name +
                                            ", but there is no room; give smaller inputs"};
    }
    made.push_back(array);
  }
  for (size_t number = 0; number < made.size() && status.good() && !theria_failed(); ++number)
    copyResult(made[number].data, from[number], byteCount(made[number]));
  if (device)
    device->wait();
  if (status.good() && theria_failed())
    status = failed();
  for (size_t number = 0; number < made.size(); ++number)
    if (status.good())
      outputs[number] = made[number];
    else if (made[number].data && !outputs[number].data)
      theria_free(&made[number]);
  return status;
}

Status Call::run(const theria_array *inputs, theria_array *outputs) {
  Status status = open();
  if (status.good())
    status = checkInputs(program, inputs);
  if (status.good())
    status = checkOutputs(program, outputs);
  if (status.good())
    status = checkPlaces(program.inputs, inputs, program.inputCount);
  if (status.good())
    status = checkPlaces(program.outputs, outputs, program.outputCount);
  if (!status.good())
    return status;
  workspace.limit = call.workspace;
  const Surroundings surroundings(device ? &device->interface() : nullptr, workspace);
  status = placeInputs(inputs);
  if (status.good())
    status = enter();
  if (status.good())
    status = deliver(outputs);
  else if (device)
    device->wait(); // What the GPU was given may read the caller's memory.
  call.workspaceUsed = workspace.peak;
  return status;
}

int32_t theria_run(const theria_program *program, theria_call *call, const theria_array *inputs,
                   theria_array *outputs) {
  theria_call own{};
  own.structBytes = sizeof own;
  if (!program || (program->inputCount && !inputs) || (program->outputCount && !outputs))
    return THERIA_BAD_ARGUMENT;
  if (call && call->structBytes != sizeof own)
    return THERIA_BAD_VERSION;
  theria_call &used = call ? *call : own;
  const Status status = Call(*program, used).run(inputs, outputs);
  if (used.message && used.messageBytes) {
    const size_t length = std::min<size_t>(status.message.size(), used.messageBytes - 1);
    std::memcpy(used.message, status.message.data(), length);
    used.message[length] = '\0';
  }
  return status.code;
}

void theria_free(theria_array *array) {
  if (!array || !array->data)
    return;
  if (array->place == THERIA_HOST)
    std::free(array->data);
  else
    CudaDevice::release(array->data);
  array->data = nullptr;
}

void theria_trim(int32_t number) {
  std::string why;
  if (auto device = CudaDevice::open(number, nullptr, why))
    device->trim();
}
