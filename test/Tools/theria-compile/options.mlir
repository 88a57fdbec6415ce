// RUN: theria-compile --help | FileCheck %s --check-prefix=HELP
// HELP: USAGE: theria-compile [options] <file.mlir>
// HELP: theria-compile options:
// HELP: --bundle=<folder>
// HELP: --chip=<name>
// HELP: --cpu=<name>
// HELP: --function=<name[:step,...]>
// HELP: --kernels=<form>
// HELP: -o <file>
// HELP: --wrt=<index,...>
// HELP-NOT: --{{[a-z]}}

// DEFINE: %{fails} =
// DEFINE: %{run} = not theria-compile %s %{fails} 2>&1 | FileCheck %s --match-full-lines --implicit-check-not=error: --check-prefix
// RUN: rm -rf %t && mkdir %t && cd %t

// REDEFINE: %{fails} = -o a.txt
// RUN: %{run}=FORM
// FORM: theria-compile: error: expected -o NAME.so, NAME.o or NAME.a, but found 'a.txt'
// REDEFINE: %{fails} = -o a.so --bundle=a
// RUN: %{run}=BOTH
// BOTH: theria-compile: error: expected -o or --bundle, but found both; a bundle has the shared library in it
// REDEFINE: %{fails} = -o nowhere/a.so
// RUN: %{run}=PLACE
// PLACE: theria-compile: error: expected to write nowhere/a.so, but its folder: No such file or directory; choose another --o
// REDEFINE: %{fails} = --bundle=nowhere/a
// RUN: %{run}=FOLDER
// FOLDER: theria-compile: error: expected to make the folder nowhere/a, but No such file or directory; choose another --bundle
// REDEFINE: %{fails} = --cpu=x86-64-v9
// RUN: %{run}=CPU
// CPU: theria-compile: error: expected a processor of this machine's family for --cpu, x86-64, x86-64-v3, x86-64-v4 or aarch64, but found 'x86-64-v9'
// REDEFINE: %{fails} = --chip=sm_70
// RUN: %{run}=CHIP
// CHIP: theria-compile: error: expected a chip such as sm_80, sm_90a or sm_100 for --chip, but found 'sm_70'; Theria's kernels need sm_80 or later, as LLVM names it
// REDEFINE: %{fails} = --kernels=ptx
// RUN: %{run}=KERNELS
// KERNELS: theria-compile: error: expected --chip with --kernels, but found --kernels alone; name the GPU
// REDEFINE: %{fails} = --chip=sm_80 --kernels=sass
// RUN: %{run}=SASS
// SASS: theria-compile: error: expected ptx, cubin or auto for --kernels, but found 'sass'
// REDEFINE: %{fails} = --function=square:vjq
// RUN: %{run}=STEP
// STEP: theria-compile: error: expected jvp, vjp or hvp after the ':' of --function, but found 'vjq' in 'square:vjq'
// REDEFINE: %{fails} = --function=square:
// RUN: %{run}=EMPTY
// EMPTY: theria-compile: error: expected --function=NAME or --function=NAME:STEP,..., but found 'square:'
// REDEFINE: %{fails} = --function=cube
// RUN: %{run}=NONE
// NONE: theria-compile: error: {{.*}}options.mlir: expected a function @cube with a body, but the module has @square, @wide; choose one of them with --function
// REDEFINE: %{fails} = --function=square --wrt=0
// RUN: %{run}=WRT
// WRT: theria-compile: error: expected a derivative with --wrt, but found none; give --function=NAME:vjp or another
// REDEFINE: %{fails} = --function=square --function=square
// RUN: %{run}=TWICE
// TWICE: theria-compile: error: expected functions with names of their own in C, but found options_square twice; give the functions other names, or compile them into two libraries
// REDEFINE: %{fails} = --function=wide
// RUN: %{run}=RANK
// RANK: theria-compile: error: expected arrays of rank 16 at most, but %x of wide has rank 17; reshape it in the function
// REDEFINE: %{fails} = --function=square:vjp --wrt=3 -o b.so
// RUN: not theria-compile %s %{fails} 2>&1 | FileCheck %s --check-prefix=POSITION
// POSITION: options.mlir:[[#@LINE+10]]:1: error: expected
// RUN: env PATH=/nowhere %build/bin/theria-compile %s --function=square -o a.a
// RUN: not env PATH=/nowhere %build/bin/theria-compile %s --function=square -o a.so 2>&1 | FileCheck %s --check-prefix=LINKER
// LINKER: theria-compile: error: expected a linker, but found none of ld.lld-22, ld.lld and ld on the path; install Debian's lld-22, or ask for an archive: -o NAME.a

// What fails leaves nothing behind.
// RUN: ls | FileCheck %s --check-prefix=LEFT --implicit-check-not={{.}}
// LEFT: a.a
// LEFT-NEXT: a.h

func.func @square(%x: f32) -> f32 {
  %y = arith.mulf %x, %x : f32
  return %y : f32
}
func.func private @wide(%x: tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>) {
  return
}
