// A program on `?` gives what the same program on fixed sizes gives, also with grouped heads: the orders of sums of 7
// terms and fewer may differ, by less than 1e-14 of what is near 1.
// RUN: mkdir -p %t
// DEFINE: %{inputs} = --input=2x4x3x5xf64=normal:1 --input=2x2x6x5xf64=normal:2 --input=2x2x6x7xf64=normal:3
// RUN: theria-run %s --function=fixed --derive=vjp %{inputs} --fill=normal:4 \
// RUN:   --output=@%t/out.npy --output=@%t/q.npy --output=@%t/k.npy --output=@%t/v.npy
// RUN: theria-run %s --function=dynamic --derive=vjp %{inputs} --input=2x4x3x7xf64=normal:7 --rtol=0 --atol=1e-14 \
// RUN:   --expect=@%t/out.npy --expect=@%t/q.npy --expect=@%t/k.npy --expect=@%t/v.npy

// Sizes that must agree, bound differently: an error at the operation that needs them to.
// RUN: not theria-run %s --function=dynamic --input=2x4x3x5xf64=ones --input=2x2x6x5xf64=ones --input=2x2x8x7xf64=ones \
// RUN:   2>&1 | FileCheck %s --check-prefix=KEYS --implicit-check-not=error:
// KEYS: dynamic.mlir:[[#@LINE+22]]:{{[0-9]+}}: error: {{.*}}6{{.*}}8
// RUN: not theria-run %s --function=dynamic --input=2x4x3x5xf64=ones --input=2x2x6x4xf64=ones --input=2x2x6x7xf64=ones \
// RUN:   2>&1 | FileCheck %s --check-prefix=DEPTH --implicit-check-not=error:
// DEPTH: dynamic.mlir:[[#@LINE+19]]:{{[0-9]+}}: error: {{.*}}5{{.*}}4
// RUN: not theria-run %s --function=dynamic --input=2x4x3x5xf64=ones --input=2x3x6x5xf64=ones --input=2x3x6x7xf64=ones \
// RUN:   2>&1 | FileCheck %s --check-prefix=HEADS --implicit-check-not=error:
// HEADS: dynamic.mlir:[[#@LINE+16]]:{{[0-9]+}}: error: {{.*}}4{{.*}}3

!q = tensor<2x4x3x5xf64>
!k = tensor<2x2x6x5xf64>
!v = tensor<2x2x6x7xf64>
!o = tensor<2x4x3x7xf64>
!r = tensor<2x4x3xf64>
!d = tensor<?x?x?x?xf64>
!e = tensor<?x?x?xf64>

func.func @fixed(%q: !q, %k: !k, %v: !v) -> !o {
  %out, %lse = theria.sdpa %q, %k, %v : (!q, !k, !v) -> (!o, !r)
  return %out : !o
}

func.func @dynamic(%q: !d, %k: !d, %v: !d) -> !d {
  %out, %lse = theria.sdpa %q, %k, %v : (!d, !d, !d) -> (!d, !e)
  return %out : !d
}
