// RUN: theria-opt %s --theria-store-bf16-as-bits | FileCheck %s

// CHECK-NOT: bf16
// CHECK: llvm.mlir.global private constant @table(dense<[16256, 16384]> : tensor<2xi16>) {{.*}} : !llvm.array<2 x i16>
llvm.mlir.global private constant @table(dense<[1.0, 2.0]> : tensor<2xbf16>) : !llvm.array<2 x bf16>
// CHECK: llvm.func @f(%{{.*}}: !llvm.ptr) -> i16
llvm.func @f(%p: !llvm.ptr) -> bf16 {
  // CHECK: llvm.mlir.constant(-16512 : i16) : i16
  %c = llvm.mlir.constant(-1.0 : bf16) : bf16
  // CHECK: llvm.getelementptr %{{.*}}[1] : (!llvm.ptr) -> !llvm.ptr, i16
  %q = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, bf16
  llvm.store %c, %q : bf16, !llvm.ptr
  %v = llvm.load %p : !llvm.ptr -> bf16
  %bits = llvm.bitcast %v : bf16 to i16
  %w = llvm.bitcast %bits : i16 to bf16
  // CHECK: llvm.return %{{.*}} : i16
  llvm.return %w : bf16
}
