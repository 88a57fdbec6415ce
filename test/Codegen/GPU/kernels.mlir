// A launch for each sweep, with what each row needs of its results alone, and each other operation; no function of
// libdevice is called.
// RUN: theria-opt %s --theria-kernels=chip=sm_80 | FileCheck %s
// CHECK-LABEL: func.func @__theria_entry
// CHECK-NOT: gpu.launch_func
// CHECK: gpu.launch_func @theria_kernels::@sweep0 blocks in (%c4, %c1, %c1) threads in (%c128, %c1, %c1) dynamic_shared_memory_size
// CHECK-NOT: gpu.launch_func
// CHECK: gpu.launch_func @theria_kernels::@loop1 blocks in (%c32, %c1, %c1)
// CHECK: gpu.launch_func @theria_kernels::@loop2 blocks
// CHECK-NOT: gpu.launch_func
// CHECK: gpu.module @theria_kernels [#nvvm.target<chip = "sm_80">]
// CHECK-NOT: @__nv_
// CHECK: llvm.func @sweep0({{.*}}) attributes {gpu.kernel{{.*}}nvvm.kernel{{.*}}nvvm.maxntid = array<i32: 128, 1, 1>, nvvm.minctasm = 1 : i32}

// RUN: theria-opt %s --theria-nvvm=chip=sm_80 | FileCheck %s --check-prefix=PTX
// PTX: gpu.binary @theria_kernels{{ +}}[#gpu.object<#nvvm.target<chip = "sm_80">, assembly = "
// PTX-SAME: .version 7.1{{.*}}.target sm_80
// PTX-SAME: .extern .shared .align 1024 .b8 __dynamic_shmem__0[];
// PTX-SAME: .visible .entry sweep0(
// PTX-SAME: .maxntid 128
// PTX-NOT: .extern .func

// RUN: not theria-opt %s --theria-nvvm=chip=sm_70 2>&1 | FileCheck %s --check-prefix=CHIP
// CHIP: error: expected a chip from sm_80 on for chip, such as sm_80, sm_90a or sm_100, but found 'sm_70'
// RUN: not theria-opt %s --theria-nvvm=row-tile=20 2>&1 | FileCheck %s --check-prefix=TILE
// TILE: error: expected multiples of 16 up to 128 for row-tile and column-tile, but found 20

!x = tensor<1x2x128x32xf32>

func.func @projected(%q: !x, %k: !x, %v: !x, %w: tensor<32x32xf32>) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x128xf32>)
  %twice = arith.addf %out, %out : !x
  %y = theria.einsum "bhid,de->bhie" %twice, %w : (!x, tensor<32x32xf32>) -> !x
  return %y : !x
}
