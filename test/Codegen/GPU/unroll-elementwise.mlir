// RUN: theria-opt %s --pass-pipeline='builtin.module(gpu.module(theria-unroll-elementwise,canonicalize))' | FileCheck %s

gpu.module @kernels {
  // All of the first element, then all of the second: the difference of the second is taken after the exponential of the
  // first. A row is repeated, a column too; what is stored is put together again.
  // CHECK-LABEL: gpu.func @run(
  // CHECK-SAME: %[[TILE:.*]]: vector<2x2xf64>, %[[COLUMN:.*]]: vector<2x1xf64>, %[[ROW:.*]]: vector<1x2xf64>
  // CHECK: %[[C0:.*]] = vector.extract %[[COLUMN]][0, 0]
  // CHECK: %[[T00:.*]] = vector.extract %[[TILE]][0, 0]
  // CHECK: %[[D00:.*]] = arith.subf %[[T00]], %[[C0]] : f64
  // CHECK: %[[E00:.*]] = math.exp %[[D00]] : f64
  // CHECK: %[[R0:.*]] = vector.extract %[[ROW]][0, 0]
  // CHECK: %[[P00:.*]] = arith.mulf %[[E00]], %[[R0]] : f64
  // CHECK: arith.subf
  // CHECK: math.exp
  // CHECK: %[[R1:.*]] = vector.extract %[[ROW]][0, 1]
  // CHECK: arith.mulf %{{.*}}, %[[R1]] : f64
  // CHECK: arith.subf
  // CHECK: arith.subf
  // CHECK: %[[ALL:.*]] = vector.from_elements %[[P00]], %{{.*}}, %{{.*}}, %{{.*}} : vector<2x2xf64>
  // CHECK: vector.transfer_write %[[ALL]]
  gpu.func @run(%tile: vector<2x2xf64>, %column: vector<2x1xf64>, %row: vector<1x2xf64>, %into: memref<2x2xf64>) kernel {
    %zero = arith.constant 0 : index
    %columns = vector.broadcast %column : vector<2x1xf64> to vector<2x2xf64>
    %difference = arith.subf %tile, %columns : vector<2x2xf64>
    %exp = math.exp %difference : vector<2x2xf64>
    %rows = vector.broadcast %row : vector<1x2xf64> to vector<2x2xf64>
    %product = arith.mulf %exp, %rows : vector<2x2xf64>
    vector.transfer_write %product, %into[%zero, %zero] {in_bounds = [true, true]} : vector<2x2xf64>, memref<2x2xf64>
    gpu.return
  }

  // A run ends where something else reads what it gives, also within a loop; what follows is a run of its own.
  // CHECK-LABEL: gpu.func @ends(
  // CHECK-COUNT-4: arith.addf {{.*}} : f64
  // CHECK: %[[SUM:.*]] = vector.from_elements
  // CHECK: scf.for
  // CHECK: vector.multi_reduction <add>, %[[SUM]]
  // CHECK-COUNT-4: arith.mulf {{.*}} : f64
  // CHECK: vector.transfer_write
  gpu.func @ends(%tile: vector<2x2xf64>, %count: index, %into: memref<2x2xf64>, %sums: memref<f64>) kernel {
    %zero = arith.constant 0 : index
    %one = arith.constant 1 : index
    %none = arith.constant 0.0 : f64
    %sum = arith.addf %tile, %tile : vector<2x2xf64>
    scf.for %at = %zero to %count step %one {
      %number = vector.multi_reduction <add>, %sum, %none [0, 1] : vector<2x2xf64> to f64
      memref.store %number, %sums[] : memref<f64>
    }
    %square = arith.mulf %sum, %sum : vector<2x2xf64>
    vector.transfer_write %square, %into[%zero, %zero] {in_bounds = [true, true]} : vector<2x2xf64>, memref<2x2xf64>
    gpu.return
  }
}
