// What an sdpa of dynamic shapes reads must agree, also for its explicit derivatives: an error names the operand.
// DEFINE: %{qkv} = --input=2x2x3x4xf32=normal:1 --input=2x2x5x4xf32=normal:2 --input=2x2x5x6xf32=normal:3
// DEFINE: %{mask} = theria-run %s --function=mask %{qkv}
// RUN: %{mask} --input=2x2x3x5xi1=ones --input=2xi32=ones --input=2xi32=ones
// RUN: not %{mask} --input=1x1x3x5xi1=ones --input=2xi32=ones --input=2xi32=ones 2>&1 | FileCheck %s --check-prefix=MASK --implicit-check-not=error:
// RUN: not %{mask} --input=2x2x3x5xi1=ones --input=3xi32=ones --input=2xi32=ones 2>&1 | FileCheck %s --check-prefix=ROWS --implicit-check-not=error:
// RUN: not %{mask} --input=2x2x3x5xi1=ones --input=2xi32=ones --input=3xi32=ones 2>&1 | FileCheck %s --check-prefix=KEYS --implicit-check-not=error:
// DEFINE: %{bias} = not theria-run %s --input=2x2x3x4xf32=ones
// RUN: %{bias} --function=bias --input=2x2x5x3xf32=ones --input=2x2x5x6xf32=ones --input=2x1x3x5xf32=ones --input=2x2x3x6xf32=ones 2>&1 | FileCheck %s --check-prefix=KEY --implicit-check-not=error:
// RUN: %{bias} --function=bias --input=2x2x5x4xf32=ones --input=2x2x7x6xf32=ones --input=2x1x3x5xf32=ones --input=2x2x3x6xf32=ones 2>&1 | FileCheck %s --check-prefix=VALUE --implicit-check-not=error:
// RUN: %{bias} --function=bias --input=2x2x5x4xf32=ones --input=2x2x5x6xf32=ones --input=2x1x3x1xf32=ones --input=2x2x3x6xf32=ones 2>&1 | FileCheck %s --check-prefix=BIAS --implicit-check-not=error:
// RUN: theria-run %s --function=bias %{qkv} --input=2x1x3x5xf32=ones --input=2x2x3x6xf32=ones
// RUN: not theria-run %s --function=bias %{qkv} --input=2x1x3x5xf32=ones --input=2x2x3x7xf32=ones 2>&1 | FileCheck %s --check-prefix=COTANGENT --implicit-check-not=error:
// RUN: theria-opt %s --theria-check-language | FileCheck %s

!t = tensor<?x?x?x?xf32>
!r = tensor<?x?x?xf32>
!m = tensor<?x?x?x?xi1>
!n = tensor<?xi32>
!b = tensor<?x1x?x?xf32>

func.func @mask(%q: !t, %k: !t, %v: !t, %m: !m, %rows: !n, %keys: !n) -> !t {
  // MASK: check-sdpa.mlir:[[#@LINE+3]]:{{[0-9]+}}: error: expected mask of B×H×N×M = 2×2×3×5, but found 1×1×3×5; a dimension to broadcast is 1 in the type
  // ROWS: check-sdpa.mlir:[[#@LINE+2]]:{{[0-9]+}}: error: expected the rows' lengths of B = 2, but found 3; give arrays whose sizes agree
  // KEYS: check-sdpa.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected the keys' lengths of B = 2, but found 3
  %out, %lse = theria.sdpa %q, %k, %v mask(%m) lengths(%rows, %keys) : (!t, !t, !t, !m, !n, !n) -> (!t, !r)
  return %out : !t
}

func.func @bias(%q: !t, %k: !t, %v: !t, %b: !b, %g: !t) -> !t {
  // KEY: check-sdpa.mlir:[[#@LINE+4]]:{{[0-9]+}}: error: expected key of B×Hk×M×D = 2×2×5×4, but found 2×2×5×3; give arrays whose sizes agree
  // VALUE: check-sdpa.mlir:[[#@LINE+3]]:{{[0-9]+}}: error: expected value of B×Hk×M×Dv = 2×2×5×6, but found 2×2×7×6
  // BIAS: check-sdpa.mlir:[[#@LINE+2]]:{{[0-9]+}}: error: expected bias of B×H×N×M = 2×1×3×5, but found 2×1×3×1; a dimension to broadcast is 1 in the type
  // COTANGENT: check-sdpa.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected a cotangent of result 0 of size 6 in dim 3, but found 7
  %r:6 = theria.sdpa_vjp %q, %k, %v cotangents(%g) bias(%b) : (!t, !t, !t, !t, !b) -> (!t, !r, !t, !t, !t, !b)
  return %r#2 : !t
}

// What the types say needs no check.
// CHECK-LABEL: @static
// CHECK-NOT: theria.check
// CHECK: return
func.func @static(%q: tensor<1x1x2x3xf32>) -> tensor<1x1x2x3xf32> {
  %out, %lse = theria.sdpa %q, %q, %q : (tensor<1x1x2x3xf32>, tensor<1x1x2x3xf32>, tensor<1x1x2x3xf32>) -> (tensor<1x1x2x3xf32>, tensor<1x1x2xf32>)
  return %out : tensor<1x1x2x3xf32>
}
