// Compiled programs are kept on disk and found again. What is found, what misses, damage and two processes at once:
// RUN: rm -rf %t && mkdir -p %t
// RUN: python3 %S/Inputs/check_cache.py theria-run %s %t/programs

// A folder that can't be used is one warning, and the run goes on.
// RUN: touch %t/file
// RUN: theria-run %s --fill=normal:1 --cache=%t/file 2>&1 | FileCheck %s --check-prefix=FILE
// FILE: theria-run: warning: expected to keep the compiled program in {{.*}}file, but Not a directory; choose another folder with --cache, or --cache=off
// FILE-NOT: warning
// FILE: result 0: tensor<5x3xf32>
// RUN: theria-run %s --fill=normal:1 --cache=/proc 2>&1 | FileCheck %s --check-prefix=READONLY
// READONLY: theria-run: warning: expected to keep the compiled program in /proc, but {{.*}}; choose another folder with --cache, or --cache=off
// READONLY: result 0: tensor<5x3xf32>

// The variable names a folder too, and an option comes first.
// RUN: env THERIA_CACHE_DIR=%t/variable theria-run %s --fill=normal:1 --cache=off --report | FileCheck %s --check-prefix=OFF
// OFF: cache off: parse
// RUN: not ls %t/variable
// RUN: env THERIA_CACHE_DIR=%t/variable theria-run %s --fill=normal:1 --report | FileCheck %s --check-prefix=MISS
// MISS: cache miss: parse
// RUN: env THERIA_CACHE_DIR=%t/variable theria-run %s --fill=normal:1 --report | FileCheck %s --check-prefix=HIT
// HIT: cache hit: parse
// Else the user's: one folder for each program that keeps something.
// RUN: env -u THERIA_CACHE_DIR XDG_CACHE_HOME=%t/user theria-run %s --fill=normal:1
// RUN: ls %t/user/theria | FileCheck %s --check-prefix=USER
// USER: llvmcache-

!p = tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>

func.func @smooth(%x: tensor<5x2xf32>, %y: tensor<7x2xf32>, %z: tensor<7x3xf32>) -> tensor<5x3xf32> {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x2xf32>, tensor<7x2xf32>) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij,je->ie" %e, %z : (!p, tensor<7x3xf32>) -> tensor<5x3xf32>
  return %r : tensor<5x3xf32>
}
