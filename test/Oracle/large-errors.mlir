// What makes a tensor says where there is no room for it.
// RUN: not theria-run %s --function=empty --input=1000000000000 --path=oracle 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: not theria-run %s --function=coord --input=1000000000000 --path=oracle 2>&1 | FileCheck %s --check-prefix=COORD
// RUN: not theria-run %s --function=scatter --input=1000000000000 --path=oracle 2>&1 | FileCheck %s --check-prefix=SCATTER
// RUN: not theria-run %s --function=repeat --input=1000000000000 --path=oracle 2>&1 | FileCheck %s --check-prefix=REPEAT
// RUN: not theria-run %s --function=generate --input=1000000000000 --path=oracle 2>&1 | FileCheck %s --check-prefix=GENERATE
// RUN: not theria-run %s --function=pad --input=1000000000000 --path=oracle 2>&1 | FileCheck %s --check-prefix=PAD

func.func @empty(%n: index) -> tensor<?xf64> {
  // EMPTY: large-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected free memory for a tensor in the oracle
  %y = tensor.empty(%n) : tensor<?xf64>
  return %y : tensor<?xf64>
}

func.func @coord(%n: index) -> tensor<?xi8> {
  // COORD: large-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected free memory for a tensor in the oracle
  %y = theria.coord dim = 0 sizes(%n) : tensor<?xi8>
  return %y : tensor<?xi8>
}

func.func @scatter(%n: index) -> tensor<?xf64> {
  %x = arith.constant dense<1.0> : tensor<1xf64>
  %at = arith.constant dense<0> : tensor<1xindex>
  // SCATTER: large-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected free memory for a tensor in the oracle
  %y = theria.scatter_add %x[%at] sizes(%n) : (tensor<1xf64>, tensor<1xindex>) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

func.func @repeat(%n: index) -> tensor<?x1xf64> {
  %x = arith.constant dense<1.0> : tensor<1xf64>
  // REPEAT: large-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected free memory for a tensor in the oracle
  %y = theria.einsum "j->ij" %x sizes(%n) : (tensor<1xf64>) -> tensor<?x1xf64>
  return %y : tensor<?x1xf64>
}

func.func @generate(%n: index) -> tensor<?xf64> {
  %zero = arith.constant 0.0 : f64
  // GENERATE: large-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected free memory for a tensor in the oracle
  %y = tensor.generate %n {
  ^bb0(%i: index):
    tensor.yield %zero : f64
  } : tensor<?xf64>
  return %y : tensor<?xf64>
}

func.func @pad(%n: index) -> tensor<?xf64> {
  %zero = arith.constant 0.0 : f64
  %x = arith.constant dense<1.0> : tensor<1xf64>
  // PAD: large-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected free memory for a tensor in the oracle
  %y = tensor.pad %x low[%n] high[0] {
  ^bb0(%i: index):
    tensor.yield %zero : f64
  } : tensor<1xf64> to tensor<?xf64>
  return %y : tensor<?xf64>
}
