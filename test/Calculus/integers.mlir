// RUN: theria-opt %s --theria-expand-calculus | FileCheck %s
// Every operation on integers may compute with a number that a differentiated float decides: what chooses has no derivative.

func.func private @f(%x: f64) -> f64 {
  %n = arith.fptosi %x : f64 to i64
  %k = arith.constant 7 : i64
  %s0 = arith.addi %n, %k : i64
  %r0 = arith.addi %s0, %k : i64
  %s1 = arith.addi %r0, %n : i64
  %r1 = arith.subi %s1, %k : i64
  %s2 = arith.addi %r1, %n : i64
  %r2 = arith.muli %s2, %k : i64
  %s3 = arith.addi %r2, %n : i64
  %r3 = arith.divsi %s3, %k : i64
  %s4 = arith.addi %r3, %n : i64
  %r4 = arith.divui %s4, %k : i64
  %s5 = arith.addi %r4, %n : i64
  %r5 = arith.ceildivsi %s5, %k : i64
  %s6 = arith.addi %r5, %n : i64
  %r6 = arith.ceildivui %s6, %k : i64
  %s7 = arith.addi %r6, %n : i64
  %r7 = arith.floordivsi %s7, %k : i64
  %s8 = arith.addi %r7, %n : i64
  %r8 = arith.remsi %s8, %k : i64
  %s9 = arith.addi %r8, %n : i64
  %r9 = arith.remui %s9, %k : i64
  %s10 = arith.addi %r9, %n : i64
  %r10 = arith.andi %s10, %k : i64
  %s11 = arith.addi %r10, %n : i64
  %r11 = arith.ori %s11, %k : i64
  %s12 = arith.addi %r11, %n : i64
  %r12 = arith.xori %s12, %k : i64
  %s13 = arith.addi %r12, %n : i64
  %r13 = arith.shli %s13, %k : i64
  %s14 = arith.addi %r13, %n : i64
  %r14 = arith.shrsi %s14, %k : i64
  %s15 = arith.addi %r14, %n : i64
  %r15 = arith.shrui %s15, %k : i64
  %s16 = arith.addi %r15, %n : i64
  %r16 = arith.maxsi %s16, %k : i64
  %s17 = arith.addi %r16, %n : i64
  %r17 = arith.maxui %s17, %k : i64
  %s18 = arith.addi %r17, %n : i64
  %r18 = arith.minsi %s18, %k : i64
  %s19 = arith.addi %r18, %n : i64
  %r19 = arith.minui %s19, %k : i64
  %s20 = arith.addi %r19, %n : i64
  %low, %carry = arith.addui_extended %s20, %n : i64, i1
  %p, %high = arith.mulsi_extended %low, %n : i64
  %q, %top = arith.mului_extended %p, %n : i64
  %differs = arith.cmpi ne, %high, %top : i64
  %t0 = arith.select %differs, %q, %low : i64
  %t1 = math.absi %t0 : i64
  %t2 = math.ctlz %t1 : i64
  %t3 = math.cttz %t1 : i64
  %t4 = math.ctpop %t1 : i64
  %t5 = math.ipowi %t2, %k : i64
  %t6 = arith.addi %t3, %t4 : i64
  %t7 = arith.addi %t5, %t6 : i64
  %odd = arith.cmpi sgt, %t7, %k : i64
  %minus = arith.negf %x : f64
  %y = arith.select %odd, %x, %minus : f64
  return %y : f64
}

// CHECK-LABEL: @slope
// CHECK: arith.ceildivui
// CHECK: arith.remui
// CHECK: math.ipowi
// CHECK: %[[TY:.*]] = arith.select %{{.*}}, %arg1, %{{.*}} : f64
// CHECK: return %[[TY]] :
func.func @slope(%x: f64, %t: f64) -> f64 {
  %y, %ty = theria.jvp @f(%x) tangents(%t) : (f64) -> (f64, f64)
  return %ty : f64
}
