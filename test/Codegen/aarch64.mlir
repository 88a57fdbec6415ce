// The streaming path makes an object for another processor: fused multiply-adds on vectors, and of functions only those
// of the runtime.
// RUN: theria-opt %s --theria-cpu=cpu=aarch64 | mlir-translate --mlir-to-llvmir \
// RUN:   | llc -O3 -mtriple=aarch64-linux-gnu -filetype=obj -o %t.o
// RUN: llvm-readobj --file-headers %t.o | FileCheck %s --check-prefix=FILE
// RUN: llvm-objdump -d %t.o | FileCheck %s --check-prefix=CODE
// RUN: llvm-nm --undefined-only %t.o | FileCheck %s --check-prefix=CALLS --implicit-check-not=" U "
// FILE: Arch: aarch64
// CODE: fmla v{{[0-9]+}}.4s
// CALLS: U _mlir_memref_to_llvm_alloc
// CALLS-DAG: U theria_fail
// CALLS-DAG: U theria_failed
// CALLS-DAG: U theria_parallel
// CALLS-DAG: U {{memcpy|_mlir_memref_to_llvm_free}}
!x = tensor<1x2x?x64xf32>
!r = tensor<1x2x?xf32>
func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal softcap(20.0) : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}
func.func @hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x) {
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x, !x)
  return %h#0, %h#1, %h#2 : !x, !x, !x
}
