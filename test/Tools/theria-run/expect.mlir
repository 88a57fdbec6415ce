// --expect compares by NumPy's rule, says where it is worst, and fails the run.
// RUN: mkdir -p %t
// RUN: python3 %S/Inputs/npy.py save %t/x.npy '<f4' 2x2 1 2 3 4
// RUN: python3 %S/Inputs/npy.py save %t/near.npy '<f4' 2x2 1 2 3.00001 4
// RUN: python3 %S/Inputs/npy.py save %t/double.npy '<f8' 2x2 1 2 3.00001 4
// RUN: python3 %S/Inputs/npy.py save %t/far.npy '<f4' 2x2 1 2.25 3.5 4
// RUN: python3 %S/Inputs/npy.py save %t/row.npy '<f4' 4 1 2 3 4
// RUN: python3 %S/Inputs/npy.py save %t/n.npy '<i8' 2 9007199254740993 5
// RUN: python3 %S/Inputs/npy.py save %t/m.npy '<i8' 2 9007199254740992 5
// RUN: python3 %S/Inputs/npy.py save %t/special.npy '<f4' 2x2 nan inf -inf 0
// RUN: python3 %S/Inputs/npy.py save %t/special2.npy '<f4' 2x2 nan inf inf 0

// DEFINE: %{run} = theria-run %s --input=@%t/x.npy --input=@%t/n.npy
// RUN: %{run} --expect=@%t/x.npy --expect=@%t/n.npy | FileCheck %s --check-prefix=SAME
// SAME: result 0: agrees with {{.*}}x.npy, largest difference 0 at [0, 0]
// SAME: result 1: agrees with {{.*}}n.npy
// RUN: %{run} --expect=@%t/near.npy | FileCheck %s --check-prefix=NEAR
// RUN: %{run} --expect=@%t/double.npy | FileCheck %s --check-prefix=NEAR
// NEAR: result 0: agrees with {{.*}}, largest difference 1e-05 at [1, 0]
// RUN: not %{run} --expect=@%t/near.npy --rtol=1e-6 2>&1 | FileCheck %s --check-prefix=STRICT
// STRICT: error: result 0: 1 of 4 elements differ from {{.*}}near.npy, the worst at [1, 0]: expected 3.00001, but found 3
// STRICT-SAME: (difference 1e-05, allowed 3.01e-06)
// RUN: %{run} --expect=@%t/near.npy --rtol=0 --atol=2e-5
// RUN: not %{run} --expect=@%t/far.npy --expect=@%t/m.npy 2>&1 | FileCheck %s --check-prefix=FAR
// FAR: error: result 0: 2 of 4 elements differ from {{.*}}far.npy, the worst at [1, 0]: expected 3.5, but found 3
// FAR: error: result 1: 1 of 2 elements differ from {{.*}}m.npy, the worst at [0]:
// FAR-SAME: expected 9007199254740992, but found 9007199254740993
// RUN: %{run} --expect=_ --expect=@%t/n.npy --rtol=0 --atol=0
// RUN: not %{run} --expect=@%t/row.npy 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: error: result 0: expected shape 4 as in {{.*}}row.npy, but found 2x2

// NaN equals NaN alone, and an infinity itself.
// RUN: theria-run %s --input=@%t/special.npy --input=@%t/n.npy --expect=@%t/special.npy
// RUN: not theria-run %s --input=@%t/special.npy --input=@%t/n.npy --expect=@%t/special2.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SIGN
// SIGN: 1 of 4 elements differ {{.*}} at [1, 0]: expected inf, but found -inf (difference inf
// RUN: not theria-run %s --input=@%t/special.npy --input=@%t/n.npy --expect=@%t/x.npy 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAN
// NAN: 4 of 4 elements differ {{.*}} at [0, 0]: expected 1, but found nan
// RUN: not %{run} --expect=@%t/special.npy 2>&1 | FileCheck %s --check-prefix=WANTNAN
// WANTNAN: 4 of 4 elements differ {{.*}} at [0, 0]: expected nan, but found 1

// A result that differs is still written, to be looked at.
// RUN: not %{run} --expect=@%t/far.npy --output=@%t/out.npy
// RUN: python3 %S/Inputs/npy.py show %t/out.npy | FileCheck %s --check-prefix=WRITTEN
// WRITTEN: <f4 (2, 2) 1.0 2.0 3.0 4.0

// RUN: not %{run} --expect=%t/x.npy 2>&1 | FileCheck %s --check-prefix=FORM
// FORM: error: expected --expect=@FILE.npy or --expect=_, but found '{{.*}}x.npy'
// RUN: not %{run} --expect=@%t/n.npy 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: error: --expect 0: {{.*}}n.npy: expected element type 'f4' for f32, but found 'i8'
// RUN: not %{run} --expect=_ --expect=_ --expect=_ 2>&1 | FileCheck %s --check-prefix=MANY
// MANY: error: expected at most 2 of --expect, but found 3; see --signature
// RUN: not %{run} --expect=@%t/x.npy --rtol=-1 2>&1 | FileCheck %s --check-prefix=RTOL
// RTOL: error: expected a number of at least 0 for --rtol, but found '-1'; give one such as 1e-5
// RUN: not %{run} --expect=@%t/x.npy --atol=nan 2>&1 | FileCheck %s --check-prefix=ATOL
// ATOL: error: expected a number of at least 0 for --atol, but found 'nan'

func.func @main(%x: tensor<2x2xf32>, %n: tensor<2xi64>) -> (tensor<2x2xf32>, tensor<2xi64>) {
  return %x, %n : tensor<2x2xf32>, tensor<2xi64>
}
