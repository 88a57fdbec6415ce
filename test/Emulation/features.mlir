// Dimensions of features of which types say no size: tiles have 128, with zeros beyond those that are there.
// DEFINE: %{certify} = --check --check-lines=accuracy,stages
// DEFINE: %{qkv} = --input=1x2x9x5xf64=normal:1 --input=1x1x7x5xf64=normal:2 --input=1x1x7x3xf64=normal:3
// DEFINE: %{out} = --input=1x2x9x3xf64=normal:4
// DEFINE: %{pairs} = --input=20x3xf64=normal:1 --input=18x3xf64=normal:2
// RUN: theria-emulate %s --function=attention %{qkv} %{certify} | FileCheck %s
// RUN: theria-emulate random %s --function=attention %{qkv} %{out} %{qkv} %{out} --derive=vjp,jvp %{certify} | FileCheck %s
// RUN: theria-emulate %s --function=statistic %{pairs} %{certify} | FileCheck %s
// RUN: theria-emulate %s --function=statistic %{pairs} --input=20x3xf64=normal:3 --derive=vjp %{certify} | FileCheck %s
// CHECK: none fail

// More are an error of the run.
// RUN: not theria-emulate %s --function=statistic --input=2x129xf64=normal:1 --input=3x129xf64=normal:2 2>&1 | FileCheck %s --check-prefix=MANY
// MANY: features.mlir:{{[0-9]+}}:{{[0-9]+}}: error: expected 128 features at most where their number is not known when a GPU's code is made, but found 129; give it in the types

!x = tensor<?x?x?x?xf64>
!pair = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, tensor<?x?x?xf64>)
  return %out : !x
}

// The exponential of a sum with features is 1 where there are no features; the sum of its squares must not see that.
func.func @statistic(%q: tensor<?x?xf64>, %k: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %0 = arith.constant 0 : index
  %m = tensor.dim %k, %0 : tensor<?x?xf64>
  %s = theria.einsum "id,jd->ij" %q, %k : (tensor<?x?xf64>, tensor<?x?xf64>) -> !pair
  %p = math.tanh %s : !pair
  %o = theria.einsum "ij,jd->id" %p, %k : (!pair, tensor<?x?xf64>) -> tensor<?x?xf64>
  %e = math.exp %o : tensor<?x?xf64>
  %r = theria.einsum "id,id->i" %e, %e : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?xf64>
  %rows = theria.einsum "i->ij" %r sizes(%m) : (tensor<?xf64>) -> !pair
  %t = arith.divf %s, %rows : !pair
  %y = theria.einsum "ij,jd->id" %t, %k : (!pair, tensor<?x?xf64>) -> tensor<?x?xf64>
  return %y : tensor<?x?xf64>
}
