// libomp's shared memory outlives a process that is killed, and its name is the number of the process: the next one of
// that number must start none the less, whether it was left empty or filled.
// RUN: bash -c ': > /dev/shm/__KMP_REGISTERED_LIB_$$_$(id -u); exec theria-run %s --fill=ones --schedule=auto' | FileCheck %s
// RUN: bash -c 'echo 1-2-libomp.so > /dev/shm/__KMP_REGISTERED_LIB_$$_$(id -u); exec theria-run %s --fill=ones --schedule=auto' | FileCheck %s
// CHECK: result 0: tensor<1x2x6x4xf64>

!x = tensor<1x2x6x4xf64>
!r = tensor<1x2x6xf64>
func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}
