// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// Integers that depend on a differentiated value, as an index, an exponent, a size: derivatives are silently lost there.

func.func private @table(%x: f64, %t: tensor<8xf64>) -> f64 {
  %i = arith.fptosi %x : f64 to i64
  %k = arith.index_cast %i : i64 to index
  // expected-error@+1 {{expected the derivative of 'tensor.extract', but its float depends on a differentiated value only through integers (a number, an index, an exponent or a size), where derivatives do not exist; if it is meant to be constant, say so with theria.stop_gradient before the conversion to an integer}}
  %r = tensor.extract %t[%k] : tensor<8xf64>
  return %r : f64
}
func.func @f(%x: f64, %t: tensor<8xf64>, %g: f64) -> f64 {
  // expected-note@+1 {{vjp of '@table' asked for here}}
  %y, %gx, %gt = theria.vjp @table(%x, %t) cotangents(%g) : (f64, tensor<8xf64>) -> (f64, f64, tensor<8xf64>)
  return %gx : f64
}

// -----

func.func private @gather(%x: tensor<3xf64>, %t: tensor<8xf64>) -> tensor<3xf64> {
  %i = arith.fptosi %x : tensor<3xf64> to tensor<3xi64>
  %k = arith.index_cast %i : tensor<3xi64> to tensor<3xindex>
  // expected-error@+1 {{expected the derivative of 'theria.gather', but its float depends}}
  %r = theria.gather %t[%k] : (tensor<8xf64>, tensor<3xindex>) -> tensor<3xf64>
  return %r : tensor<3xf64>
}
func.func @f(%x: tensor<3xf64>, %t: tensor<8xf64>) -> tensor<3xf64> {
  // expected-note@+1 {{jvp of '@gather' asked for here}}
  %y, %ty = theria.jvp @gather(%x, %t) tangents(%x, %t) : (tensor<3xf64>, tensor<8xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %ty : tensor<3xf64>
}

// -----

func.func private @power(%x: f64) -> f64 {
  %i = arith.fptosi %x : f64 to i32
  // expected-error@+1 {{expected the derivative of 'math.fpowi', but its float depends}}
  %r = math.fpowi %x, %i : f64, i32
  return %r : f64
}
func.func @f(%x: f64) -> f64 {
  // expected-note@+1 {{jvp of '@power' asked for here}}
  %y, %ty = theria.jvp @power(%x) tangents(%x) : (f64) -> (f64, f64)
  return %ty : f64
}

// -----

func.func private @size(%x: f64) -> tensor<?xf64> {
  %i = arith.fptosi %x : f64 to i64
  %k = arith.index_cast %i : i64 to index
  %one = arith.constant 1.0 : f64
  // expected-error@+1 {{expected the derivative of 'tensor.splat', but its float depends}}
  %r = tensor.splat %one[%k] : tensor<?xf64>
  return %r : tensor<?xf64>
}
func.func @f(%x: f64) -> tensor<?xf64> {
  // expected-note@+1 {{jvp of '@size' asked for here}}
  %y, %ty = theria.jvp @size(%x) tangents(%x) : (f64) -> (tensor<?xf64>, tensor<?xf64>)
  return %ty : tensor<?xf64>
}

// -----

// Where a custom rule takes over, it sees no tangent of a number.

func.func private @opaque(i64) -> f64 attributes {theria.vjp = @opaque_vjp}
func.func private @opaque_vjp(i64, f64) -> f64
func.func private @call(%x: f64) -> f64 {
  %i = arith.fptosi %x : f64 to i64
  // expected-error@+1 {{expected the derivative of 'func.call', but its float depends}}
  %r = func.call @opaque(%i) : (i64) -> f64
  return %r : f64
}
func.func @f(%x: f64) -> f64 {
  // expected-note@+1 {{vjp of '@call' asked for here}}
  %y, %gx = theria.vjp @call(%x) cotangents(%x) : (f64) -> (f64, f64)
  return %gx : f64
}

// -----

// A mask made by a comparison chooses elements, each with a derivative of its own.

func.func private @positive_sum(%x: tensor<3xf64>) -> tensor<f64> {
  %zeros = arith.constant dense<0.0> : tensor<3xf64>
  %positive = arith.cmpf ogt, %x, %zeros : tensor<3xf64>
  %sum = theria.einsum "a->" %x where "a" %positive : (tensor<3xf64>, tensor<3xi1>) -> tensor<f64>
  return %sum : tensor<f64>
}
func.func @f(%x: tensor<3xf64>, %g: tensor<f64>) -> tensor<3xf64> {
  %y, %gx = theria.vjp @positive_sum(%x) cotangents(%g) : (tensor<3xf64>) -> (tensor<f64>, tensor<3xf64>)
  return %gx : tensor<3xf64>
}
