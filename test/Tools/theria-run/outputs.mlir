// RUN: rm -rf %t && mkdir -p %t/folder
// RUN: python3 %S/Inputs/npy.py save %t/x.npy '<f4' 2x3 1 2 3 4 5 6
// DEFINE: %{run} = theria-run %s --input=@%t/x.npy --input=2

// Files and summaries, one for each result in order.
// RUN: %{run} --output=_ --output=@%t/s.npy | FileCheck %s --check-prefix=SUMMARY
// SUMMARY: result 0: tensor<2x3xf32>, values 1, 2, 3, 4, 5, 6, norm 9.53939201
// SUMMARY-NOT: result 1
// SUMMARY: result 2: tensor<20xf64>, first values 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, norm 2.23606798
// RUN: python3 %S/Inputs/npy.py show %t/s.npy | FileCheck %s --check-prefix=SCALAR
// SCALAR: <f4 () 2.0
// RUN: %{run} --output=@%t/a.npy --output=_ --output=@%t/c.npy | FileCheck %s --check-prefix=FILES
// FILES-NOT: result {{0|2}}
// RUN: python3 %S/Inputs/npy.py show %t/a.npy | FileCheck %s --check-prefix=A
// A: <f4 (2, 3) 1.0 2.0 3.0 4.0 5.0 6.0
// RUN: ls %t | count 5

// An input may be overwritten, and a link stays a link.
// RUN: ln -s a.npy %t/link.npy
// RUN: theria-run %s --input=@%t/a.npy --input=2 --output=@%t/link.npy
// RUN: python3 %S/Inputs/npy.py show %t/a.npy | FileCheck %s --check-prefix=A
// RUN: test -L %t/link.npy

// What can't be written is said before anything runs, and leaves nothing behind.
// RUN: rm %t/a.npy %t/c.npy
// RUN: not %{run} --output=@%t/a.npy --output=@%t/no/b.npy 2>&1 | FileCheck %s --check-prefix=NOFOLDER
// NOFOLDER: error: expected to write {{.*}}no/b.npy, but its folder: {{[Nn]}}o such file or directory; choose another
// RUN: not %{run} --output=@%t/a.npy --output=@%t/folder 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: expected to write {{.*}}folder, but it is not a regular file; choose another --output
// RUN: not %{run} --output=@%t/a.npy --output=@/dev/null 2>&1 | FileCheck %s --check-prefix=DEVICE
// DEVICE: error: expected to write /dev/null, but it is not a regular file
// RUN: not %{run} --output=@%t/a.npy --output=@%t/./a.npy 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: expected to write {{.*}}a.npy, but it is the file of another output
// RUN: not %{run} --output=@%t/a.npy --output=b.npy 2>&1 | FileCheck %s --check-prefix=FORM
// FORM: error: expected --output=@FILE.npy or --output=_, but found 'b.npy'
// RUN: not %{run} --output=_ --output=_ --output=_ --output=@%t/a.npy 2>&1 | FileCheck %s --check-prefix=MANY
// MANY: error: expected at most 3 of --output, but found 4; see --signature
// RUN: not ls %t/a.npy

// A disk that fills up while a file is written: all or none.
// RUN: not python3 -c "import resource, subprocess, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)); \
// RUN:   sys.exit(subprocess.call(sys.argv[1:]))" \
// RUN:   %{run} --output=@%t/a.npy --output=@%t/b.npy --output=@%t/c.npy > %t/folder/log 2>&1
// RUN: FileCheck %s --check-prefix=FULL < %t/folder/log
// FULL: error: expected to write {{.*}}c.npy, but {{[Ff]}}ile too large; choose another --output
// RUN: ls %t | count 4

func.func @main(%x: tensor<2x3xf32>, %s: f32) -> (tensor<2x3xf32>, f32, tensor<20xf64>) {
  %half = arith.constant dense<0.5> : tensor<20xf64>
  return %x, %s, %half : tensor<2x3xf32>, f32, tensor<20xf64>
}
