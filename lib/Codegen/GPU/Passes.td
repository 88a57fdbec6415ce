//===- Passes.td - code for NVIDIA GPUs --------------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_CODEGEN_GPU_PASSES
#define THERIA_CODEGEN_GPU_PASSES

include "mlir/Pass/PassBase.td"

def NarrowProducts : Pass<"theria-narrow-products", "::mlir::func::FuncOp"> {
  let summary = "Give products of bf16 and f16 to tensor cores";
  let description = [{
    In sweeps, tensors of bf16 and f16 that are extended to f32 as a whole are read small and extended tile by tile. Of a
    product of matrices of which one is extended from a small type, the other is rounded to that type and extended again:
    probabilities and their derivatives, and whatever else is computed of pairs, where they meet an input. Sums stay f32.
    The program says so itself, so that other paths can round alike.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect"];
}

def SplitLoops : Pass<"theria-split-loops", "::mlir::func::FuncOp"> {
  let summary = "Split the loops of sweeps where conditions on their counters change";
  let description = [{
    Within each `scf.forall`, a loop whose body is skipped outside of one stretch of its counter runs along that stretch
    alone, and a loop with a branch on such a stretch becomes up to three: before it, along it and after it, each with its
    side of the branch. Conditions are conjunctions of comparisons that are affine in the counter; others stay.
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect"];
}

def VectoriseTiles : Pass<"theria-vectorise-tiles", "::mlir::func::FuncOp"> {
  let summary = "Make vectors of the tiles of one-sided sweeps";
  let description = [{
    Within each `scf.forall` of a one-sided tile program, tensors that the sweep reads and writes stay tensors; tiles become
    vectors of two dimensions. A tile of one dimension is R×1 where it lies along the rows of those that it is computed
    with and 1×C where along their columns; a number is 1×1. Sizes are rounded up to multiples of 16: what is read beyond a
    tensor is 0, what a sum would see of it is left out, and nothing is written there.

    Slices of tensors become `vector.transfer_read` and `vector.transfer_write`, products of matrices `vector.contract`,
    other einsums `vector.broadcast`, arithmetic and `vector.multi_reduction`.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::vector::VectorDialect"];
}

def AccumulateProducts : Pass<"theria-accumulate-products", "::mlir::func::FuncOp"> {
  let summary = "Let products of tiles start from what they are added to";
  let description = [{
    Where a tile is added to the result of a product, of a loop that adds up or of a branch that gives either, the product
    or the loop starts from that tile, so that threads hold one tile and not two.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

def RelateCoordinates : Pass<"theria-relate-coordinates", "::mlir::func::FuncOp"> {
  let summary = "Compare positions of pairs within their tile";
  let description = [{
    Signed comparisons of sums of positions of rows and of columns become comparisons of a line of columns with a line of
    rows, in i32, which the tile's place and constants have moved: of r·row + c·column + x with 0 those of c·column
    with −x − r·row.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::vector::VectorDialect"];
}

def RelaxArithmetic : Pass<"theria-relax-arithmetic", "::mlir::func::FuncOp"> {
  let summary = "Let arithmetic beside products of bf16 and f16 be quicker";
  let description = [{
    In a sweep with products of bf16 or f16, whose operands are rounded to 16 bits, other arithmetic need not be closer than
    roundings of f32 are: a multiplication and an addition may become one fma (`fastmath<contract>`), and exponentials may be
    those of instructions (`fastmath<afn>`). The maximum of tiles that are scaled by a constant is scaled itself.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::vector::VectorDialect"];
}

def FormKernels : Pass<"theria-form-kernels", "::mlir::func::FuncOp"> {
  let summary = "Make a launch of every sweep and every operation on whole arrays";
  let description = [{
    Runs after bufferization. A `scf.forall` becomes a `gpu.launch` of one block of threads for each of its iterations, whose
    body still works on tiles; an operation of linalg, and a copy, one of a thread for each of its parallel iterations, or of a warp where it adds up what
    lies side by side. Where later blocks have longer loops, they come first.
    What is left beside them runs on the host.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::gpu::GPUDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def ReportChecks : Pass<"theria-report-checks", "::mlir::func::FuncOp"> {
  let summary = "Let the host report what checks within kernels find";
  let description = [{
    A `theria.check` within a `gpu.launch` notes its failure, and the smallest of each of its values, in an array of the
    device, by atomic operations on integers. The function checks that array before it returns.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
                           "::theria::TheriaDialect"];
}

def LowerHostAccesses : Pass<"theria-lower-host-accesses", "::mlir::ModuleOp"> {
  let summary = "Let the host read and write single elements of arrays that lie on the device";
  let description = [{
    Outside of kernels, `memref.load` and `memref.store` become calls of `theria_read` and `theria_write`
    (runtime/theria_device.h), and constants are copied to the device. The shape of a `memref.reshape` is the host's, or
    read.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect", "::mlir::memref::MemRefDialect"];
}

def DistributeTiles : Pass<"theria-distribute-tiles", "::mlir::func::FuncOp"> {
  let summary = "Share tiles out among the threads of a block";
  let description = [{
    Within each `gpu.launch` that reads or writes tiles, every vector of two dimensions becomes what one thread holds of it
    (Frame.h). A block has a warp for every 16 rows; where a thread would hold too much, more that share the columns, up to
    4 warps, in f64 and with wgmma 8, then with fewer elements for each thread and warps of 8 or 4 rows. Operands of products go through
    shared memory, those of a loop's next iteration while this one runs; sums along rows and columns, which a loop adds up,
    meet after it, others where they are made, by shuffles and, among
    warps, by shared memory, in a fixed order. Fails where a block of threads needs more shared memory than there is.
  }];
  let options = [Option<"sharedBytes", "shared-bytes", "int64_t", "232448", "Bytes of shared memory that a block may have">,
                 Option<"splitTf32", "split-tf32", "bool", "false", "Products of f32 on tensor cores, in two parts of tf32">,
                 Option<"wgmma", "wgmma", "bool", "false", "Products of bf16 and f16 by four warps together">];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::gpu::GPUDialect", "::mlir::math::MathDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::nvgpu::NVGPUDialect", "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

def FlattenArguments : Pass<"theria-flatten-arguments", "::mlir::func::FuncOp"> {
  let summary = "Tell kernels of an array its address, and what its type leaves open";
  let description = [{
    Within a `gpu.launch`, each array from outside becomes a `memref.reinterpret_cast` of its address as `memref<element>`
    with the sizes, strides and offset that its type has; those that are `?` are arguments of their own. Of a descriptor with
    all of them, arguments of kernels, which have 4,352 bytes, would hold few.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect"];
}

def UnrollElementwise : Pass<"theria-unroll-elementwise", "::mlir::gpu::GPUModuleOp"> {
  let summary = "Compute what a thread holds element by element";
  let description = [{
    Arithmetic and functions on vectors of two dimensions that follow each other become scalar: all of the first element,
    then all of the second. What lies between the first operand and the last result needs registers for one element only.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::vector::VectorDialect"];
}

def ExpandExp : Pass<"theria-expand-exp", "::mlir::gpu::GPUModuleOp"> {
  let summary = "Compute exponentials in f32 by the GPU's power of 2";
  let description = [{
    `math.exp` on f32, and on vectors of it, becomes one `llvm.exp2`, which is `ex2.approx.f32`, and six operations that
    keep what the product with log2 e loses.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::LLVM::LLVMDialect", "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}

def LowerKernels : Pass<"theria-lower-kernels", "::mlir::gpu::GPUModuleOp"> {
  let summary = "Lower kernels to the NVVM dialect, without libdevice";
  let description = [{
    As upstream's `convert-gpu-to-nvvm`, but for functions of `math`, which become LLVM's intrinsics: an instruction each,
    since `theria-expand-math` runs before.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::NVVM::NVVMDialect", "::mlir::vector::VectorDialect"];
}

def LowerLaunches : Pass<"theria-lower-launches", "::mlir::ModuleOp"> {
  let summary = "Lower launches of kernels to calls of the runtime";
  let description = [{
    Each `gpu.launch_func` becomes a call of `theria_launch` (runtime/theria_device.h) with the kernel's name and the
    addresses of its arguments; an array without dimensions is an address.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def EmitPtx : Pass<"theria-emit-ptx", "::mlir::ModuleOp"> {
  let summary = "Compile kernels to PTX";
  let description = [{
    Every `gpu.module` becomes a `gpu.binary` with the PTX of its kernels, made by LLVM for the chip; no CUDA Toolkit is
    needed. The version of PTX is the oldest that has all of the chip.
  }];
  let options = [Option<"chip", "chip", "std::string", "\"sm_90a\"", "What kernels are made for: sm_80, sm_90a, …">];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::NVVM::NVVMDialect"];
}

#endif // THERIA_CODEGEN_GPU_PASSES
