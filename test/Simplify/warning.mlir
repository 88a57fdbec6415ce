// A bound on the rewrites, so that patterns which undo each other end in a warning and not in an endless loop.
// RUN: theria-opt %s --theria-simplify=max-rewrites=1 --verify-diagnostics

// expected-warning@+1 {{expected the algebra to reach an end, but it still rewrites after 10 sweeps of 1 rewrites; the program is right, but may be slow}}
module {
  func.func @f(%x: f64) -> f64 {
    %0 = arith.negf %x : f64
    %1 = arith.mulf %0, %x : f64
    %2 = arith.mulf %1, %0 : f64
    %3 = arith.mulf %2, %0 : f64
    %4 = arith.mulf %3, %0 : f64
    %5 = arith.mulf %4, %0 : f64
    %6 = arith.mulf %5, %0 : f64
    %7 = arith.mulf %6, %0 : f64
    %8 = arith.mulf %7, %0 : f64
    %9 = arith.mulf %8, %0 : f64
    %10 = arith.mulf %9, %0 : f64
    %11 = arith.mulf %10, %0 : f64
    return %11 : f64
  }
}
