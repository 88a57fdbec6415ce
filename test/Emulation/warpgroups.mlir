// Products of bf16 and f16 by wgmma, by four warps and by eight that share columns or have 128 rows.
// RUN: theria-emulate random %s --function=bf16 --fill=normal:7 --derive=vjp,jvp --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate reverse %s --function=f16 --fill=normal:7 --derive=vjp --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate random %s --function=wide --fill=normal:7 --derive=jvp --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate reverse %s --function=wide --fill=normal:7 --derive=vjp,jvp --check --check-lines=accuracy | FileCheck %s
// RUN: sed "s/1x1x128x128x/1x1x72x120x/; s/1x1x128xf32/1x1x72xf32/" %s > %t.ragged.mlir
// RUN: theria-emulate reverse %t.ragged.mlir --function=grouped --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate random %s --function=grouped --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// CHECK: none fail

// RUN: theria-opt %s --theria-kernels=function=wide_jvp | FileCheck %s --check-prefix=TALL
// TALL: gpu.launch_func @theria_kernels::@sweep0 blocks in (%c1, {{.*}} threads in (%c256,
// RUN: theria-opt %s --theria-kernels=function=wide_hvp | FileCheck %s --check-prefix=SHARED
// SHARED: nvvm.stmatrix

// What is wrong on purpose: Break.h.
// RUN: theria-emulate %s --function=bf16 --fill=normal:7 --output=@%t.npy
// DEFINE: %{broken} = %s --function=bf16 --fill=normal:7 --expect=@%t.npy 2>&1
// RUN: not theria-emulate break=panel:3 %{broken} | FileCheck %s --check-prefix=VALUES
// RUN: not theria-emulate break=fragment:3 %{broken} | FileCheck %s --check-prefix=VALUES
// RUN: not theria-emulate break=commit:1 %{broken} | FileCheck %s --check-prefix=VALUES
// VALUES: error: result 0: {{[0-9]+}} of 8192 elements differ
// RUN: not theria-emulate break=fence:0 %{broken} | FileCheck %s --check-prefix=FENCE
// FENCE: error: sweep0: wgmma.mma_async by thread 0 of block 0: expected wgmma.fence between other uses of its registers and wgmma
// RUN: not theria-emulate break=proxy:1 %{broken} | FileCheck %s --check-prefix=PROXY
// PROXY: error: sweep0: wgmma.mma_async by thread 0 of block 0: reads what thread {{[0-9]+}} wrote without fence.proxy.async
// RUN: not theria-emulate break=wait:1 %{broken} | FileCheck %s --check-prefix=WAY
// WAY: error: sweep0: wgmma.mma_async by thread {{[0-9]+}} of block 0: reads what a copy by thread {{[0-9]+}} is on its way to
// RUN: not theria-emulate break=barrier:2 %{broken} | FileCheck %s --check-prefix=UNWRITTEN
// UNWRITTEN: error: sweep0: wgmma.mma_async by thread {{[0-9]+}} of block 0: reads what was never written
// Among what threads exchange for products that begin together:
// RUN: not theria-emulate break=barrier:16 %s --function=grouped --fill=normal:7 2>&1 | FileCheck %s --check-prefix=UNWRITTEN

!b = tensor<1x2x128x32xbf16>
!h = tensor<1x2x70x20xf16>
!w = tensor<1x1x128x128xbf16>

func.func @bf16(%q: !b, %k: !b, %v: !b) -> !b {
  %out, %lse = theria.sdpa %q, %k, %v : (!b, !b, !b) -> (!b, tensor<1x2x128xf32>)
  return %out : !b
}

func.func @f16(%q: !h, %k: !h, %v: !h) -> !h {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!h, !h, !h) -> (!h, tensor<1x2x70xf32>)
  return %out : !h
}

func.func @wide(%q: !w, %k: !w, %v: !w) -> !w {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!w, !w, !w) -> (!w, tensor<1x1x128xf32>)
  return %out : !w
}

func.func private @open(%q: !w, %k: !w, %v: !w) -> !w {
  %out, %lse = theria.sdpa %q, %k, %v : (!w, !w, !w) -> (!w, tensor<1x1x128xf32>)
  return %out : !w
}

func.func private @gradient(%q: !w, %k: !w, %v: !w, %g: !w) -> (!w, !w, !w) {
  %r:4 = theria.vjp @open(%q, %k, %v) cotangents(%g) : (!w, !w, !w) -> (!w, !w, !w, !w)
  return %r#1, %r#2, %r#3 : !w, !w, !w
}

func.func @grouped(%q: !w, %k: !w, %v: !w, %g: !w, %tq: !w, %tk: !w, %tv: !w) -> (!w, !w, !w, !w, !w, !w) {
  %d:6 = theria.jvp @gradient(%q, %k, %v, %g) tangents(%tq, %tk, %tv) wrt = [0, 1, 2]
    : (!w, !w, !w, !w) -> (!w, !w, !w, !w, !w, !w)
  return %d#0, %d#1, %d#2, %d#3, %d#4, %d#5 : !w, !w, !w, !w, !w, !w
}

func.func @wide_jvp(%q: !w, %k: !w, %v: !w, %tq: !w, %tk: !w, %tv: !w) -> (!w, !w) {
  %r:2 = theria.jvp @wide(%q, %k, %v) tangents(%tq, %tk, %tv) : (!w, !w, !w) -> (!w, !w)
  return %r#0, %r#1 : !w, !w
}

func.func @wide_hvp(%q: !w, %k: !w, %v: !w, %g: !w, %tq: !w, %tk: !w, %tv: !w) -> (!w, !w, !w) {
  %h:3 = theria.hvp @wide(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!w, !w, !w) -> (!w, !w, !w)
  return %h#0, %h#1, %h#2 : !w, !w, !w
}
