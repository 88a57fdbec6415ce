// NaN and infinity in the keys and values from 3 on: under a causal mask, rows 0 to 2 see none of them.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=early_rows --rtol=1.1e-14 --atol=1.1e-13
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@causal-pairs/k-k.npy --input=@causal-pairs/v-v.npy
// DEFINE: %{dx} = --input=@inputs/d0-1x4x5x3.npy --input=@causal-pairs/k-d0.npy --input=@causal-pairs/v-d0.npy
// DEFINE: %{y} = --expect=@causal-pairs/forward.0.npy --expect=@causal-pairs/forward.1.npy
// DEFINE: %{dy} = --expect=@causal-pairs/jvp.2.npy --expect=@causal-pairs/jvp.3.npy
// RUN: %{run} %{x} %{y}
// RUN: %{run} --derive=jvp %{x} %{dx} %{y} %{dy}

!q = tensor<1x4x5x3xf64>
!k = tensor<1x2x7x3xf64>
!v = tensor<1x2x7x4xf64>

func.func @early_rows(%q: !q, %k: !k, %v: !v) -> (tensor<1x4x3x4xf64>, tensor<1x4x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v causal
      : (!q, !k, !v) -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  %early = tensor.extract_slice %out[0, 0, 0, 0] [1, 4, 3, 4] [1, 1, 1, 1]
      : tensor<1x4x5x4xf64> to tensor<1x4x3x4xf64>
  %early_lse = tensor.extract_slice %lse[0, 0, 0] [1, 4, 3] [1, 1, 1]
      : tensor<1x4x5xf64> to tensor<1x4x3xf64>
  return %early, %early_lse : tensor<1x4x3x4xf64>, tensor<1x4x3xf64>
}
