// Tiles are of fewer columns where a block of threads would need more shared memory than it may have, but of 16.
// RUN: theria-opt %s --theria-kernels="function=some chip=sm_90a" | FileCheck %s --check-prefix=MUCH
// MUCH: tile = [32, 32]
// RUN: theria-opt %s --theria-kernels="function=some chip=sm_89" | FileCheck %s --check-prefix=LITTLE
// LITTLE: tile = [32, 16]
// RUN: not theria-opt %s --theria-nvvm="function=many chip=sm_89" 2>&1 | FileCheck %s
// CHECK: error: expected tiles for which the 101376 bytes of shared memory suffice that a block of threads may have, but found some that need {{[0-9]+}}; choose smaller tiles

!x = tensor<1x2x256x128xf64>
!y = tensor<1x2x256x512xf64>

func.func @some(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x256xf64>)
  return %out : !x
}

func.func @many(%q: !y, %k: !y, %v: !y) -> !y {
  %out, %lse = theria.sdpa %q, %k, %v : (!y, !y, !y) -> (!y, tensor<1x2x256xf64>)
  return %out : !y
}
