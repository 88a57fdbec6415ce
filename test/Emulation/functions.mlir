// Every function that others take from libm, in kernels, against the oracle.
// RUN: theria-emulate %s --function=f32 --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate %s --function=f64 --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// RUN: theria-emulate %s --function=small --fill=normal:7 --check --check-lines=accuracy | FileCheck %s
// CHECK: none fail

// Powers with integer exponents have the bits that they have on a CPU; so have remainders, which are exact.
// RUN: theria-run %s --function=powers --fill=normal:7 --output=@%t.f.npy --output=@%t.i.npy --output=@%t.r.npy
// RUN: theria-emulate %s --function=powers --fill=normal:7 --expect=@%t.f.npy --expect=@%t.i.npy --expect=@%t.r.npy

// Quotients that are rounded down or up, and the larger and smaller number where one may be NaN.
// RUN: theria-emulate %s --function=rounded --fill=normal:7 --check --check-lines=accuracy | FileCheck %s

!f = tensor<40x20xf32>
!d = tensor<40x20xf64>
!h = tensor<40x20xbf16>

func.func @f32(%x: !f, %y: !f) -> (!f, !f, !f, !f, !f, !f, !f, !f, !f, !f, !f, !f) {
  // Numbers in (-1, 1), numbers from 1 on and large ones.
  %one = arith.constant dense<1.0> : !f
  %size = math.absf %x : !f
  %more = arith.addf %size, %one : !f
  %less = arith.divf %x, %more : !f
  %million = arith.constant dense<1.0e30> : !f
  %large = arith.mulf %x, %million : !f
  %0 = math.tan %x : !f
  %1 = math.asin %less : !f
  %2 = math.acos %less : !f
  %3 = math.atan2 %x, %y : !f
  %4 = math.asinh %x : !f
  %5 = math.acosh %more : !f
  %6 = math.atanh %less : !f
  %7 = math.erfc %x : !f
  %8 = math.powf %more, %y : !f
  %9 = arith.remf %x, %y : !f
  %10 = math.cos %large : !f
  %11 = math.sin %large : !f
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11 : !f, !f, !f, !f, !f, !f, !f, !f, !f, !f, !f, !f
}

func.func @f64(%x: !d, %y: !d) -> (!d, !d, !d, !d, !d, !d, !d, !d, !d, !d, !d, !d) {
  %one = arith.constant dense<1.0> : !d
  %size = math.absf %x : !d
  %more = arith.addf %size, %one : !d
  %less = arith.divf %x, %more : !d
  %million = arith.constant dense<1.0e30> : !d
  %large = arith.mulf %x, %million : !d
  %0 = math.tan %x : !d
  %1 = math.asin %less : !d
  %2 = math.acos %less : !d
  %3 = math.atan2 %x, %y : !d
  %4 = math.asinh %x : !d
  %5 = math.acosh %more : !d
  %6 = math.atanh %less : !d
  %7 = math.erfc %x : !d
  %8 = math.powf %more, %y : !d
  %9 = arith.remf %x, %y : !d
  %sine, %cosine = math.sincos %large : !d
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %sine, %cosine : !d, !d, !d, !d, !d, !d, !d, !d, !d, !d, !d, !d
}

func.func @small(%x: !h, %y: !h) -> (!h, !h, !h, !h) {
  %0 = math.tan %x : !h
  %1 = math.erfc %x : !h
  %2 = math.atan2 %x, %y : !h
  %3 = arith.remf %x, %y : !h
  return %0, %1, %2, %3 : !h, !h, !h, !h
}

func.func @powers(%x: !f, %y: !f) -> (!f, tensor<40x20xi32>, !f) {
  %ten = arith.constant dense<10.0> : !f
  %tens = arith.mulf %y, %ten : !f
  %n = arith.fptosi %tens : !f to tensor<40x20xi32>
  %base = arith.fptosi %x : !f to tensor<40x20xi32>
  // A base of 0 has no power with a negative exponent.
  %three = arith.constant dense<3> : tensor<40x20xi32>
  %odd = arith.ori %base, %three : tensor<40x20xi32>
  %f = math.fpowi %x, %n : !f, tensor<40x20xi32>
  %i = math.ipowi %odd, %n : tensor<40x20xi32>
  %r = arith.remf %tens, %x : !f
  return %f, %i, %r : !f, tensor<40x20xi32>, !f
}

func.func @rounded(%x: !f, %y: !f) -> (tensor<40x20xi16>, tensor<40x20xi16>, !f, !f) {
  %ten = arith.constant dense<10.0> : !f
  %tens = arith.mulf %y, %ten : !f
  %a = arith.fptosi %tens : !f to tensor<40x20xi16>
  %three = arith.constant dense<3> : tensor<40x20xi16>
  %b = arith.ori %a, %three : tensor<40x20xi16>
  %0 = arith.floordivsi %a, %b : tensor<40x20xi16>
  %1 = arith.ceildivsi %a, %b : tensor<40x20xi16>
  %root = math.sqrt %x : !f
  %2 = arith.maxnumf %root, %y : !f
  %3 = arith.minnumf %y, %root : !f
  return %0, %1, %2, %3 : tensor<40x20xi16>, tensor<40x20xi16>, !f, !f
}
