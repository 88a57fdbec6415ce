// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// A float that depends on a differentiated value only through integers would silently have derivative zero.

func.func private @fraction(%x: f64) -> f64 {
  %n = arith.fptosi %x : f64 to i32
  // expected-error@+1 {{expected the derivative of 'arith.sitofp', but its float depends on a differentiated value only through integers}}
  %whole = arith.sitofp %n : i32 to f64
  %y = arith.subf %x, %whole : f64
  return %y : f64
}

func.func @f(%x: f64, %t: f64) -> f64 {
  // expected-note@+1 {{jvp of '@fraction' asked for here}}
  %y, %ty = theria.jvp @fraction(%x) tangents(%t) : (f64) -> (f64, f64)
  return %ty : f64
}

// -----

// Said to be constant, it is.

func.func private @fraction(%x: f64) -> f64 {
  %c = theria.stop_gradient %x : f64
  %n = arith.fptosi %c : f64 to i32
  %whole = arith.sitofp %n : i32 to f64
  %y = arith.subf %x, %whole : f64
  return %y : f64
}

func.func @f(%x: f64, %t: f64) -> f64 {
  %y, %ty = theria.jvp @fraction(%x) tangents(%t) : (f64) -> (f64, f64)
  return %ty : f64
}

// -----

// A comparison chooses between values that have derivatives of their own; a size depends on no value.

func.func private @positive_part(%x: tensor<?xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %i = arith.index_cast %n : index to i64
  %scale = arith.sitofp %i : i64 to f64
  %scales = tensor.splat %scale[%n] : tensor<?xf64>
  %zero = arith.constant 0.0 : f64
  %zeros = tensor.splat %zero[%n] : tensor<?xf64>
  %positive = arith.cmpf ogt, %x, %zeros : tensor<?xf64>
  %part = arith.select %positive, %x, %zeros : tensor<?xi1>, tensor<?xf64>
  %y = arith.mulf %part, %scales : tensor<?xf64>
  return %y : tensor<?xf64>
}

func.func @f(%x: tensor<?xf64>, %g: tensor<?xf64>) -> tensor<?xf64> {
  %y, %gx = theria.vjp @positive_part(%x) cotangents(%g) : (tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>)
  return %gx : tensor<?xf64>
}

// -----

// Control flow that a comparison of a differentiated value decides.

func.func private @jump(%x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %c = arith.cmpf ogt, %x, %zero : f64
  // expected-error@+1 {{expected a differentiation rule for 'scf.if'}}
  %y = scf.if %c -> f64 {
    scf.yield %one : f64
  } else {
    scf.yield %zero : f64
  }
  return %y : f64
}

func.func @f(%x: f64, %t: f64) -> f64 {
  // expected-note@+1 {{jvp of '@jump' asked for here}}
  %y, %ty = theria.jvp @jump(%x) tangents(%t) : (f64) -> (f64, f64)
  return %ty : f64
}

// -----

// The sign of a float is one of its bits, which are an integer.

func.func private @size(%x: f32) -> f32 {
  %bits = arith.bitcast %x : f32 to i32
  %zero = arith.constant 0 : i32
  %negative = arith.cmpi slt, %bits, %zero : i32
  %minus = arith.negf %x : f32
  %y = arith.select %negative, %minus, %x : f32
  return %y : f32
}

func.func @f(%x: f32, %t: f32) -> f32 {
  %y, %ty = theria.jvp @size(%x) tangents(%t) : (f32) -> (f32, f32)
  return %ty : f32
}
