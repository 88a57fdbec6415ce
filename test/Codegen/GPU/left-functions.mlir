// What is left of functions in a kernel is an error where it stands, and so is PTX that calls anything.
// RUN: split-file %s %t
// RUN: not theria-opt %t/left.mlir --pass-pipeline='builtin.module(gpu.module(theria-lower-kernels))' 2>&1 | FileCheck %s --check-prefix=LEFT
// LEFT: left.mlir:3:10: error: expected a function that kernels have for its type, but found 'math.tan' on 'f16'; compute it in f32 or f64, or compile for a CPU
// RUN: not theria-opt %t/remainder.mlir --pass-pipeline='builtin.module(gpu.module(theria-lower-kernels))' 2>&1 | FileCheck %s --check-prefix=REMAINDER
// REMAINDER: remainder.mlir:3:10: error: expected a function that kernels have for its type, but found 'arith.remf' on 'f32'

// RUN: not theria-opt %t/other.mlir --pass-pipeline='builtin.module(gpu.module(theria-lower-kernels))' 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: other.mlir:3:5: error: expected an operation that kernels have, but found 'scf.if'; write it with others, or compile for a CPU

// RUN: not theria-opt %t/calls.mlir --theria-emit-ptx 2>&1 | FileCheck %s --check-prefix=CALLS
// CALLS: calls.mlir:1:1: error: expected kernels that call nothing from elsewhere, but found a call of '__nv_tanf' in their PTX;
// CALLS-SAME: compute what it does by arithmetic, or compile for a CPU

//--- left.mlir
gpu.module @kernels {
  gpu.func @kernel(%x: f16, %out: memref<f16>) kernel {
    %r = math.tan %x : f16
    memref.store %r, %out[] : memref<f16>
    gpu.return
  }
}

//--- remainder.mlir
gpu.module @kernels {
  gpu.func @kernel(%x: f32, %out: memref<f32>) kernel {
    %r = arith.remf %x, %x : f32
    memref.store %r, %out[] : memref<f32>
    gpu.return
  }
}

//--- other.mlir
gpu.module @kernels {
  gpu.func @kernel(%x: f32, %where: i1, %out: memref<f32>) kernel {
    scf.if %where {
      memref.store %x, %out[] : memref<f32>
    }
    gpu.return
  }
}

//--- calls.mlir
gpu.module @kernels {
  llvm.func @__nv_tanf(f32) -> f32
  llvm.func @kernel(%x: f32, %out: !llvm.ptr) attributes {gpu.kernel, nvvm.kernel} {
    %r = llvm.call @__nv_tanf(%x) : (f32) -> f32
    llvm.store %r, %out : f32, !llvm.ptr
    llvm.return
  }
}
