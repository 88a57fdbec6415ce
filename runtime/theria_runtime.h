/*===- theria_runtime.h - what generated code calls --------------- C ABI -===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code never aborts: it allocates through the arena below, and where
// a run-time check fails it records an error and returns. The caller of the
// entry then asks theria_failed(), copies the results out where it is 0, and
// calls theria_release(). The state belongs to the calling thread.
//
// The entry of a module lowered by theria's reference pipeline is
//
//   void _mlir_ciface___theria_entry(void *results, void *argument...);
//
// where each argument points to the descriptor of an array,
//
//   struct { T *allocated; T *aligned; int64_t offset, sizes[r], strides[r]; }
//
// (sizes and strides count elements; rank 0 has neither), contiguous in C
// order, and never written to. `results` points to one such descriptor for
// each result, packed in order; without results the parameter is absent. An
// i1 is a byte, 0 or 1; an index is an int64_t. Results may alias arguments
// and live in the arena until theria_release().
//
//===----------------------------------------------------------------------===*/

#ifndef THERIA_RUNTIME_H
#define THERIA_RUNTIME_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Records the first error since the last release; later ones are dropped.
   `message` may hold placeholders {0}, {1}, ... that stand for `values`. */
void theria_fail(const char *message, int64_t count, const int64_t *values);

/* 1 where an error is recorded, else 0. */
int32_t theria_failed(void);

/* The recorded error, or a null pointer; valid until theria_release(). */
const char *theria_error(void);

/* Frees everything that the arena still holds and forgets the error. */
void theria_release(void);

/* Arena memory for generated code, aligned like malloc's; a null pointer where
   there is none left, for which generated code records a located error. The
   names are those that MLIR's lowering of memref.alloc and memref.dealloc
   calls. */
void *_mlir_memref_to_llvm_alloc(uint64_t bytes);

/* Gives one allocation back early; null is ignored. */
void _mlir_memref_to_llvm_free(void *memory);

/* Takes an array of the calling thread's device out of the arena, which is not to free it any more: 1; 0 where the
   arena holds none that begins there. It counts for the workspace no longer. */
int32_t theria_keep(void *memory);

/* The memory that generated code may hold at a time, on all the threads of one call of an entry. */
struct theria_workspace {
  uint64_t limit;    /* bytes; 0: as much as there is */
  uint64_t used;     /* at this time */
  uint64_t peak;     /* at most so far */
  uint32_t exceeded; /* 1 once an allocation was refused, by the limit or by the system */
};

/* From now on what the calling thread allocates is counted there; null: nowhere. Frees what the arena holds. */
void theria_set_workspace(struct theria_workspace *workspace);

/* 1 while the calling thread's stack has room for deeper calls, else 0: a
   function that calls itself asks before it goes on. */
uint8_t theria_has_stack(void);

/* Calls body(0, context) to body(count - 1, context), on as many threads as
   theria_set_threads says. Records the error of the smallest number. What a
   body leaves in its thread's arena is freed when all have returned.
   A call from within a body runs on the thread that makes it. Where bodies
   make such calls, which `nested` says, and threads are left over, the bodies
   that would leave some idle run one after another, each on all threads. */
void theria_parallel(int64_t count, void (*body)(int64_t number, void *context), void *context, bool nested);

/* From now on, at most this many threads; 0: one for each processor. */
void theria_set_threads(int32_t count);

/* Every function of this header that generated code may call, by name, for a
   JIT that resolves symbols itself; ends with a null name. */
struct theria_symbol {
  const char *name;
  void *address;
};
const struct theria_symbol *theria_runtime_symbols(void);

#ifdef __cplusplus
}
#endif

#endif /* THERIA_RUNTIME_H */
