// Dimensions of features of which types say no size: tiles have 128, with zeros beyond those that are there.
// DEFINE: %{certify} = --check --check-lines=accuracy,stages
// DEFINE: %{qkv} = --input=1x2x9x5xf64=normal:1 --input=1x1x7x5xf64=normal:2 --input=1x1x7x3xf64=normal:3
// DEFINE: %{out} = --input=1x2x9x3xf64=normal:4
// RUN: theria-emulate %s --function=attention %{qkv} %{certify} | FileCheck %s
// RUN: theria-emulate random %s --function=attention %{qkv} %{out} %{qkv} %{out} --derive=vjp,jvp %{certify} | FileCheck %s
// CHECK: none fail

!x = tensor<?x?x?x?xf64>
!m = tensor<?x?xf64>
!pair = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, tensor<?x?x?xf64>)
  return %out : !x
}

// The exponential of a sum with features is 1 where there are no features; its sum must not see that, nor may any of the
// operands have more than 128 features, also those that only rows meet.
// DEFINE: %{qk} = --input=20x3xf64=normal:1 --input=18x3xf64=normal:2
// RUN: theria-emulate %s --function=statistic %{qk} --input=3x5xf64=normal:3 %{certify} | FileCheck %s
// RUN: theria-emulate %s --function=statistic %{qk} --input=3x128xf64=normal:3 %{certify} | FileCheck %s
// RUN: theria-emulate %s --function=statistic %{qk} --input=3x5xf64=normal:3 --input=20xf64=normal:4 --derive=vjp %{certify} | FileCheck %s
// RUN: not theria-emulate %s --function=statistic %{qk} --input=3x129xf64=normal:3 2>&1 | FileCheck %s --check-prefix=MANY
// MANY: features.mlir:{{[0-9]+}}:{{[0-9]+}}: error: expected 1 to 128 features where their number is not known when a GPU's code is made, but found 129; give it in the types
// RUN: not theria-emulate %s --function=statistic --input=2x0xf64=normal:1 --input=3x0xf64=normal:2 --input=0x4xf64=normal:3 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: expected 1 to 128 features where their number is not known when a GPU's code is made, but found 0; give it in the types
func.func @statistic(%q: !m, %k: !m, %w: !m) -> tensor<?xf64> {
  %0 = arith.constant 0 : index
  %m = tensor.dim %k, %0 : !m
  %s = theria.einsum "id,jd->ij" %q, %k : (!m, !m) -> !pair
  %p = math.tanh %s : !pair
  %o = theria.einsum "ij,jd->id" %p, %k : (!pair, !m) -> !m
  %t = math.tanh %o : !m
  %u = theria.einsum "id,de->ie" %t, %w : (!m, !m) -> !m
  %e = math.exp %u : !m
  %r = theria.einsum "ie->i" %e : (!m) -> tensor<?xf64>
  %rows = theria.einsum "i->ij" %r sizes(%m) : (tensor<?xf64>) -> !pair
  %x = arith.divf %s, %rows : !pair
  %y = theria.einsum "ij->i" %x : (!pair) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// An infinite factor without features leaves the sum over them, and meets no zeros of those that aren't there.
// RUN: theria-emulate %s --function=factor --input=2x3xf64=1 --input=4x3xf64=2 --input=2xf64=inf | FileCheck %s --check-prefix=FACTOR
// FACTOR: result 0: tensor<2xf64>, values 4, 4,
func.func @factor(%q: !m, %k: !m, %c: tensor<?xf64>) -> tensor<?xf64> {
  %s = theria.einsum "id,jd,i->ij" %q, %k, %c : (!m, !m, tensor<?xf64>) -> !pair
  %p = math.tanh %s : !pair
  %y = theria.einsum "ij->i" %p : (!pair) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// Types say it everywhere or nowhere.
// RUN: not theria-opt %s --theria-kernels=function=operands 2>&1 | FileCheck %s --check-prefix=OPERANDS
// OPERANDS: features.mlir:[[#@LINE+2]]:8: error: expected types that all say the number of features or all leave it open, but found both; give it in the types of all operands and results
func.func @operands(%q: tensor<?x64xf64>, %k: !m) -> tensor<?xf64> {
  %s = theria.einsum "id,jd->ij" %q, %k : (tensor<?x64xf64>, !m) -> !pair
  %p = math.tanh %s : !pair
  %y = theria.einsum "ij->i" %p : (!pair) -> tensor<?xf64>
  return %y : tensor<?xf64>
}
// RUN: not theria-opt %s --theria-kernels=function=result 2>&1 | FileCheck %s --check-prefix=RESULT
// RESULT: features.mlir:[[#@LINE+4]]:8: error: expected types that all say the number of features or all leave it open, but found both
func.func @result(%q: tensor<?x4xf64>, %k: tensor<?x4xf64>, %v: !m) -> tensor<?x64xf64> {
  %s = theria.einsum "id,jd->ij" %q, %k : (tensor<?x4xf64>, tensor<?x4xf64>) -> !pair
  %p = math.tanh %s : !pair
  %y = theria.einsum "ij,jd->id" %p, %v : (!pair, !m) -> tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}
