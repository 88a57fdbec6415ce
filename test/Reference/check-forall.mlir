// What loops in parallel put together is checked too: the first position given is right, the second is not.
// RUN: python3 %S/Inputs/errors.py %s

// forall(0) runs, forall(1): error: expected a slice inside dim 0 of size 4, but found offset 4, size 1, stride 1; keep slices inside the tensor
func.func @forall(%i: index) -> tensor<4x3xf64> {
  %one = arith.constant dense<1.0> : tensor<4x3xf64>
  %empty = bufferization.alloc_tensor() : tensor<4x3xf64>
  %r = scf.forall (%k) in (4) shared_outs(%o = %empty) -> (tensor<4x3xf64>) {
    %at = arith.addi %k, %i : index
    %x = tensor.extract_slice %one[%k, 0] [1, 3] [1, 1] : tensor<4x3xf64> to tensor<1x3xf64>
    %y = math.exp %x : tensor<1x3xf64>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%at, 0] [1, 3] [1, 1] : tensor<1x3xf64> into tensor<4x3xf64>
    }
  }
  return %r : tensor<4x3xf64>
}
