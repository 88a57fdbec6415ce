// What cannot be decided is said, neither passed over nor called a failure.
// At a pole the source stays infinite on both sides, and calculus gives 0/0.
// RUN: theria-run %s --function=pole --input=1.0 --input=3xf64=zeros --fill=ones --derive=vjp --check \
// RUN:   --check-lines=accuracy,differences,adjoint,symmetry | FileCheck %s --check-prefix=POLE
// POLE:      accuracy     holds
// POLE:      differences  undecided the source is infinite or NaN at these inputs
// POLE-NEXT: adjoint      undecided {{.*}}: neither is finite at these inputs
// POLE-NEXT: symmetry     undecided {{.*}}: neither is finite at these inputs
// POLE-NEXT: certificate: 5 lines, none fail, 3 undecided
// A mask is no pole: the value of a row without live keys is constant.
// RUN: theria-run %s --function=dead --fill=ones --derive=vjp --check --check-lines=differences | FileCheck %s --check-prefix=DEAD
// DEAD:      differences  holds
// DEAD-NEXT: certificate: 1 lines, none fail{{$}}

// Rounding decides how many elements there are.
// RUN: theria-run %s --function=length --input=1.4142135623730951 --check --check-lines=accuracy | FileCheck %s --check-prefix=BOUND
// BOUND:      accuracy     undecided error of result 0; rounding has no bound at these inputs
// BOUND-NEXT: accuracy     undecided error of result 0 on the reference path; rounding has no bound at these inputs
// BOUND-NEXT: certificate: 2 lines, none fail, 2 undecided

func.func @pole(%scale: f64, %x: tensor<3xf64>) -> f64 {
  %s = tensor.splat %scale : tensor<3xf64>
  %y = arith.mulf %s, %x : tensor<3xf64>
  %sum = theria.einsum "i->" %y : (tensor<3xf64>) -> tensor<f64>
  %total = tensor.extract %sum[] : tensor<f64>
  %log = math.log %total : f64
  return %log : f64
}

!p = tensor<2x3xf64, #theria.pair<rows = 0, cols = 1>>
func.func @dead(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %p = theria.pair_cast %x : tensor<2x3xf64> to !p
  %i = theria.coord dim = 0 : tensor<2x3xindex, #theria.pair<rows = 0, cols = 1>>
  %one = arith.constant dense<1> : tensor<2x3xindex, #theria.pair<rows = 0, cols = 1>>
  %live = arith.cmpi eq, %i, %one : tensor<2x3xindex, #theria.pair<rows = 0, cols = 1>>
  %lse = theria.logsumexp %p dim = 1 where %live
    : (!p, tensor<2x3xi1, #theria.pair<rows = 0, cols = 1>>) -> tensor<2xf64>
  return %lse : tensor<2xf64>
}

func.func @length(%x: f64) -> tensor<?xf64> {
  %two = arith.constant 2.0 : f64
  %short = arith.constant 1 : index
  %long = arith.constant 2 : index
  %square = arith.mulf %x, %x : f64
  %above = arith.cmpf oge, %square, %two : f64
  %size = arith.select %above, %long, %short : index
  %result = tensor.splat %x[%size] : tensor<?xf64>
  return %result : tensor<?xf64>
}
