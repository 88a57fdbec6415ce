// RUN: theria-opt %s | theria-opt | FileCheck %s

// The log-sum-exp is in the accumulation type: f64 for f64, else f32. Any dimension may be dynamic.
// CHECK-LABEL: func.func @elements
// CHECK: theria.sdpa {{.*}} -> (tensor<?x?x?x?xf64>, tensor<?x?x?xf64>)
// CHECK: theria.sdpa {{.*}} -> (tensor<1x2x?x4xbf16>, tensor<1x2x?xf32>)
// CHECK: theria.sdpa {{.*}} scale(%{{[^)]*}}) bias(%{{[^)]*}}) : (tensor<1x2x3x4xf16>, tensor<1x?x3x4xf16>, tensor<1x?x3x4xf16>, f32, tensor<1x1x1x3xf16>) -> (tensor<1x2x3x4xf16>, tensor<1x2x3xf32>)
func.func @elements(%d: tensor<?x?x?x?xf64>, %b: tensor<1x2x?x4xbf16>, %h: tensor<1x2x3x4xf16>, %k: tensor<1x?x3x4xf16>,
                    %s: f32, %bias: tensor<1x1x1x3xf16>) {
  %0:2 = theria.sdpa %d, %d, %d : (tensor<?x?x?x?xf64>, tensor<?x?x?x?xf64>, tensor<?x?x?x?xf64>)
      -> (tensor<?x?x?x?xf64>, tensor<?x?x?xf64>)
  %1:2 = theria.sdpa %b, %b, %b : (tensor<1x2x?x4xbf16>, tensor<1x2x?x4xbf16>, tensor<1x2x?x4xbf16>)
      -> (tensor<1x2x?x4xbf16>, tensor<1x2x?xf32>)
  %2:2 = theria.sdpa %h, %k, %k scale(%s) bias(%bias)
      : (tensor<1x2x3x4xf16>, tensor<1x?x3x4xf16>, tensor<1x?x3x4xf16>, f32, tensor<1x1x1x3xf16>)
      -> (tensor<1x2x3x4xf16>, tensor<1x2x3xf32>)
  return
}

// A bias or a mask may be dense or marked; nothing may be empty of heads on both sides.
!p = tensor<1x2x3x3xf32, #theria.pair<rows = 2, cols = 3>>
// CHECK-LABEL: func.func @marked_bias
// CHECK: theria.sdpa {{.*}} bias(%{{[^)]*}}) : ({{.*}}, tensor<1x2x3x3xf32, #theria.pair<rows = 2, cols = 3>>)
func.func @marked_bias(%q: tensor<1x2x3x4xf32>, %bias: !p) {
  %0:2 = theria.sdpa %q, %q, %q bias(%bias) : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, !p)
      -> (tensor<1x2x3x4xf32>, tensor<1x2x3xf32>)
  return
}

// CHECK-LABEL: func.func @empty
// CHECK: theria.sdpa
func.func @empty(%q: tensor<0x0x0x0xf32>) {
  %0:2 = theria.sdpa %q, %q, %q : (tensor<0x0x0x0xf32>, tensor<0x0x0x0xf32>, tensor<0x0x0x0xf32>)
      -> (tensor<0x0x0x0xf32>, tensor<0x0x0xf32>)
  return
}
