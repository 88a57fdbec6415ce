// An error in a region ends what the region belongs to.
// RUN: not theria-run %s --function=loop --input=0 --path=oracle 2>&1 | FileCheck %s --check-prefix=LOOP
// RUN: not theria-run %s --function=before --input=0 --path=oracle 2>&1 | FileCheck %s --check-prefix=BEFORE
// RUN: not theria-run %s --function=after --input=0 --path=oracle 2>&1 | FileCheck %s --check-prefix=AFTER
// RUN: not theria-run %s --function=iteration --input=0 --path=oracle 2>&1 | FileCheck %s --check-prefix=ITERATION
// RUN: not theria-run %s --function=inserted --input=3 --path=oracle 2>&1 | FileCheck %s --check-prefix=INSERTED
// RUN: not theria-run %s --function=element --input=3 --path=oracle 2>&1 | FileCheck %s --check-prefix=ELEMENT
// RUN: not theria-run %s --function=made --input=0 --path=oracle 2>&1 | FileCheck %s --check-prefix=MADE

func.func @loop(%n: index) -> index {
  %one = arith.constant 1 : index
  %y = scf.for %i = %n to %one step %one iter_args(%s = %n) -> index {
    // LOOP: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a divisor other than 0
    %r = arith.divui %one, %n : index
    scf.yield %r : index
  }
  return %y : index
}

func.func @before(%n: index) -> index {
  %one = arith.constant 1 : index
  %y = scf.while (%p = %n) : (index) -> index {
    // BEFORE: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a divisor other than 0
    %r = arith.divui %one, %n : index
    %on = arith.cmpi ult, %r, %one : index
    scf.condition(%on) %p : index
  } do {
  ^bb0(%p: index):
    scf.yield %p : index
  }
  return %y : index
}

func.func @after(%n: index) -> index {
  %one = arith.constant 1 : index
  %y = scf.while (%p = %n) : (index) -> index {
    %on = arith.cmpi ult, %p, %one : index
    scf.condition(%on) %p : index
  } do {
  ^bb0(%p: index):
    // AFTER: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a divisor other than 0
    %r = arith.divui %one, %p : index
    scf.yield %r : index
  }
  return %y : index
}

func.func @iteration(%n: index) -> tensor<2xindex> {
  %one = arith.constant dense<1> : tensor<1xindex>
  %e = tensor.empty() : tensor<2xindex>
  %y = scf.forall (%i) in (2) shared_outs(%o = %e) -> tensor<2xindex> {
    // ITERATION: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a divisor other than 0
    %r = arith.divui %i, %n : index
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %one into %o[%r] [1] [1] : tensor<1xindex> into tensor<2xindex>
    }
  }
  return %y : tensor<2xindex>
}

func.func @inserted(%n: index) -> tensor<2xindex> {
  %one = arith.constant dense<1> : tensor<1xindex>
  %e = tensor.empty() : tensor<2xindex>
  %y = scf.forall (%i) in (2) shared_outs(%o = %e) -> tensor<2xindex> {
    scf.forall.in_parallel {
      // INSERTED: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a slice inside dim 0 of size 2, but found offset 3
      tensor.parallel_insert_slice %one into %o[%n] [1] [1] : tensor<1xindex> into tensor<2xindex>
    }
  }
  return %y : tensor<2xindex>
}

func.func @element(%n: index) -> tensor<2xindex> {
  %e = tensor.empty() : tensor<2xindex>
  // ELEMENT: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected an index in dim 0 of a tensor of size 2, but found 3
  %y = tensor.insert %n into %e[%n] : tensor<2xindex>
  return %y : tensor<2xindex>
}

func.func @made(%n: index) -> tensor<2xindex> {
  %y = tensor.generate {
  ^bb0(%i: index):
    // MADE: nested-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a divisor other than 0
    %r = arith.divui %i, %n : index
    tensor.yield %r : index
  } : tensor<2xindex>
  return %y : tensor<2xindex>
}
