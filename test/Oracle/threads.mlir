// Threads of the oracle give back what MPFR keeps for each of them; with the address sanitizer, a leak is an error.
// RUN: theria-run %s --fill=ones --path=oracle --threads=4 | FileCheck %s
// CHECK: result 0: tensor<64x256xf64>, first values 2.71828182845904523536028747135

func.func @exponentials(%x: tensor<64x256xf64>) -> tensor<64x256xf64> {
  %e = math.exp %x : tensor<64x256xf64>
  return %e : tensor<64x256xf64>
}
