// --report says what was streamed and why, before the results.
// RUN: theria-run %s --function=attention --derive=vjp --fill=normal:7 --schedule=strips --report | FileCheck %s
// CHECK:      report: 1 stream, 1 sweep, 6 products a block, tiles of {{[0-9]+x[0-9]+}}, strips of {{.*}} KiB, 3.686 Mflop, {{.*}} moved
// CHECK-NEXT: stream 0: rows 96, columns 100, batch 0 1, batch 1 2
// CHECK-NEXT: sweep 0: 2 levels, 6 products a block, 3.686 Mflop
// CHECK-NEXT: blocks: {{[0-9]+}} of {{[0-9]+x[0-9]+}}; empty: none, full: but edges, mixed: edges
// CHECK-NEXT: level 0: bhid,bhjd->bhij bhij,bhje->bhie
// CHECK-NEXT: level 1: bhij,bhie->bhje
// CHECK:      strips: {{[0-9]}} ({{.*}} a thread)
// CHECK-NEXT: kept: {{.*}}: cycles a pair: {{[0-9.]+}} to compute it again (a product), {{[0-9.]+}} to keep it
// CHECK:      accumulators: {{[0-9]}} of rows ({{.*}}), 2 of columns (
// CHECK-NEXT: compile: {{.*}} ms, cache off: parse {{.*}}, calculus {{.*}}, streaming {{.*}}, code {{.*}}, LLVM
// CHECK-NEXT: result 0

// The same for tools; what depends on `?` is counted for the sizes of the inputs.
// RUN: theria-run %s --function=attention --derive=vjp --fill=normal:7 --schedule=strips --report=%t.static.json | FileCheck %s --check-prefix=QUIET
// QUIET-NOT: report
// RUN: theria-run %s --function=dynamic --derive=vjp --schedule=strips --report=%t.dynamic.json --input=1x2x96x16xf32=normal:7 \
// RUN:   --input=1x2x100x16xf32=normal:8 --input=1x2x100x16xf32=normal:9 --input=1x2x96x16xf32=normal:10
// RUN: python3 %S/Inputs/check_report.py %t.static.json %t.dynamic.json

// RUN: theria-run %s --function=attention --fill=normal:7 --time=2 | FileCheck %s --check-prefix=TIME
// TIME: time: median {{[0-9.e-]+}} ms, min {{[0-9.e-]+}} ms of 2 runs, {{[0-9.e-]+}} GFLOP/s of useful products, {{[0-9.]+}} MiB beyond inputs and results

// Of blocks that may be skipped nobody knows the useful products.
// RUN: theria-run %s --function=causal --fill=normal:7 --time=2 --report | FileCheck %s --check-prefix=CAUSAL
// CAUSAL: report: {{.*}}, at most
// CAUSAL: empty: by predicate, full: by predicate, mixed: by predicate
// CAUSAL-NOT: GFLOP/s

// RUN: theria-run %s --function=attention --fill=normal:7 --path=reference --report | FileCheck %s --check-prefix=REFERENCE
// REFERENCE: report: nothing is streamed, the reference path holds every tensor in memory
// RUN: theria-run %s --function=double --fill=ones --path=streaming --report | FileCheck %s --check-prefix=DENSE
// DENSE: report: nothing is streamed, the program has no pair tensors

// A loop runs a stream as often as it turns.
// RUN: theria-run %s --function=repeated --fill=ones --report | FileCheck %s --check-prefix=LOOP
// LOOP: report: 1 stream, {{.*}} 3.686 Mflop
// LOOP: stream 0: {{.*}}; run 3 times by the loops around it
// LOOP: sweep 0: {{.*}} 1.229 Mflop

// RUN: not theria-run %s --function=double --fill=ones --report=%t.none/r.json 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: expected to write {{.*}}r.json, but its folder: No such file or directory; choose another --report
// RUN: not theria-run %s --function=double --fill=ones --report --report 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: expected --report once, but found it 2 times; give one value

!q = tensor<1x2x96x16xf32>
!k = tensor<1x2x100x16xf32>
!r = tensor<1x2x96xf32>
!d = tensor<?x?x?x?xf32>
!e = tensor<?x?x?xf32>

func.func @attention(%q: !q, %k: !k, %v: !k) -> !q {
  %o, %lse = theria.sdpa %q, %k, %v : (!q, !k, !k) -> (!q, !r)
  return %o : !q
}

func.func @causal(%q: !q, %k: !k, %v: !k) -> !q {
  %o, %lse = theria.sdpa %q, %k, %v causal : (!q, !k, !k) -> (!q, !r)
  return %o : !q
}

func.func @dynamic(%q: !d, %k: !d, %v: !d) -> !d {
  %o, %lse = theria.sdpa %q, %k, %v : (!d, !d, !d) -> (!d, !e)
  return %o : !d
}

func.func @repeated(%q: !q, %k: !k, %v: !k) -> !q {
  %from = arith.constant 0 : index
  %to = arith.constant 3 : index
  %step = arith.constant 1 : index
  %end = scf.for %i = %from to %to step %step iter_args(%x = %q) -> !q {
    %o = func.call @attention(%x, %k, %v) : (!q, !k, !k) -> !q
    scf.yield %o : !q
  }
  return %end : !q
}

func.func @double(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = arith.addf %x, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
