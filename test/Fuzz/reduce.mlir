// What a program's interest does not need is left out: operations, masks and clauses, calls and functions.
// RUN: theria-reduce %s --reduction-tree=test=%S/Inputs/has-softcap.sh --reduction-tree=test=%S/Inputs/has-softcap.sh -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// CHECK: module {
// CHECK-NEXT: func.func @main
// CHECK-NOT: math
// CHECK: theria.sdpa %arg0, %arg1, %{{[^ ]*}} softcap(2.000000e+00) :
// CHECK-NOT: call
// CHECK-COUNT-1: return
// RUN: theria-opt %t.mlir -o /dev/null

// What is not interesting at all is said to be so.
// RUN: not theria-reduce %s --reduction-tree='test=/bin/true' 2>&1 | FileCheck %s --check-prefix=DULL
// DULL: theria-reduce: warning: uninterested module will not be reduced

func.func private @helper(%x: tensor<1x1x5x4xf32>) -> tensor<1x1x5x4xf32> {
  %y = math.tanh %x : tensor<1x1x5x4xf32>
  return %y : tensor<1x1x5x4xf32>
}

func.func @main(%q: tensor<1x1x5x4xf32>, %k: tensor<1x1x7x4xf32>, %mask: tensor<1x1x5x7xi1>) -> (tensor<1x1x5x4xf32>, tensor<1x1x5xf32>) {
  %v = math.sin %k : tensor<1x1x7x4xf32>
  %scale = arith.constant 0.25 : f32
  %out, %lse = theria.sdpa %q, %k, %v scale(%scale) causal window(1, 2) softcap(2.0) mask(%mask)
      where {
      ^bb0(%b: index, %h: index, %i: index, %j: index):
        %live = arith.cmpi ne, %i, %j : index
        theria.yield %live : i1
      } : (tensor<1x1x5x4xf32>, tensor<1x1x7x4xf32>, tensor<1x1x7x4xf32>, f32, tensor<1x1x5x7xi1>) -> (tensor<1x1x5x4xf32>, tensor<1x1x5xf32>)
  %r = theria.logsumexp %out dim = 3 : (tensor<1x1x5x4xf32>) -> tensor<1x1x5xf32>
  %s = arith.addf %r, %lse : tensor<1x1x5xf32>
  %o = func.call @helper(%out) : (tensor<1x1x5x4xf32>) -> tensor<1x1x5x4xf32>
  return %o, %s : tensor<1x1x5x4xf32>, tensor<1x1x5xf32>
}
