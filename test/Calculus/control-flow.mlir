// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// A loop that an active value enters has no derivative yet; one that it does not enter is kept.

func.func private @loop(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error@+1 {{expected a differentiation rule for 'scf.for', but it has none, and a differentiated value enters it}}
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> f64 {
    %b = arith.mulf %a, %a : f64
    scf.yield %b : f64
  }
  return %y : f64
}

func.func @f(%x: f64, %n: index, %t: f64) -> f64 {
  // expected-note@+1 {{jvp of '@loop' asked for here}}
  %y, %ty = theria.jvp @loop(%x, %n) tangents(%t) : (f64, index) -> (f64, f64)
  return %ty : f64
}

// -----

// A captured value enters too.

func.func private @branch(%x: f64, %c: i1) -> f64 {
  // expected-error@+1 {{expected a differentiation rule for 'scf.if'}}
  %y = scf.if %c -> f64 {
    scf.yield %x : f64
  } else {
    %zero = arith.constant 0.0 : f64
    scf.yield %zero : f64
  }
  return %y : f64
}

func.func @f(%x: f64, %c: i1, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@branch' asked for here}}
  %y, %gx = theria.vjp @branch(%x, %c) cotangents(%g) : (f64, i1) -> (f64, f64)
  return %gx : f64
}

// -----

// expected-error@+1 {{expected a function of one block to differentiate, but found branches between blocks in '@jumps'}}
func.func private @jumps(%x: f64, %c: i1) -> f64 {
  cf.cond_br %c, ^a, ^b
^a:
  return %x : f64
^b:
  return %x : f64
}

func.func @f(%x: f64, %c: i1, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@jumps' asked for here}}
  %y, %gx = theria.vjp @jumps(%x, %c) cotangents(%g) : (f64, i1) -> (f64, f64)
  return %gx : f64
}

// -----

func.func private @recursive(%x: f64) -> f64 {
  // expected-error@+1 {{expected calls that end, but '@recursive' calls itself}}
  %y = func.call @recursive(%x) : (f64) -> f64 // expected-note {{in the call of '@recursive'}}
  return %y : f64
}

func.func @f(%x: f64, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@recursive' asked for here}}
  %y, %gx = theria.vjp @recursive(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %gx : f64
}

// -----

// expected-error@+1 {{expected a derivative that ends, but that of '@self' needs itself}}
func.func @self(%x: f64) -> f64 {
  // expected-note@+1 {{jvp of '@self' asked for here}}
  %y, %ty = theria.jvp @self(%x) tangents(%x) : (f64) -> (f64, f64)
  return %ty : f64
}
