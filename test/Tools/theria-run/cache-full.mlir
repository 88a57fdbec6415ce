// No room for the file of a compiled program; nothing stays behind. ThreadSanitizer has no room for its own then.
// UNSUPPORTED: thread-sanitizer
// RUN: rm -rf %t
// RUN: bash -c "ulimit -f 4; theria-run %s --fill=normal:1 --cache=%t/full" 2>&1 | FileCheck %s --check-prefix=FULL
// FULL: theria-run: warning: expected to keep the compiled program in {{.*}}full, but File too large; choose
// FULL: result 0: tensor<5x3xf32>
// RUN: ls %t/full | count 0

!p = tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>

func.func @smooth(%x: tensor<5x2xf32>, %y: tensor<7x2xf32>, %z: tensor<7x3xf32>) -> tensor<5x3xf32> {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x2xf32>, tensor<7x2xf32>) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij,je->ie" %e, %z : (!p, tensor<7x3xf32>) -> tensor<5x3xf32>
  return %r : tensor<5x3xf32>
}
