// Products of f32 on tensor cores, of two parts of tf32 each: as exact as the reference, infinities and NaN included.
// RUN: theria-opt %s --theria-kernels="function=attention split-tf32=true" | FileCheck %s --check-prefix=IR
// IR-COUNT-24: nvvm.mma.sync {{.*}}shape = #nvvm.shape<m = 16, n = 8, k = 8>

// RUN: theria-emulate tf32 random %s --function=attention --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate tf32 %s --function=attention --derive=vjp --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// CHECK: none fail

// DEFINE: %{special} = %s --function=special --input=2x16x2xf32=0
// RUN: theria-run %{special} --path=reference --output=@%t.npy
// RUN: theria-emulate tf32 %{special} --expect=@%t.npy | FileCheck %s --check-prefix=SAME
// SAME: agrees

// RUN: not theria-compile %s --function=special --split-tf32 -o %t.so 2>&1 | FileCheck %s --check-prefix=CHIP
// CHIP: error: expected --chip with --split-tf32, but found --split-tf32 alone; name the GPU

!x = tensor<1x2x70x20xf32>
!s = tensor<2x4x16xf32, #theria.pair<rows = 1, cols = 2>>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x70xf32>)
  return %out : !x
}

// Numbers that have fewer digits leave nothing to the second part, which times an infinity would be NaN.
func.func @special(%right: tensor<2x16x2xf32>) -> tensor<2x4xf32> {
  %a = arith.constant dense<[[[0x7F800000, 1.0], [2.0, 0.5], [0x7F800001, 1.0], [3.0e38, 1.0]],
                             [[-0.3, 1.1], [0xFF800000, 0.0], [1.0e-39, 0.0], [0.1, 0.7]]]> : tensor<2x4x2xf32>
  %one = arith.constant dense<1.0> : tensor<2x16x2xf32>
  %b = arith.addf %one, %right : tensor<2x16x2xf32>
  %s = theria.einsum "bid,bjd->bij" %a, %b : (tensor<2x4x2xf32>, tensor<2x16x2xf32>) -> !s
  %r = theria.reduce_max %s dim = 2 : (!s) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}
