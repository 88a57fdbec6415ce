// A program of theria-fuzz whose elementwise operations take more than ten rounds to fuse: that was an error without a word.
// RUN: theria-run %s --function=main --derive=vjp,jvp --tile=1x2 --schedule=recompute --check --check-lines=accuracy,stages \
// RUN:   --input=2x2xf32=normal:5100 --input=2x2xf32=normal:5101 --input=2x3xf32=normal:5102 \
// RUN:   --input=2x3xf32=normal:5103 --input=2x2xf32=normal:5104 --input=2x2xf32=normal:5105 \
// RUN:   --input=2x2xf32=normal:5106 --input=2x3xf32=normal:5107 --input=2x3xf32=normal:5108 \
// RUN:   --input=2x2xf32=normal:5109 | FileCheck %s
// CHECK: none fail
func.func private @helper0(%a0: tensor<?x2xf32>, %a1: tensor<2x2xf32>, %a2: tensor<2x?xf32>) -> (tensor<2xf32>) {
  %1 = theria.logsumexp %a1 dim = 0 : (tensor<2x2xf32>) -> tensor<2xf32>
  %2 = math.tanh %1 : tensor<2xf32>
  return %2 : tensor<2xf32>
}

func.func private @helper1(%a0: tensor<?x2xf32>, %a1: tensor<2x2xf32>, %a2: tensor<2x?xf32>) -> (tensor<2xf32>, tensor<2x?xf32>) {
  %d_n = arith.constant 0 : index
  %s_n = tensor.dim %a0, %d_n : tensor<?x2xf32>
  %1 = theria.coord dim = 1 sizes(%s_n) : tensor<?x2xindex>
  %2 = arith.index_cast %1 : tensor<?x2xindex> to tensor<?x2xi64>
  %3 = arith.sitofp %2 : tensor<?x2xi64> to tensor<?x2xf32>
  %4 = arith.constant 0.125 : f32
  %5 = tensor.splat %4[%s_n] : tensor<?x2xf32>
  %6 = arith.mulf %3, %5 : tensor<?x2xf32>
  %7 = arith.subf %6, %6 : tensor<?x2xf32>
  %8 = arith.constant 1.0 : f32
  %d_e = arith.constant 1 : index
  %s_e = tensor.dim %a2, %d_e : tensor<2x?xf32>
  %9 = tensor.splat %8[%s_e] : tensor<2x?xf32>
  %10 = arith.mulf %a2, %a2 : tensor<2x?xf32>
  %11 = arith.addf %10, %9 : tensor<2x?xf32>
  %12 = arith.divf %a2, %11 : tensor<2x?xf32>
  %13 = arith.minimumf %12, %10 : tensor<2x?xf32>
  %14 = math.cos %5 : tensor<?x2xf32>
  %15 = theria.einsum "me->me" %12 : (tensor<2x?xf32>) -> tensor<2x?xf32>
  %16 = theria.logsumexp %15 dim = 1 : (tensor<2x?xf32>) -> tensor<2xf32>
  %17 = math.tanh %16 : tensor<2xf32>
  %18 = math.absf %17 : tensor<2xf32>
  %19 = math.tanh %13 : tensor<2x?xf32>
  return %18, %19 : tensor<2xf32>, tensor<2x?xf32>
}

func.func @main(%a0: tensor<?x2xf32>, %a1: tensor<2x2xf32>, %a2: tensor<2x?xf32>) -> (tensor<2x?xf32>, tensor<?x2xf32>) {
  %1 = math.cos %a2 : tensor<2x?xf32>
  %d_n = arith.constant 0 : index
  %s_n = tensor.dim %a0, %d_n : tensor<?x2xf32>
  %2 = theria.coord dim = 0 sizes(%s_n) : tensor<?x2xindex, #theria.pair<rows = 0, cols = 1>>
  %3 = theria.coord dim = 1 sizes(%s_n) : tensor<?x2xindex, #theria.pair<rows = 0, cols = 1>>
  %4 = arith.constant -1 : index
  %5 = tensor.splat %4[%s_n] : tensor<?x2xindex, #theria.pair<rows = 0, cols = 1>>
  %6 = arith.addi %2, %5 : tensor<?x2xindex, #theria.pair<rows = 0, cols = 1>>
  %7 = arith.cmpi slt, %3, %6 : tensor<?x2xindex, #theria.pair<rows = 0, cols = 1>>
  %8:2 = func.call @helper1(%a0, %a1, %a2) : (tensor<?x2xf32>, tensor<2x2xf32>, tensor<2x?xf32>) -> (tensor<2xf32>, tensor<2x?xf32>)
  %9 = math.tanh %8#0 : tensor<2xf32>
  %10 = math.tanh %8#1 : tensor<2x?xf32>
  %11 = theria.reduce_max %a1 dim = 1 : (tensor<2x2xf32>) -> tensor<2xf32>
  %12 = math.tanh %11 : tensor<2xf32>
  %13 = theria.einsum "me,m->m" %10, %12 : (tensor<2x?xf32>, tensor<2xf32>) -> tensor<2xf32>
  %14 = arith.subf %13, %13 : tensor<2xf32>
  %15 = theria.einsum "me,m,nd->n" %a2, %13, %a0 where "nm" %7 : (tensor<2x?xf32>, tensor<2xf32>, tensor<?x2xf32>, tensor<?x2xi1, #theria.pair<rows = 0, cols = 1>>) -> tensor<?xf32>
  %16:3 = theria.hvp @helper1(%a0, %a1, %a2) cotangents(%13, %10 : tensor<2xf32>, tensor<2x?xf32>) tangents(%a0, %a1, %a2) : (tensor<?x2xf32>, tensor<2x2xf32>, tensor<2x?xf32>) -> (tensor<?x2xf32>, tensor<2x2xf32>, tensor<2x?xf32>)
  %17 = math.tanh %16#0 : tensor<?x2xf32>
  %18 = math.tanh %16#1 : tensor<2x2xf32>
  %19 = math.tanh %16#2 : tensor<2x?xf32>
  %20 = math.atan %15 : tensor<?xf32>
  %21 = theria.einsum "m,n->nm" %12, %20 where "nm" %7 : (tensor<2xf32>, tensor<?xf32>, tensor<?x2xi1, #theria.pair<rows = 0, cols = 1>>) -> tensor<?x2xf32, #theria.pair<rows = 0, cols = 1>>
  %22 = arith.maximumf %19, %19 : tensor<2x?xf32>
  return %22, %17 : tensor<2x?xf32>, tensor<?x2xf32>
}
