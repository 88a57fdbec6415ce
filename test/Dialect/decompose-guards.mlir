// In a branch that a pair does not take, integers are divided by 1 and 1 is raised to a power: no error may come of it.
// RUN: theria-opt %s --theria-decompose | FileCheck %s
// RUN: theria-run %s --function=guarded --fill=normal:1 --output=@%t.npy
// RUN: theria-run %s --function=guarded --fill=normal:1 --path=reference --expect=@%t.npy --rtol=1e-14
// RUN: theria-run %s --function=guarded --fill=normal:1 --path=oracle --expect=@%t.npy --rtol=1e-14

!x = tensor<1x1x4x2xf64>

// CHECK-LABEL: func.func @guarded
// CHECK: %[[BASE:.*]] = arith.select %[[TAKEN:.*]], %{{.*}}, %{{.*}} : {{.*}}xi64
// CHECK: math.ipowi %[[BASE]], %{{.*}}
// CHECK: %[[DIVISOR:.*]] = arith.select %[[TAKEN]], %{{.*}}, %{{.*}} : {{.*}}xi64
// CHECK: arith.divsi %{{.*}}, %[[DIVISOR]]
func.func @guarded(%q: !x) -> !x {
  %o, %l = theria.sdpa %q, %q, %q score {
  ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %zero = arith.constant 0 : index
    %some = arith.cmpi sgt, %i, %zero : index
    %t = scf.if %some -> f64 {
      %row = arith.index_cast %i : index to i64
      %less = arith.constant -1 : i64
      %ten = arith.constant 10 : i64
      %power = math.ipowi %row, %less : i64
      %quotient = arith.divsi %ten, %row : i64
      %sum = arith.addi %power, %quotient : i64
      %term = arith.sitofp %sum : i64 to f64
      %column = arith.index_cast %j : index to i64
      %weight = arith.sitofp %column : i64 to f64
      %bias = arith.mulf %term, %weight : f64
      %y = arith.addf %s, %bias : f64
      // Nothing comes of this one.
      scf.if %some {
      }
      scf.yield %y : f64
    } else {
      scf.yield %s : f64
    }
    theria.yield %t : f64
  } : (!x, !x, !x) -> (!x, tensor<1x1x4xf64>)
  return %o : !x
}
