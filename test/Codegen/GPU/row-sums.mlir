// A sum along the rows of a whole array: a warp for each row, whose lanes take turns and meet by shuffles; of what lies in
// steps, a thread for each. What is written beside it is written by the lane that has it.
// RUN: theria-opt %s --theria-kernels="function=rows chip=sm_90a" | FileCheck %s --check-prefix=ROWS
// RUN: theria-opt %s --theria-kernels="function=columns chip=sm_90a" | FileCheck %s --check-prefix=COLUMNS
// ROWS: gpu.launch_func {{.*}} blocks in (%c13, %c1, %c1) threads in (%c256, %c1, %c1)
// ROWS-COUNT-5: nvvm.shfl.sync bfly
// ROWS-NOT: nvvm.shfl.sync
// COLUMNS: gpu.launch_func
// COLUMNS-NOT: nvvm.shfl.sync

// RUN: theria-run %s --function=rows --path=reference --fill=normal:7 --output=@%t.0.npy --output=@%t.1.npy
// RUN: theria-emulate random %s --function=rows --fill=normal:7 --expect=@%t.0.npy --expect=@%t.1.npy --rtol=1e-5 --atol=1e-5
// RUN: theria-run %s --function=columns --path=reference --fill=normal:7 --output=@%t.npy
// RUN: theria-emulate %s --function=columns --fill=normal:7 --expect=@%t.npy --rtol=1e-5 --atol=1e-5

func.func @rows(%x: tensor<100x45xf32>) -> (tensor<100x45xf32>, tensor<100xf32>) {
  %square = arith.mulf %x, %x : tensor<100x45xf32>
  %sum = theria.einsum "ij->i" %square : (tensor<100x45xf32>) -> tensor<100xf32>
  return %square, %sum : tensor<100x45xf32>, tensor<100xf32>
}

func.func @columns(%x: tensor<100x45xf32>) -> tensor<45xf32> {
  %sum = theria.einsum "ij->j" %x : (tensor<100x45xf32>) -> tensor<45xf32>
  return %sum : tensor<45xf32>
}
