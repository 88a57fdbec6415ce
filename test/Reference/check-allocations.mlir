// Sizes that no memory has are an error of the running program.
// RUN: python3 %S/Inputs/errors.py %s
// RUN: theria-opt %s --theria-check-allocations | FileCheck %s

// empty(2) runs, empty(-1): error: expected sizes that are not negative and whose product fits in memory, but found -1×3; give other sizes
// empty(0) runs, empty(3074457345618258603): error: expected sizes that are not negative and whose product fits in memory, but found 3074457345618258603×3
// square(2) runs, square(4294967296): error: expected sizes that are not negative and whose product fits in memory, but found 4294967296×4294967296
// square(3) runs, square(16777216): error: expected memory for 1125899906842688 bytes, but the system has none left; make the tensors smaller

func.func @empty(%n: index) -> tensor<?x3xf64> {
  %x = tensor.empty(%n) : tensor<?x3xf64>
  return %x : tensor<?x3xf64>
}
func.func @square(%n: index) -> f32 {
  %one = arith.constant 1.0 : f32
  %c1 = arith.constant 1 : index
  %x = tensor.splat %one[%n, %n] : tensor<?x?xf32>
  %v = tensor.extract %x[%c1, %c1] : tensor<?x?xf32>
  return %v : f32
}

// CHECK-LABEL: @static
// CHECK-NOT: theria.check
// CHECK: return
func.func @static() -> memref<4xf32> {
  %a = memref.alloc() : memref<4xf32>
  return %a : memref<4xf32>
}

// What was certainly checked before is not checked again; what one branch checked is.
// CHECK-LABEL: @again
// CHECK-COUNT-2: theria.check
// CHECK-NOT: theria.check
// CHECK: return
func.func @again(%n: index, %m: index, %b: i1) {
  %x = memref.alloc(%n, %m) : memref<?x?xf32>
  %y = memref.alloc(%m, %n) : memref<?x?xf64>
  scf.if %b {
    %z = memref.alloc(%n) : memref<?xf32>
    %x2 = memref.alloc(%n, %m) : memref<?x?xf32>
  }
  return
}
