// Parts of size 0 anywhere in a concatenation: known to be, or found to be when the program runs.
// RUN: theria-run %s --function=static --derive=vjp,jvp --fill=normal:1 --check | FileCheck %s
// RUN: theria-run %s --function=none --derive=vjp --fill=normal:1 --check | FileCheck %s
// RUN: theria-run %s --function=dynamic --derive=vjp --input=2x3xf64=normal:3 --input=2x0xf64=zeros --input=2x3xf64=ones --check \
// RUN:   | FileCheck %s
// RUN: theria-run %s --function=three --derive=vjp --input=3xf64=normal:3 --input=0xf64=zeros --input=2xf64=normal:4 \
// RUN:   --input=5xf64=ones --check | FileCheck %s
// CHECK: none fail
func.func @static(%x: tensor<2x3xf64>, %e: tensor<2x0xf64>) -> tensor<2x3xf64> {
  %y = tensor.concat dim(1) %x, %e : (tensor<2x3xf64>, tensor<2x0xf64>) -> tensor<2x3xf64>
  %z = arith.mulf %y, %y : tensor<2x3xf64>
  return %z : tensor<2x3xf64>
}
func.func @three(%x: tensor<3xf64>, %e: tensor<0xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
  %c = tensor.concat dim(0) %e, %x, %e, %y, %e
      : (tensor<0xf64>, tensor<3xf64>, tensor<0xf64>, tensor<?xf64>, tensor<0xf64>) -> tensor<?xf64>
  %z = arith.mulf %c, %c : tensor<?xf64>
  return %z : tensor<?xf64>
}
func.func @none(%x: tensor<0xf64>, %y: tensor<0xf64>) -> tensor<0xf64> {
  %c = tensor.concat dim(0) %x, %y : (tensor<0xf64>, tensor<0xf64>) -> tensor<0xf64>
  return %c : tensor<0xf64>
}
func.func @dynamic(%x: tensor<2x?xf64>, %e: tensor<2x?xf64>) -> tensor<2x?xf64> {
  %y = tensor.concat dim(1) %x, %e : (tensor<2x?xf64>, tensor<2x?xf64>) -> tensor<2x?xf64>
  %z = arith.mulf %y, %y : tensor<2x?xf64>
  return %z : tensor<2x?xf64>
}
