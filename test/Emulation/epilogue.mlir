// What a kernel computes of its results before it writes them, on an emulated GPU: rows and features that fill no tile,
// other rows, and sizes that types leave open.
// RUN: theria-emulate random %s --function=block --fill=normal:7 --derive=vjp,jvp --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate reverse %s --function=open --input=70x20xf32=normal:1 --input=40x20xf32=normal:2 --input=20xf32=normal:3 \
// RUN:   --input=70x20xf32=normal:4 --input=40x20xf32=normal:5 --input=20xf32=normal:6 \
// RUN:   --derive=jvp --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate reverse %s --function=open --input=0x20xf32=normal:1 --input=40x20xf32=normal:2 --input=20xf32=normal:3 \
// RUN:   --check --check-lines=accuracy | FileCheck %s
// CHECK: none fail

// One kernel computes all of it.
// RUN: theria-opt %s --theria-kernels=function=block | FileCheck %s --check-prefix=ONE
// ONE: gpu.launch_func @theria_kernels::@sweep0
// ONE-NOT: gpu.launch_func

!x = tensor<1x2x70x20xbf16>
!l = tensor<1x2x70xf32>

func.func @block(%q: !x, %k: !x, %v: !x, %bias: tensor<20xbf16>) -> (!x, !l) {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, !l)
  %biased = theria.einsum "bhid,d->bhid" %out, %bias : (!x, tensor<20xbf16>) -> !x
  %y = arith.addf %biased, %q : !x
  return %y, %lse : !x, !l
}

!p = tensor<?x?xf32, #theria.pair<rows = 0, cols = 1>>

func.func @open(%q: tensor<?x?xf32>, %k: tensor<?x?xf32>, %bias: tensor<?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>) {
  %s = theria.einsum "id,jd->ij" %q, %k : (tensor<?x?xf32>, tensor<?x?xf32>) -> !p
  %o = theria.einsum "ij,jd->id" %s, %k : (!p, tensor<?x?xf32>) -> tensor<?x?xf32>
  %exp = math.exp %o : tensor<?x?xf32>
  %sum = arith.addf %exp, %q : tensor<?x?xf32>
  %biased = theria.einsum "id,d->id" %sum, %bias : (tensor<?x?xf32>, tensor<?xf32>) -> tensor<?x?xf32>
  %norm = theria.einsum "id->i" %exp : (tensor<?x?xf32>) -> tensor<?xf32>
  return %biased, %norm : tensor<?x?xf32>, tensor<?xf32>
}
