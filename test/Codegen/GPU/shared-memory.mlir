// Tiles that need more shared memory than a block of threads may have.
// RUN: theria-opt %s --theria-nvvm="chip=sm_90a row-tile=128 column-tile=128" -o /dev/null
// RUN: not theria-opt %s --theria-nvvm="chip=sm_89 row-tile=128 column-tile=128" 2>&1 | FileCheck %s
// CHECK: error: expected tiles for which the 101376 bytes of shared memory suffice that a block of threads may have, but found some that need {{[0-9]+}}; choose smaller tiles

!x = tensor<1x2x256x64xf32>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x256xf32>)
  return %out : !x
}
