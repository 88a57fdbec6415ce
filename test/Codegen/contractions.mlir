// Contractions call one kernel for each kind; the kernel keeps a block of the result in registers.
// RUN: theria-opt %s --theria-vectorise=vector-bytes=32 --canonicalize --cse | FileCheck %s
// RUN: theria-opt %s --theria-vectorise=vector-bytes=32 | FileCheck %s --check-prefix=BLOCK
// RUN: theria-opt %s --theria-vectorise=vector-bytes=64 | FileCheck %s --check-prefix=WIDE
// RUN: theria-opt %s --theria-vectorise="vector-bytes=16 fma=false" | FileCheck %s --check-prefix=PLAIN

#ik = affine_map<(i, k, j) -> (i, k)>
#ki = affine_map<(i, k, j) -> (k, i)>
#kj = affine_map<(i, k, j) -> (k, j)>
#jk = affine_map<(i, k, j) -> (j, k)>
#ij = affine_map<(i, k, j) -> (i, j)>

// A fill with zeros is left to the kernel; sizes are arguments.
// CHECK-LABEL: func.func @rows
// CHECK-NOT: vector
// CHECK: call @theria.contract.f32.second.second.set(
// CHECK-NOT: vector
// CHECK: call @theria.contract.f32.second.second.set(
func.func @rows(%a: memref<48x64xf32>, %b: memref<64x128xf32>, %c: memref<48x128xf32>, %d: memref<?x?xf32>,
                %e: memref<?x?xf32>, %f: memref<?x?xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<48x128xf32>)
  linalg.generic {indexing_maps = [#ik, #kj, #ij], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%a, %b : memref<48x64xf32>, memref<64x128xf32>) outs(%c : memref<48x128xf32>) {
  ^bb0(%x: f32, %y: f32, %s: f32):
    %p = arith.mulf %x, %y : f32
    %q = arith.addf %s, %p : f32
    linalg.yield %q : f32
  }
  linalg.fill ins(%zero : f32) outs(%f : memref<?x?xf32>)
  linalg.matmul ins(%d, %e : memref<?x?xf32>, memref<?x?xf32>) outs(%f : memref<?x?xf32>)
  return
}

// The batch is a loop; A is read down its columns, and C is added to.
// CHECK-LABEL: func.func @columns
// CHECK: scf.for
// CHECK-NOT: scf.for
// CHECK: call @theria.contract.f32.first.second.add(
func.func @columns(%a: memref<4x48x64xf32>, %b: memref<4x48x32xf32>, %c: memref<4x64x32xf32>) {
  linalg.generic {indexing_maps = [affine_map<(n, i, k, j) -> (n, k, i)>, affine_map<(n, i, k, j) -> (n, k, j)>,
                                   affine_map<(n, i, k, j) -> (n, i, j)>],
                  iterator_types = ["parallel", "parallel", "reduction", "parallel"]}
      ins(%a, %b : memref<4x48x64xf32>, memref<4x48x32xf32>) outs(%c : memref<4x64x32xf32>) {
  ^bb0(%x: f32, %y: f32, %s: f32):
    %q = math.fma %x, %y, %s : f32
    linalg.yield %q : f32
  }
  return
}

// Neither operand has a unit stride along the result's: B is packed.
// CHECK-LABEL: func.func @packed
// CHECK: call @theria.contract.f32.second.first.add(
func.func @packed(%a: memref<48x64xf32>, %b: memref<32x64xf32>, %c: memref<48x32xf32>) {
  linalg.generic {indexing_maps = [#ik, #jk, #ij], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%a, %b : memref<48x64xf32>, memref<32x64xf32>) outs(%c : memref<48x32xf32>) {
  ^bb0(%x: f32, %y: f32, %s: f32):
    %p = arith.mulf %y, %x : f32
    %q = arith.addf %p, %s : f32
    linalg.yield %q : f32
  }
  return
}

// CHECK: func.func private @theria.contract.f32.second.second.set(
// CHECK: func.func private @theria.contract.f32.first.second.add(
// CHECK: func.func private @theria.contract.f32.second.first.add(
// CHECK: memref.alloca() {alignment = 64 : i64} : memref<128x16xf32>
// CHECK: vector.shuffle
// CHECK: call @theria.contract.f32.second.second.add(
// CHECK-NOT: func.func private @theria.contract.f32.second.second.set(

// 6 rows by 2 vectors of 8, one after the other for each k.
// BLOCK-LABEL: func.func private @theria.contract.f32.second.second.set(
// BLOCK: scf.for {{.*}} iter_args({{.*}}) -> ({{(vector<8xf32>, )+}}!llvm.ptr, index)
// BLOCK-COUNT-12: vector.fma {{.*}} : vector<8xf32>
// BLOCK-NOT: vector.fma
// BLOCK: scf.yield

// WIDE-LABEL: func.func private @theria.contract.f32.second.second.set(
// WIDE: scf.for {{.*}} iter_args({{.*}}) -> ({{(vector<16xf32>, )+}}!llvm.ptr, index)
// WIDE-COUNT-24: vector.fma {{.*}} : vector<16xf32>
// WIDE-NOT: vector.fma
// WIDE: scf.yield
// WIDE: llvm.intr.masked.load {{.*}} vector<16xf32>

// PLAIN-LABEL: func.func private @theria.contract.f32.second.second.set(
// PLAIN-NOT: vector.fma
// PLAIN-NOT: masked
// PLAIN: arith.addf {{.*}} : vector<4xf32>
// PLAIN-NOT: vector.fma
