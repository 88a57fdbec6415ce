// What a warp executes of the forward pass: of a row tile of 64 by a column tile of 64, each of 4 warps has 16 rows. The
// products with keys are 8 × 4 of mma.m16n8k16, with their fragments 16 loads of four matrices; those of queries are loaded
// once, in front of the loop. The products with values are 8 × 4, with 16 loads, of transposed matrices.
// RUN: theria-opt %s --theria-kernels=chip=sm_80 | FileCheck %s
// CHECK: llvm.func @sweep0
// Queries: 64 rows of 128 bytes, by 128 threads of 16 bytes.
// CHECK-COUNT-4: nvvm.cp.async.shared.global {{.*}} 16, cache = {{ *}}cg
// CHECK: nvvm.cp.async.commit.group
// CHECK: nvvm.cp.async.wait.group 0
// CHECK-COUNT-4: nvvm.ldmatrix {{.*}} layout = #nvvm.mma_layout<row>, num = 4
// The first keys and values; those of the next tile as soon as these are there. One barrier for each tile.
// CHECK-COUNT-8: nvvm.cp.async.shared.global
// CHECK: nvvm.cp.async.commit.group
// CHECK: nvvm.cp.async.wait.group 0
// CHECK-NEXT: nvvm.barrier0
// CHECK-COUNT-8: nvvm.cp.async.shared.global
// CHECK: nvvm.cp.async.commit.group
// CHECK-COUNT-16: nvvm.ldmatrix {{.*}} layout = #nvvm.mma_layout<row>, num = 4
// CHECK-COUNT-16: nvvm.ldmatrix {{.*}} layout = #nvvm.mma_layout<col>, num = 4
// CHECK-NOT: nvvm.ldmatrix
// CHECK-NOT: nvvm.cp.async

// RUN: theria-opt %s --theria-kernels=chip=sm_80 | FileCheck %s --check-prefix=MMA
// MMA-COUNT-64: nvvm.mma.sync
// MMA-NOT: nvvm.mma.sync

// Registers and shared memory alone, no stack of a thread and no function from elsewhere.
// RUN: theria-opt %s --theria-nvvm=chip=sm_80 | FileCheck %s --check-prefix=PTX
// PTX: .visible .entry sweep0(
// PTX-SAME: .minnctapersm 1
// PTX-SAME: ex2.approx.ftz.f32
// PTX-NOT: .local
// PTX-NOT: .extern .func

!x = tensor<1x2x8192x64xbf16>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x8192xf32>)
  return %out : !x
}
