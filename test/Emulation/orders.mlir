// Kernels on the CPU, every thread by itself, warps in any order: the same bits, and no race.
// RUN: theria-emulate forward %s --fill=normal:7 --derive=vjp --output=@%t.forward.npy --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-emulate reverse %s --fill=normal:7 --derive=vjp --output=@%t.reverse.npy | count 3
// RUN: theria-emulate random %s --fill=normal:7 --derive=vjp --output=@%t.random.npy | count 3
// RUN: cmp %t.forward.npy %t.reverse.npy
// RUN: cmp %t.forward.npy %t.random.npy

// RUN: theria-emulate %s --fill=normal:7 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-emulate %s --fill=normal:7 --derive=jvp --tile=32x16 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-emulate %s --fill=normal:7 --derive=vjp,jvp --check --check-lines=accuracy,stages | FileCheck %s
// CHECK: none fail

!x = tensor<1x2x70x20xf32>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, tensor<1x2x70xf32>)
  return %out : !x
}
