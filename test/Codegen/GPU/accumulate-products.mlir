// RUN: theria-opt %s --theria-accumulate-products | FileCheck %s

#rows = affine_map<(r, c, d) -> (r, d)>
#cols = affine_map<(r, c, d) -> (d, c)>
#sums = affine_map<(r, c, d) -> (r, c)>

// A branch that gives a product or a sum of products starts, either way, from what its result is added to.
// CHECK-LABEL: func.func @branch(
// CHECK-SAME: %[[START:[a-z0-9]+]]: vector<16x16xf32>)
// CHECK: scf.if
// CHECK: vector.contract {{.*}}, %[[START]] :
// CHECK: scf.for {{.*}} iter_args(%[[CARRIED:.*]] = %[[START]])
// CHECK: arith.addf %[[CARRIED]], {{.*}} : vector<16x16xf32>
// CHECK-NOT: arith.addf
// CHECK: return
func.func @branch(%which: i1, %count: index, %a: vector<16x16xf32>, %b: vector<16x16xf32>, %start: vector<16x16xf32>)
    -> vector<16x16xf32> {
  %zero = arith.constant dense<0.0> : vector<16x16xf32>
  %first = arith.constant 0 : index
  %one = arith.constant 1 : index
  %product = scf.if %which -> (vector<16x16xf32>) {
    %fast = vector.contract {indexing_maps = [#rows, #cols, #sums], iterator_types = ["parallel", "parallel", "reduction"]}
      %a, %b, %zero : vector<16x16xf32>, vector<16x16xf32> into vector<16x16xf32>
    scf.yield %fast : vector<16x16xf32>
  } else {
    %exact = scf.for %at = %first to %count step %one iter_args(%carried = %zero) -> (vector<16x16xf32>) {
      %term = arith.mulf %a, %b : vector<16x16xf32>
      %next = arith.addf %carried, %term : vector<16x16xf32>
      scf.yield %next : vector<16x16xf32>
    }
    scf.yield %exact : vector<16x16xf32>
  }
  %sum = arith.addf %start, %product : vector<16x16xf32>
  return %sum : vector<16x16xf32>
}

// Not where the sum starts from another number, nor where the product is read elsewhere, nor from what comes later.
// CHECK-LABEL: func.func @others(
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %cst
// CHECK: arith.addf %{{.*}}, %[[LOOP:.*]] : vector<16x16xf32>
// CHECK: %[[BOTH:.*]] = scf.if
// CHECK: arith.addf %{{.*}}, %[[BOTH]] : vector<16x16xf32>
// CHECK: %[[EARLY:.*]] = scf.if
// CHECK: %[[LATE:.*]] = math.exp
// CHECK: arith.addf %[[LATE]], %[[EARLY]] : vector<16x16xf32>
func.func @others(%which: i1, %count: index, %a: vector<16x16xf32>, %start: vector<16x16xf32>)
    -> (vector<16x16xf32>, vector<16x16xf32>, vector<16x16xf32>, vector<16x16xf32>) {
  %unit = arith.constant dense<1.0> : vector<16x16xf32>
  %first = arith.constant 0 : index
  %one = arith.constant 1 : index
  %loop = scf.for %at = %first to %count step %one iter_args(%carried = %unit) -> (vector<16x16xf32>) {
    %next = arith.addf %carried, %a : vector<16x16xf32>
    scf.yield %next : vector<16x16xf32>
  }
  %sum = arith.addf %start, %loop : vector<16x16xf32>
  %both = scf.if %which -> (vector<16x16xf32>) {
    scf.yield %a : vector<16x16xf32>
  } else {
    scf.yield %unit : vector<16x16xf32>
  }
  %other = arith.addf %start, %both : vector<16x16xf32>
  %early = scf.if %which -> (vector<16x16xf32>) {
    %root = math.sqrt %a : vector<16x16xf32>
    scf.yield %root : vector<16x16xf32>
  } else {
    scf.yield %unit : vector<16x16xf32>
  }
  %late = math.exp %a : vector<16x16xf32>
  %third = arith.addf %late, %early : vector<16x16xf32>
  return %sum, %other, %both, %third : vector<16x16xf32>, vector<16x16xf32>, vector<16x16xf32>, vector<16x16xf32>
}
