// A limit of the process counts as memory that the system does not have. A sanitizer takes terabytes of addresses.
// UNSUPPORTED: address-sanitizer, thread-sanitizer
// RUN: not bash -c "ulimit -v 4000000; theria-run %s --function=large --input=1048576x0xf32=ones --input=4x0xf32=ones --fill=ones" 2>&1 | FileCheck %s --check-prefix=LIMIT
// LIMIT: error: expected at most {{[0-9]+}} bytes, which the system has left, but the program needs 4295491584 (results 4294967296,
// RUN: bash -c "ulimit -v 4000000; theria-run %s --function=large --input=3x0xf32=ones --input=4x0xf32=ones --fill=ones" | FileCheck %s --check-prefix=SMALL
// SMALL: result 0: tensor<3x1024xf32>

!d = tensor<?x?xf32>
!p = tensor<?x?xf32, #theria.pair<rows = 0, cols = 1>>

func.func @large(%a: !d, %b: !d, %c: tensor<4x1024xf32>) -> tensor<?x1024xf32> {
  %s = theria.einsum "id,jd->ij" %a, %b : (!d, !d) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij,je->ie" %e, %c : (!p, tensor<4x1024xf32>) -> tensor<?x1024xf32>
  return %r : tensor<?x1024xf32>
}
