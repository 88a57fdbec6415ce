// Where one block of threads fills a multiprocessor, its products by wgmma begin together: here those of pairs, which
// need nothing of each other, then those that take what threads computed of pairs. What they exchange for these goes to
// shared memory at once. Threads wait for a product while those after it go on, and meet once before the loop and twice in
// it: when the next rows have arrived, and for what they exchange.
// RUN: theria-opt %s --theria-nvvm="function=hvp chip=sm_90a" | sed -n 's/.*entry sweep1(//p' > %t
// RUN: FileCheck %s --input-file=%t --implicit-check-not=wgmma.wait_group --implicit-check-not=bar.sync \
// RUN:   --implicit-check-not=fence.proxy
// CHECK: fence.proxy
// CHECK: bar.sync
// CHECK-COUNT-5: wgmma.commit_group
// CHECK: wgmma.wait_group.sync.aligned 3;
// CHECK: wgmma.wait_group.sync.aligned 2;
// CHECK: wgmma.wait_group.sync.aligned 1;
// CHECK: wgmma.wait_group.sync.aligned 0;
// CHECK-COUNT-4: stmatrix
// CHECK: fence.proxy
// CHECK: bar.sync
// CHECK-COUNT-5: wgmma.commit_group
// CHECK: wgmma.wait_group.sync.aligned 0;
// CHECK: fence.proxy
// CHECK: bar.sync

// What products need that begin earlier comes before them: here tiles of which rows are not multiples of 16 bytes.
// RUN: sed 's/256x128x/256x120x/' %s | theria-opt - --theria-nvvm="function=hvp chip=sm_90a" | sed -n 's/.*entry sweep1(//p' \
// RUN:   | FileCheck %s --check-prefix=READ
// READ-COUNT-5: wgmma.commit_group
// READ: wgmma.wait_group.sync.aligned 3;

!x = tensor<1x2x256x128xbf16>

func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, tensor<1x2x256xf32>)
  return %out : !x
}

func.func private @gradient(%q: !x, %k: !x, %v: !x, %g: !x) -> (!x, !x, !x) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  return %r#1, %r#2, %r#3 : !x, !x, !x
}

func.func @hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x, !x, !x, !x) {
  %d:6 = theria.jvp @gradient(%q, %k, %v, %g) tangents(%tq, %tk, %tv) wrt = [0, 1, 2]
    : (!x, !x, !x, !x) -> (!x, !x, !x, !x, !x, !x)
  return %d#0, %d#1, %d#2, %d#3, %d#4, %d#5 : !x, !x, !x, !x, !x, !x
}
