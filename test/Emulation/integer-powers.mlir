// Powers with integer exponents have the bits that they have on a CPU, at the ends of their types too.
// DEFINE: %{results} = --output=@%t.f.npy --output=@%t.d.npy --output=@%t.i.npy --output=@%t.n.npy --output=@%t.b.npy
// RUN: theria-run %s --function=powers %{results}
// RUN: theria-emulate %s --function=powers --expect=@%t.f.npy --expect=@%t.d.npy --expect=@%t.i.npy --expect=@%t.n.npy --expect=@%t.b.npy

// RUN: not theria-emulate %s --function=inverse 2>&1 | FileCheck %s
// CHECK: error: expected a base other than 0 for a negative power, but found 0 to the power of -1; guard the operation

!f = tensor<66xf32>
!d = tensor<66xf64>
!i = tensor<66xi32>
!n = tensor<66xi8>
!b = tensor<66xbf16>

// Each base with each exponent.
func.func @powers() -> (!f, !d, !i, !n, !b) {
  %n = arith.constant dense<[-2147483648, -2147483647, -127, -3, -1, 0, 1, 2, 3, 40, 2147483647]> : tensor<11xi32>
  %x0 = arith.constant dense<-0.0> : tensor<11xf32>
  %x1 = arith.constant dense<1.0> : tensor<11xf32>
  %x2 = arith.constant dense<-1.0> : tensor<11xf32>
  %x3 = arith.constant dense<0.99999994> : tensor<11xf32>
  %x4 = arith.constant dense<-1.5> : tensor<11xf32>
  %x5 = arith.constant dense<0x7F800000> : tensor<11xf32>
  %i0 = arith.constant dense<2> : tensor<11xi32>
  %i1 = arith.constant dense<1> : tensor<11xi32>
  %i2 = arith.constant dense<-1> : tensor<11xi32>
  %i3 = arith.constant dense<-3> : tensor<11xi32>
  %i4 = arith.constant dense<-2147483648> : tensor<11xi32>
  %i5 = arith.constant dense<7> : tensor<11xi32>
  %x = tensor.concat dim(0) %x0, %x1, %x2, %x3, %x4, %x5 : (tensor<11xf32>, tensor<11xf32>, tensor<11xf32>, tensor<11xf32>, tensor<11xf32>, tensor<11xf32>) -> tensor<66xf32>
  %i = tensor.concat dim(0) %i0, %i1, %i2, %i3, %i4, %i5 : (tensor<11xi32>, tensor<11xi32>, tensor<11xi32>, tensor<11xi32>, tensor<11xi32>, tensor<11xi32>) -> tensor<66xi32>
  %ns = tensor.concat dim(0) %n, %n, %n, %n, %n, %n : (tensor<11xi32>, tensor<11xi32>, tensor<11xi32>, tensor<11xi32>, tensor<11xi32>, tensor<11xi32>) -> tensor<66xi32>
  %xd = arith.extf %x : !f to !d
  %xb = arith.truncf %x : !f to !b
  %odd = arith.constant dense<1> : !n
  %even = arith.trunci %i : !i to !n
  %in = arith.ori %even, %odd : !n
  %nn = arith.trunci %ns : !i to !n
  %0 = math.fpowi %x, %ns : !f, !i
  %1 = math.fpowi %xd, %ns : !d, !i
  %2 = math.ipowi %i, %ns : !i
  %3 = math.ipowi %in, %nn : !n
  %4 = math.fpowi %xb, %nn : !b, !n
  return %0, %1, %2, %3, %4 : !f, !d, !i, !n, !b
}

func.func @inverse() -> tensor<2xi32> {
  %x = arith.constant dense<[1, 0]> : tensor<2xi32>
  %n = arith.constant dense<-1> : tensor<2xi32>
  %r = math.ipowi %x, %n : tensor<2xi32>
  return %r : tensor<2xi32>
}
