// RUN: theria-opt %s --theria-legalise-floats | FileCheck %s

// CHECK-LABEL: @add
// CHECK: %[[A:.*]] = arith.extf %{{.*}} : bf16 to f32
// CHECK: %[[B:.*]] = arith.extf %{{.*}} : bf16 to f32
// CHECK: %[[S:.*]] = arith.addf %[[A]], %[[B]] : f32
// CHECK: arith.truncf %[[S]] : f32 to bf16
func.func @add(%a: bf16, %b: bf16) -> bf16 {
  %s = arith.addf %a, %b : bf16
  return %s : bf16
}

// A comparison extends its operands, a select moves values as they are.
// CHECK-LABEL: @least
// CHECK: arith.cmpf olt, %{{.*}}, %{{.*}} : f32
// CHECK: arith.select %{{.*}}, %{{.*}}, %{{.*}} : f16
func.func @least(%a: f16, %b: f16) -> f16 {
  %c = arith.cmpf olt, %a, %b : f16
  %s = arith.select %c, %a, %b : f16
  return %s : f16
}

// f32 stays as it is.
// CHECK-LABEL: @single
// CHECK-NEXT: arith.addf %{{.*}} : f32
// CHECK-NEXT: return
func.func @single(%a: f32) -> f32 {
  %s = arith.addf %a, %a : f32
  return %s : f32
}

// A subnormal f16 is a normal f32: the test compares with the smallest normal f16, 2⁻¹⁴.
// CHECK-LABEL: @normal
// CHECK: arith.constant 6.10351563E-5 : f32
// CHECK: arith.cmpf oge
// CHECK-NOT: math.isnormal
func.func @normal(%a: f16) -> i1 {
  %n = math.isnormal %a : f16
  return %n : i1
}

// From bf16 to f64 by way of f32, which is exact.
// CHECK-LABEL: @wide
// CHECK: %[[F:.*]] = arith.extf %{{.*}} : bf16 to f32
// CHECK: arith.extf %[[F]] : f32 to f64
func.func @wide(%a: bf16) -> f64 {
  %w = arith.extf %a : bf16 to f64
  return %w : f64
}
