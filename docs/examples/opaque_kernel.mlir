// A program around kernels that the compiler cannot see into, each with a VJP rule of its own. What can be differentiated,
// and what stops the rest, is told before anything runs:
//
//   theria-opt docs/examples/opaque_kernel.mlir --theria-orders

!x = tensor<8xf64>

// The rule is opaque too: a VJP exists and nothing beyond it.
func.func private @kernel(!x) -> !x attributes {theria.vjp = @kernel_vjp}
func.func private @kernel_vjp(%x: !x, %gy: !x) -> (!x, !x)

func.func @closed(%x: !x) -> f64 {
  %y = func.call @kernel(%x) : (!x) -> !x
  %sum = theria.einsum "i,i->" %y, %x : (!x, !x) -> tensor<f64>
  %loss = tensor.extract %sum[] : tensor<f64>
  return %loss : f64
}

// This rule's body can be differentiated: the kernel computes exp.
func.func private @exponential(!x) -> !x attributes {theria.vjp = @exponential_vjp}
func.func private @exponential_vjp(%x: !x, %gy: !x) -> (!x, !x) {
  %y = math.exp %x : !x
  %gx = arith.mulf %gy, %y : !x
  return %y, %gx : !x, !x
}

func.func @open(%x: !x) -> f64 {
  %y = func.call @exponential(%x) : (!x) -> !x
  %sum = theria.einsum "i,i->" %y, %x : (!x, !x) -> tensor<f64>
  %loss = tensor.extract %sum[] : tensor<f64>
  return %loss : f64
}
