// RUN: theria-opt %s --theria-verify-runnable --split-input-file --verify-diagnostics

// A program of the language passes.
func.func @good(%x: tensor<3x?xbf16>, %n: index) -> tensor<3x?xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<3x?xbf16> {
    %e = math.exp %a : tensor<3x?xbf16>
    scf.yield %e : tensor<3x?xbf16>
  }
  return %r : tensor<3x?xbf16>
}

// -----

// A rule that nothing calls needs no body; a call does.
func.func private @rule(f32, f32) -> (f32, f32)
// expected-note @+1 {{declared here}}
func.func private @opaque(f32) -> f32 attributes {theria.jvp = @rule}
func.func @calls(%x: f32) -> f32 {
  // expected-error @+1 {{expected a function with a body, but found a call of @opaque, which has none; define the function}}
  %y = call @opaque(%x) : (f32) -> f32
  return %y : f32
}

// -----

func.func @composite(%q: tensor<1x1x2x2xf32>) -> tensor<1x1x2x2xf32> {
  // expected-error @+1 {{expected only operations that can be lowered, but found 'theria.sdpa'; rewrite it in func, arith, math, tensor, scf and theria}}
  %o, %l = theria.sdpa %q, %q, %q : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>)
    -> (tensor<1x1x2x2xf32>, tensor<1x1x2xf32>)
  return %o : tensor<1x1x2x2xf32>
}

// -----

func.func @memory(%n: index) {
  // expected-error @+1 {{but found 'memref.alloc'; rewrite it}}
  %m = memref.alloc(%n) : memref<?xf32>
  return
}

// -----

// One error, though its region holds operations too.
func.func @named(%a: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // expected-error @+1 {{but found 'linalg.matmul'; rewrite it}}
  %c = linalg.matmul ins(%a, %a : tensor<2x2xf32>, tensor<2x2xf32>) outs(%a : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %c : tensor<2x2xf32>
}

// -----

// expected-error @+1 {{expected structured control flow, but found several blocks in @blocks; use scf}}
func.func @blocks() {
  cf.br ^next
^next:
  return
}

// -----

// expected-error @+1 {{expected scalars and ranked tensors of f64, f32, bf16, f16, index or signless integers of at most 64 bits, but found 'tensor<2xcomplex<f32>>'; change the type}}
func.func @complex(%x: tensor<2xcomplex<f32>>) {
  return
}

// -----

// expected-error @+1 {{but found 'tensor<*xf32>'; change the type}}
func.func @unranked(%x: tensor<*xf32>) {
  return
}

// -----

// expected-error @+1 {{but found 'i128'; change the type}}
func.func @wide(%x: i128) {
  return
}

// -----

// expected-error @+1 {{expected tensors whose bytes fit 63 bits, but found 'tensor<4294967296x4294967296xf32>'; change the type}}
func.func @large(%x: tensor<4294967296x4294967296xf32>) {
  return
}

// -----

// expected-error @+1 {{expected tensors without encoding or with #theria.pair, but found 'tensor<2xf32, "other">'; change the type}}
func.func @encoding(%x: tensor<2xf32, "other">) {
  return
}
