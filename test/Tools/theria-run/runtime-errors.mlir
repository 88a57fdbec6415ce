// What goes wrong while a program runs is one error at its place, exit status 1, and no file.
// RUN: mkdir -p %t
// RUN: rm -f %t/out.npy
// DEFINE: %{run} = theria-run %s --output=@%t/out.npy
// RUN: not %{run} --function=sizes --input=2xf32=ones --input=3xf32=ones 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SIZES --implicit-check-not=error
// RUN: not %{run} --function=divide --input=7 --input=0 2>&1 \
// RUN:   | FileCheck %s --check-prefix=DIVIDE --implicit-check-not=error
// RUN: not %{run} --function=divide --input=-9223372036854775808 --input=-1 2>&1 \
// RUN:   | FileCheck %s --check-prefix=DIVIDE --implicit-check-not=error
// RUN: not %{run} --function=pick --input=4xf32=ones --input=4 2>&1 \
// RUN:   | FileCheck %s --check-prefix=PICK --implicit-check-not=error
// RUN: not %{run} --function=allocate --input=4611686018427387904 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ALLOCATE --implicit-check-not=error
// RUN: not ls %t/out.npy

// The same programs with what they want.
// RUN: theria-run %s --function=sizes --input=2xf32=ones --input=2xf32=ones | FileCheck %s --check-prefix=TWO
// RUN: theria-run %s --function=divide --input=-7 --input=2 | FileCheck %s --check-prefix=THREE
// RUN: theria-run %s --function=pick --input=4xf32=0.5 --input=3 | FileCheck %s --check-prefix=HALF
// RUN: theria-run %s --function=allocate --input=2 | FileCheck %s --check-prefix=ZEROS
// TWO: result 0: tensor<2xf32>, values 2, 2
// THREE: result 0: i64, value -3
// HALF: result 0: f32, value 0.5
// ZEROS: result 0: tensor<2xf32>, values 0, 0

func.func @sizes(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  // SIZES: runtime-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}2{{.*}}3
  %s = arith.addf %x, %y : tensor<?xf32>
  return %s : tensor<?xf32>
}

func.func @divide(%a: i64, %b: i64) -> i64 {
  // DIVIDE: runtime-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}divi
  %q = arith.divsi %a, %b : i64
  return %q : i64
}

func.func @pick(%x: tensor<?xf32>, %i: index) -> f32 {
  // PICK: runtime-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}4
  %v = tensor.extract %x[%i] : tensor<?xf32>
  return %v : f32
}

func.func @allocate(%n: index) -> tensor<?xf32> {
  %zero = arith.constant 0.0 : f32
  // ALLOCATE: runtime-errors.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}4611686018427387904
  %z = tensor.splat %zero[%n] : tensor<?xf32>
  return %z : tensor<?xf32>
}
