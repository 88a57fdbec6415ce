// What the options of the streaming path may be, and bits that do not depend on threads.
// RUN: not theria-run %s --fill=ones --path=streaming --threads=0 2>&1 | FileCheck %s --check-prefix=ZERO
// ZERO: error: expected 1 to 1024 for --threads, but found '0'; give a number of threads
// RUN: not theria-run %s --fill=ones --path=streaming --threads=10000 2>&1 | FileCheck %s --check-prefix=MANY
// MANY: error: expected 1 to 1024 for --threads, but found '10000'
// RUN: not theria-run %s --fill=ones --path=streaming --tile=0x8 2>&1 | FileCheck %s --check-prefix=TILE
// TILE: error: expected --tile=ROWSxCOLUMNS of 1 to 4096 each, but found '0x8'; give sizes such as 128x128

// RUN: mkdir -p %t
// DEFINE: %{run} = theria-run %s --fill=normal:1 --derive=vjp,jvp --path=streaming --tile=8x16
// DEFINE: %{save} = --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy --output=@%t/4.npy
// DEFINE: %{same} = --rtol=0 --atol=0 --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --expect=@%t/4.npy
// RUN: %{run} --threads=1 %{save}
// RUN: %{run} --threads=2 %{same}
// RUN: %{run} --threads=3 %{same}
// RUN: %{run} --threads=8 %{same}

!x = tensor<2x3x21x5xf32>
!r = tensor<2x3x21xf32>
func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}
