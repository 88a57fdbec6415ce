// A loop takes no stack: what one turn needs is not left behind for the next, nor is its heap.
// RUN: theria-run %s --input=2xf32=0 --input=3000000 | FileCheck %s
// CHECK: values 3e+06, 3e+06
func.func @count(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f32
  %end = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<?xf32> {
    %size = tensor.dim %a, %c0 : tensor<?xf32>
    %ones = tensor.splat %one[%size] : tensor<?xf32>
    %b = arith.addf %a, %ones : tensor<?xf32>
    scf.yield %b : tensor<?xf32>
  }
  return %end : tensor<?xf32>
}
