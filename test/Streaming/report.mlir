// What streaming decided, as an attribute of each function that has streams.
// RUN: theria-opt %s --theria-stream="row-tile=64 cpu=x86-64-v3" --split-input-file | FileCheck %s

!p = tensor<1x2x128x128xf32, #theria.pair<rows = 2, cols = 3>>
!x = tensor<1x2x128x16xf32>
!r = tensor<1x2x128xf32>

// 4 blocks of all columns by half the rows, in one walk: sums follow the maximum. Moved: keys and values
// 2 · 4 · 8,192 bytes, queries 4 · 4,096, and of the results 4 · (4,096 + 2 · 256). Keys are packed.
// CHECK-LABEL: func.func @plain
// CHECK-SAME: theria.report = {sizes = [], streams = [{
// CHECK-SAME: axes = [{name = "rows", size = 128 : i64}, {name = "columns", size = 128 : i64}, {name = "batch 0", size = 1 : i64}, {name = "batch 1", size = 2 : i64}]
// CHECK-SAME: runs = 1 : i64, sweeps = [{
// CHECK-SAME: accumulators = [{bytes = 256 : i64, kind = "rows", value = "theria.reduce_max"}
// CHECK-SAME: {bytes = 4096 : i64, kind = "rows", value = "theria.einsum \22bhij,bhje->bhie\22"}]
// CHECK-SAME: blocks = 4 : i64, bytes_moved = 100352 : i64, empty_blocks = "none"
// CHECK-SAME: full_blocks = "all", kept = [], levels = 1 : i64, mixed_blocks = "none"
// CHECK-SAME: packed_bytes = 16384 : i64
// CHECK-SAME: products = [{equation = "bhid,bhjd->bhij", level = 0 : i64}, {equation = "bhij,bhje->bhie", level = 0 : i64}]
// CHECK-SAME: recomputed = [], result_bytes = 18432 : i64, strip_bytes = 0 : i64, strip_count = 0 : i64, tile = [64, 128]}]}]}
func.func @plain(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}

// One strip of 64 rows by 128 columns of f32, written at level 0 and read at level 1: 2 · 4 · 32,768 bytes beside
// columns 4 · 8,192, rows 4 · 4,096 and results 4 · 2 · 256.
// CHECK-LABEL: func.func @variance
// CHECK-SAME: bytes_moved = 313344 : i64
// CHECK-SAME: kept = [{value = "theria.einsum \22bhid,bhjd->bhij\22", why = "cycles a pair: 1 to compute it again (a product), 0.25 to keep it"}], levels = 2
// CHECK-SAME: strip_bytes = 32768 : i64, strip_count = 1 : i64
func.func @variance(%a: !x, %b: !x) -> !r {
  %s = theria.einsum "bhid,bhjd->bhij" %a, %b : (!x, !x) -> !p
  %m = theria.einsum "bhij->bhi" %s : (!p) -> !r
  %c = theria.einsum "bhi->bhij" %m : (!r) -> !p
  %d = arith.subf %s, %c : !p
  %v = theria.einsum "bhij,bhij->bhi" %d, %d : (!p, !p) -> !r
  return %v : !r
}

// CHECK-LABEL: func.func @causal
// CHECK-SAME: empty_blocks = "by predicate"
// CHECK-SAME: full_blocks = "by predicate"
// CHECK-SAME: mixed_blocks = "by predicate"
func.func @causal(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}

// A mask from memory may be anything.
// CHECK-LABEL: func.func @mask
// CHECK-SAME: empty_blocks = "none"
// CHECK-SAME: full_blocks = "none"
// CHECK-SAME: mixed_blocks = "all"
func.func @mask(%q: !x, %k: !x, %v: !x, %m: tensor<1x2x128x128xi1>) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v mask(%m) : (!x, !x, !x, tensor<1x2x128x128xi1>) -> (!x, !r)
  return %o : !x
}

// Nothing to say of a function without pairs; what was said before is gone.
// CHECK-LABEL: func.func @dense
// CHECK-NOT: theria.report
func.func @dense(%a: tensor<4xf32>) -> tensor<4xf32> attributes {theria.report = {}} {
  return %a : tensor<4xf32>
}

// -----

// What depends on `?` is said by the arguments' sizes.
// CHECK-DAG: #[[ROWS:.+]] = affine_map<()[s0, s1, s2, s3, s4] -> (s0)>
// CHECK-DAG: #[[BLOCKS:.+]] = affine_map<()[s0, s1, s2, s3, s4] -> (((s0 ceildiv 64) * (s1 ceildiv 128)) * s2)>
// CHECK-DAG: #[[FLOP:.+]] = affine_map<()[s0, s1, s2, s3, s4] -> ((((s0 * s2) * s3) * s1) * 2)>
// CHECK: func.func @dynamic
// CHECK-SAME: sizes = {{\[\[}}0, 1], [1, 1], [0, 0], [0, 2], [1, 2]]
// CHECK-SAME: size = #[[ROWS]]}
// CHECK-SAME: blocks = #[[BLOCKS]],
// CHECK-SAME: flop = #[[FLOP]],
// CHECK-SAME: full_blocks = "but edges"
// CHECK-SAME: mixed_blocks = "edges"
func.func @dynamic(%a: tensor<?x?x?xf32>, %b: tensor<?x?x?xf32>) -> tensor<?x?xf32> {
  %s = theria.einsum "bid,bjd->bij" %a, %b : (tensor<?x?x?xf32>, tensor<?x?x?xf32>) -> tensor<?x?x?xf32, #theria.pair<rows = 1, cols = 2>>
  %t = math.tanh %s : tensor<?x?x?xf32, #theria.pair<rows = 1, cols = 2>>
  %r = theria.einsum "bij->bi" %t : (tensor<?x?x?xf32, #theria.pair<rows = 1, cols = 2>>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
