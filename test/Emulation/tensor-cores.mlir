// Products of bf16 and f16 on tensor cores: sums in f32, and what is computed of pairs rounded where it meets an input.
// RUN: theria-opt %s --theria-kernels="function=bf16 chip=sm_80" | FileCheck %s --check-prefix=IR
// IR-COUNT-32: nvvm.mma.sync {{.*}}shape = #nvvm.shape<m = 16, n = 8, k = 16>
// IR-NOT: nvvm.mma.sync

// RUN: theria-emulate chip=sm_80 random %s --function=bf16 --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate chip=sm_100 reverse %s --function=bf16 --fill=normal:7 --derive=vjp,jvp --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate chip=sm_80 %s --function=f16 --fill=normal:7 --derive=vjp --check --check-lines=accuracy | FileCheck %s
// CHECK: none fail

// Two registers exchanged.
// RUN: theria-emulate chip=sm_80 %s --function=bf16 --fill=normal:7 --output=@%t.npy
// RUN: not theria-emulate chip=sm_80 break=fragment:3 %s --function=bf16 --fill=normal:7 --expect=@%t.npy 2>&1 | FileCheck %s --check-prefix=VALUES
// VALUES: error: result 0: {{[0-9]+}} of 8192 elements differ

// The tile program says where it rounds; the reference path can round alike.
// RUN: theria-opt %s --theria-stream="schedule=one-sided row-tile=64 column-tile=64" --theria-narrow-products | FileCheck %s --check-prefix=ROUND
// ROUND-LABEL: func.func @bf16
// ROUND: arith.extf %{{.*}} : tensor<64x32xbf16> to tensor<64x32xf32>
// ROUND: %[[P:.*]] = math.exp %{{.*}} : tensor<64x64xf32>
// ROUND: arith.truncf %[[P]] : tensor<64x64xf32> to tensor<64x64xbf16>

!b = tensor<1x2x128x32xbf16>
!h = tensor<1x2x70x20xf16>

func.func @bf16(%q: !b, %k: !b, %v: !b) -> !b {
  %out, %lse = theria.sdpa %q, %k, %v : (!b, !b, !b) -> (!b, tensor<1x2x128xf32>)
  return %out : !b
}

func.func @f16(%q: !h, %k: !h, %v: !h) -> !h {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!h, !h, !h) -> (!h, tensor<1x2x70xf32>)
  return %out : !h
}
