// Each array that can't be had is an error with a place, also one that is filled with a constant which several tiles share.
// RUN: theria-opt %s --theria-cpu | FileCheck %s
// CHECK-NOT: ("error: expected memory
// CHECK: places-of-arrays.mlir:{{[0-9]+}}:{{[0-9]+}}: error: expected memory for {0} bytes
// CHECK-NOT: ("error: expected memory

!d = tensor<?x16xf64>
!s = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>
func.func @main(%x: !d, %y: !d) -> !d {
  %s = theria.einsum "id,jd->ij" %x, %y : (!d, !d) -> !s
  %e = math.tanh %s : !s
  %r = theria.einsum "ij,jd->id" %e, %y : (!s, !d) -> !d
  return %r : !d
}
