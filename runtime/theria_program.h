/*===- theria_program.h - run what theria-compile made ------------- C ABI -===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// theria-compile writes, beside a library or an object, a header that declares each function of it as a
// `const struct theria_program`. theria_run runs one. Needs libtheria_runtime alone; programs for a GPU open CUDA's
// driver when they first run.
//
// Every function here may be called from several threads at once.
//
//===----------------------------------------------------------------------===*/

#ifndef THERIA_PROGRAM_H
#define THERIA_PROGRAM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the structures below look like, and what compiled code calls. A program runs with a runtime of its version. */
#define THERIA_VERSION 2
#define THERIA_MAX_RANK 16
#define THERIA_ANY_SIZE (-1)

/* What theria_run returns. */
enum {
  THERIA_OK = 0,
  THERIA_BAD_ARGUMENT = 1,   /* what the caller gave: a type, a shape, a place, a missing pointer */
  THERIA_PROGRAM_FAILED = 2, /* what the program checks of its inputs, with the place in its source */
  THERIA_OUT_OF_MEMORY = 3,  /* the system's memory, the device's, or the call's workspace */
  THERIA_DEVICE_FAILED = 4,  /* no driver or device, one that the program is not made for, or a failed launch */
  THERIA_BAD_VERSION = 5     /* a program or a structure of another version, or code for another processor */
};

/* The elements of an array. An i1 is a byte, 0 or 1; bf16 and f16 are 16 bits; an index is 64 bits. */
enum {
  THERIA_F64 = 1,
  THERIA_F32 = 2,
  THERIA_F16 = 3,
  THERIA_BF16 = 4,
  THERIA_I1 = 5,
  THERIA_I8 = 6,
  THERIA_I16 = 7,
  THERIA_I32 = 8,
  THERIA_I64 = 9,
  THERIA_INDEX = 10
};

/* Where an array's elements lie. */
enum { THERIA_HOST = 0, THERIA_CUDA = 1 };

/* An input or a result, in C order without gaps. A scalar has rank 0. */
struct theria_array {
  uint32_t structBytes; /* sizeof(struct theria_array) */
  int32_t element;      /* THERIA_F64, … */
  int32_t place;        /* THERIA_HOST or THERIA_CUDA */
  int32_t rank;
  int64_t shape[THERIA_MAX_RANK];
  void *data; /* on a GPU, at a multiple of 16 bytes */
};

/* What one call may use, and what it tells. */
struct theria_call {
  uint32_t structBytes;   /* sizeof(struct theria_call) */
  int32_t device;         /* the number of the GPU; 0 on the CPU */
  void *stream;           /* the CUstream that kernels run on, of that GPU's primary context; null: the default one */
  uint64_t workspace;     /* bytes that a program's own arrays, and copies of inputs, may have at a time; 0: no limit */
  uint64_t workspaceUsed; /* written: the most bytes that were held; other calls of equal sizes hold no more than so
                             much for each thread */
  char *message;          /* written: what went wrong, ended by a 0, cut to messageBytes; may be null */
  uint64_t messageBytes;
};

/* An input or a result of a program. */
struct theria_port {
  const char *name; /* "q", "result 0", "tangent of q" */
  int32_t element;
  int32_t rank;
  const int64_t *shape; /* THERIA_ANY_SIZE where any size is taken */
  int32_t shapeClass;   /* ports of one class have one shape */
};

/* A compiled function. */
struct theria_program {
  uint32_t version; /* THERIA_VERSION of the compiler */
  uint32_t inputCount;
  uint32_t outputCount;
  const char *name;
  const char *cpu;     /* the processors that it runs on: x86-64, x86-64-v3, x86-64-v4 or aarch64 */
  const char *chip;    /* the GPUs that it runs on, as sm_90a; null: none */
  const char *kernels; /* PTX or a cubin, of no bytes where there are none; null without a chip */
  uint64_t kernelBytes;
  uint64_t kernelHash[2]; /* of the kernels: of those with one hash, a process loads one on each GPU */
  const struct theria_port *inputs;
  const struct theria_port *outputs;
  void (*entry)(void **arguments);
};

/* Runs a program and returns when its results are there. `inputs` has inputCount arrays, which are only read; `outputs`
   outputCount. A result whose `data` is null gets memory, to be freed by theria_free: the caller sets structBytes and
   place, the runtime all else. Into memory that the caller gives, of the result's element and shape, it is copied; on a
   GPU it takes less time to let it get memory.
   Where a status other than THERIA_OK comes back, no result is written. `call` may be null. */
int32_t theria_run(const struct theria_program *program, struct theria_call *call, const struct theria_array *inputs,
                   struct theria_array *outputs);

/* Frees what theria_run allocated for a result and sets its data to null. On a GPU that comes after what was given
   before to the default stream and to streams that it waits for; work on others, those of CU_STREAM_NON_BLOCKING, must
   have ended. */
void theria_free(struct theria_array *array);

/* Gives back to the system the memory of a GPU that calls have used and that is kept for later ones. */
void theria_trim(int32_t device);

/* The programs of a library that theria-compile made, which has this symbol: ends with a null pointer. */
typedef const struct theria_program *const *(*theria_programs_function)(void);

#ifdef __cplusplus
}
#endif

#endif /* THERIA_PROGRAM_H */
