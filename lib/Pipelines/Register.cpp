//===- Register.cpp - dialects, models, passes and pipelines --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Register.h"

#include "dialect/Rules/Rules.h"
#include "dialect/Theria.h"
#include "lib/Calculus/Passes.h"
#include "lib/Codegen/CPU/Passes.h"
#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/Translate.h"
#include "lib/Codegen/Math/Passes.h"
#include "lib/Reference/Passes.h"
#include "lib/Simplify/Simplify.h"
#include "lib/Streaming/Passes.h"
#include "theria/Pipelines.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/BufferDeallocationOpInterfaceImpl.h"
#include "mlir/Dialect/Arith/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/FuncBufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/ControlFlow/Transforms/BufferDeallocationOpInterfaceImpl.h"
#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Linalg/Transforms/TilingInterfaceImpl.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/AllocationOpInterfaceImpl.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/BufferDeallocationOpInterfaceImpl.h"
#include "mlir/Dialect/SCF/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/IR/TensorInferTypeOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/GPU/GPUToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/NVVM/NVVMToLLVMIRTranslation.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace theria {

/// What one-shot bufferization and the deallocation after it need to know of
/// each dialect.
static void registerBufferizationModels(DialectRegistry &registry) {
  arith::registerBufferDeallocationOpInterfaceExternalModels(registry);
  arith::registerBufferizableOpInterfaceExternalModels(registry);
  bufferization::func_ext::registerBufferizableOpInterfaceExternalModels(registry);
  cf::registerBufferDeallocationOpInterfaceExternalModels(registry);
  linalg::registerBufferizableOpInterfaceExternalModels(registry);
  memref::registerAllocationOpInterfaceExternalModels(registry);
  scf::registerBufferDeallocationOpInterfaceExternalModels(registry);
  scf::registerBufferizableOpInterfaceExternalModels(registry);
  vector::registerBufferizableOpInterfaceExternalModels(registry);
  tensor::registerBufferizableOpInterfaceExternalModels(registry);
  linalg::registerTilingInterfaceExternalModels(registry);
}

void registerAllDialects(DialectRegistry &registry) {
  registry.insert<TheriaDialect, func::FuncDialect, arith::ArithDialect, math::MathDialect, tensor::TensorDialect,
                  scf::SCFDialect>();
  registry.insert<affine::AffineDialect, bufferization::BufferizationDialect, cf::ControlFlowDialect,
                  linalg::LinalgDialect, memref::MemRefDialect, ub::UBDialect, vector::VectorDialect>();
  registry.insert<mlir::gpu::GPUDialect, NVVM::NVVMDialect>();
  func::registerInlinerExtension(registry);
  tensor::registerInferTypeOpInterfaceExternalModels(registry);
  registerRules(registry);
  registerBufferizationModels(registry);
  registerBuiltinDialectTranslation(registry);
  registerGPUDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  registerNVVMDialectTranslation(registry);
}

namespace {

struct CpuOptions : PassPipelineOptions<CpuOptions> {
  Option<std::string> function{*this, "function", llvm::cl::desc("The entry; by default the only public function")};
  Option<std::string> path{*this, "path", llvm::cl::desc("streaming, or reference: pair tensors materialised"),
                           llvm::cl::init("streaming")};
  Option<std::string> cpu{*this, "cpu",
                          llvm::cl::desc("What loops of the streaming path are made for: host, x86-64, x86-64-v3, "
                                         "x86-64-v4 or aarch64"),
                          llvm::cl::init("host")};
};

/// A pipeline can't refuse its options but by ending the tool.
CpuTarget targetOf(const std::string &cpu) {
  std::optional<CpuTarget> target = CpuTarget::named(cpu);
  if (!target)
    llvm::reportFatalUsageError("expected " + llvm::Twine(CpuTarget::names) + " for cpu, but found '" + cpu + "'");
  return *target;
}

void buildCpuPipeline(OpPassManager &manager, const CpuOptions &options) {
  StreamingOptions streaming;
  streaming.function = options.function;
  streaming.target = targetOf(options.cpu);
  if (options.path == "reference")
    return buildReferencePipeline(manager, {options.function});
  if (options.path != "streaming")
    llvm::reportFatalUsageError("expected streaming or reference for path, but found '" + llvm::Twine(options.path) +
                                "'");
  buildStreamingPipeline(manager, streaming);
}

struct NvvmOptions : PassPipelineOptions<NvvmOptions> {
  Option<std::string> function{*this, "function", llvm::cl::desc("The entry; by default the only public function")};
  Option<std::string> chip{*this, "chip", llvm::cl::desc("What kernels are made for: sm_80, sm_90a, sm_100, …"),
                           llvm::cl::init(GpuOptions().chip)};
  Option<int64_t> rows{*this, "row-tile", llvm::cl::desc("Rows of a tile, at most; a multiple of 16"),
                       llvm::cl::init(GpuOptions().rowTile)};
  Option<int64_t> columns{*this, "column-tile", llvm::cl::desc("Columns of a tile, at most; a multiple of 16"),
                          llvm::cl::init(GpuOptions().columnTile)};
  Option<bool> narrow{*this, "narrow-products",
                      llvm::cl::desc("Round both operands of products with bf16 or f16 to that type, for tensor cores"),
                      llvm::cl::init(GpuOptions().narrowProducts)};
  Option<bool> splitTf32{*this, "split-tf32",
                         llvm::cl::desc("Compute products of f32 on tensor cores, of two parts of tf32 each"),
                         llvm::cl::init(GpuOptions().splitTf32)};
};

void buildKernels(OpPassManager &manager, const NvvmOptions &options) {
  if (!gpu::isChip(options.chip))
    llvm::reportFatalUsageError("expected a chip from sm_80 on for chip, such as sm_80, sm_90a or sm_100, but found '" +
                                llvm::Twine(options.chip) + "'");
  for (int64_t size : {int64_t(options.rows), int64_t(options.columns)})
    if (size < 16 || size > 128 || size % 16)
      llvm::reportFatalUsageError("expected multiples of 16 up to 128 for row-tile and column-tile, but found " +
                                  llvm::Twine(size));
  GpuOptions gpu;
  gpu.chip = options.chip;
  gpu.rowTile = options.rows;
  gpu.columnTile = options.columns;
  gpu.narrowProducts = options.narrow;
  gpu.splitTf32 = options.splitTf32;
  buildEntryPipeline(manager, options.function);
  buildSweepsPipeline(manager, gpu.streaming(options.function));
  buildKernelPipeline(manager, gpu);
}

void buildPtx(OpPassManager &manager, const NvvmOptions &options) {
  buildKernels(manager, options);
  gpu::EmitPtxOptions ptx;
  ptx.chip = options.chip;
  manager.addPass(gpu::createEmitPtx(ptx));
}

struct StreamOptions : PassPipelineOptions<StreamOptions> {
  Option<int64_t> rows{*this, "row-tile", llvm::cl::desc("Rows of a tile, at most"),
                       llvm::cl::init(StreamingOptions().rowTile)};
  Option<int64_t> columns{*this, "column-tile", llvm::cl::desc("Columns of a tile, at most"),
                          llvm::cl::init(StreamingOptions().columnTile)};
  Option<std::string> schedule{*this, "schedule",
                               llvm::cl::desc("auto, strips, recompute or one-sided, as in theria-run"),
                               llvm::cl::init(StreamingOptions().schedule)};
  Option<std::string> cpu{*this, "cpu", llvm::cl::desc("As in theria-cpu, for estimates"), llvm::cl::init("host")};
  Option<int64_t> secondLevel{*this, "second-level",
                              llvm::cl::desc("Bytes of a core's second-level cache; 0: the cpu's")};
  Option<int64_t> lastLevel{*this, "last-level",
                            llvm::cl::desc("Bytes of a core's share of the last-level cache; 0: the cpu's")};
};

void buildStreamPipeline(OpPassManager &manager, const StreamOptions &options) {
  StreamingOptions streaming;
  streaming.rowTile = options.rows;
  streaming.columnTile = options.columns;
  streaming.schedule = options.schedule;
  streaming.target = targetOf(options.cpu);
  if (options.secondLevel)
    streaming.target.secondLevelCache = options.secondLevel;
  if (options.lastLevel)
    streaming.target.lastLevelCache = options.lastLevel;
  buildStagePipeline(manager, ProgramStage::Tiles, streaming);
}

} // namespace

void registerAllPasses() {
  calculus::registerCalculusPasses();
  cpu::registerCodegenCPUPasses();
  codegen::registerCodegenMathPasses();
  gpu::registerCodegenGPUPasses();
  reference::registerReferencePasses();
  registerSimplifyPasses();
  streaming::registerStreamingPasses();
  mlir::registerTransformsPasses();
  PassPipelineRegistration<CpuOptions>("theria-cpu", "Lower to the LLVM dialect for the CPU", buildCpuPipeline);
  PassPipelineRegistration<NvvmOptions>("theria-kernels", "Lower to a host program and kernels in the NVVM dialect",
                                        buildKernels);
  PassPipelineRegistration<NvvmOptions>("theria-nvvm", "Lower to a host program and kernels for NVIDIA GPUs as PTX",
                                        buildPtx);
  PassPipelineRegistration<StreamOptions>("theria-stream", "Form streams and schedule their sweeps: the tile program",
                                          buildStreamPipeline);
}

} // namespace theria
