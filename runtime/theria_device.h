/*===- theria_device.h - a machine that runs kernels --------------- C ABI -===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A host program whose kernels run on a device allocates its arrays there and launches the kernels by name. Which
device
// that is belongs to the calling thread.
//
//===----------------------------------------------------------------------===*/

#ifndef THERIA_DEVICE_H
#define THERIA_DEVICE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct theria_device {
  void *context; /* the first argument of every function */
  /* Memory of the device, aligned to 256 bytes; null where there is none left. */
  void *(*allocate)(void *context, uint64_t bytes);
  void (*release)(void *context, void *memory);
  /* Copy bytes to the device and back, and wait until they are there. What goes wrong is told to theria_fail. */
  void (*copyIn)(void *context, void *device, const void *host, uint64_t bytes);
  void (*copyOut)(void *context, void *host, const void *device, uint64_t bytes);
  /* Runs `blocks` blocks of `threads` threads, each block with `sharedBytes` bytes of shared memory. `arguments` are
     the addresses of the kernel's arguments. Launches run in order. What goes wrong is told to theria_fail. */
  void (*launch)(void *context, const char *kernel, int64_t blocks, int64_t threads, int64_t sharedBytes,
                 void **arguments, int64_t count);
};

/* From now on the calling thread's programs run on this device, which is to outlive them; null: on the CPU. */
void theria_set_device(const struct theria_device *device);

/* Launches a kernel on the calling thread's device; what generated code calls. A launch without blocks is none. */
void theria_launch(const char *kernel, int64_t blocks, int64_t threads, int64_t sharedBytes, void **arguments,
                   int64_t count);

/* Copies bytes from the calling thread's device, and to it: single elements that the host program reads and writes. */
void theria_read(void *host, const void *device, int64_t bytes);
void theria_write(void *device, const void *host, int64_t bytes);

#ifdef __cplusplus
}
#endif

#endif /* THERIA_DEVICE_H */
