// What four warps execute of the forward pass on a chip with wgmma: of a row tile of 64 by a column tile of 64, the products
// with keys are four steps along the depth, with queries that are loaded once, in front of the loop; those with values, of
// memory that lies the other way, four more. Both are waited for once. No fragment of keys or values is loaded.
// RUN: theria-opt %s --theria-nvvm=chip=sm_90a | FileCheck %s
// CHECK: .visible .entry sweep0(
// CHECK-SAME: .maxntid 128
// CHECK: fence.proxy.async.shared::cta
// CHECK-COUNT-4: ldmatrix
// CHECK-NOT: ldmatrix

// The parts of the loop come in another order: sums are scaled in a branch, where a row's maximum has grown.
// RUN: theria-opt %s --theria-nvvm=chip=sm_90a | FileCheck %s --check-prefix=KEYS --implicit-check-not='adds, 1, 1, 0;'
// KEYS-COUNT-4: wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {{[^;]*}}, right, adds, 1, 1, 0;
// KEYS-NOT: wgmma.mma_async
// KEYS: wgmma.commit_group.sync.aligned;
// KEYS: wgmma.wait_group.sync.aligned 0;
// RUN: theria-opt %s --theria-nvvm=chip=sm_90a | FileCheck %s --check-prefix=VALUES --implicit-check-not='adds, 1, 1, 1;'
// VALUES-COUNT-4: wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {{[^;]*}}, right, adds, 1, 1, 1;
// VALUES-NOT: wgmma.mma_async
// VALUES: wgmma.commit_group.sync.aligned;
// VALUES: wgmma.wait_group.sync.aligned 0;
// RUN: theria-opt %s --theria-nvvm=chip=sm_90a | FileCheck %s --check-prefix=SCALED --implicit-check-not=vote
// SCALED: vote.sync.any.pred
// SCALED: bra

// RUN: theria-opt %s --theria-nvvm=chip=sm_90a | FileCheck %s --check-prefix=NONE
// NONE-NOT: mma.sync
// NONE-NOT: .local

// Other chips don't have it.
// RUN: theria-opt %s --theria-nvvm=chip=sm_90 | FileCheck %s --check-prefix=OTHER
// RUN: theria-opt %s --theria-nvvm=chip=sm_100 | FileCheck %s --check-prefix=OTHER
// OTHER-NOT: wgmma
// OTHER: mma.sync.aligned.m16n8k16

!x = tensor<1x2x8192x64xbf16>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x8192xf32>)
  return %out : !x
}
