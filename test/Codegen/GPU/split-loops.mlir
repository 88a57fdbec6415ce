// Loops of a causal sweep: along the columns that all rows of a block see, then along those that some see.
// RUN: theria-opt %s --theria-stream="schedule=one-sided row-tile=64 column-tile=32" --theria-split-loops | FileCheck %s --check-prefixes=CHECK,CAUSAL
// RUN: theria-opt %s --theria-stream="schedule=one-sided row-tile=64 column-tile=32" --theria-split-loops | FileCheck %s --check-prefix=WINDOW
// CHECK-LABEL: func.func @causal
// CHECK: scf.forall (%{{.*}}, %{{.*}}, %[[BLOCK:.*]]) in (1, 2, 8)
// CAUSAL-NOT: scf.if
// CAUSAL: %[[FULL:.*]]:3 = scf.for %{{.*}} = %c0 to %[[END:.*]] step %c1
// CAUSAL-NOT: theria.coord
// CAUSAL: scf.yield
// CAUSAL: scf.for %{{.*}} = %[[END]] to %{{.*}} step %c1 iter_args(%{{.*}} = %[[FULL]]#0
// CAUSAL: theria.coord

// A window has columns that some rows see on both sides.
// WINDOW-LABEL: func.func @window
// WINDOW: scf.forall
// WINDOW-COUNT-3: scf.for
// WINDOW-NOT: scf.for %
// WINDOW: scf.forall.in_parallel

!x = tensor<1x2x512x16xf32>
!r = tensor<1x2x512xf32>

func.func @causal(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}

func.func @window(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v window(100, 7) : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}
