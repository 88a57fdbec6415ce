// Numbers far from 1 have their digits too.

// The derivative of x³ / 2^400 at 2^200 is 3, of which a step that is small beside 1 says nothing; and so along a tangent
// of 2^-200, at 2^200, from which a step along it is further still.
// RUN: theria-run %s --path=oracle --function=cube --derive=vjp --input=0x1p+200 --input=1 | FileCheck %s --check-prefix=VJP
// VJP: cotangent of %x: f64, value 3{{$}}
// RUN: theria-run %s --path=oracle --function=cube --derive=jvp --input=0x1p+200 --input=0x1p-200 \
// RUN:   | FileCheck %s --check-prefix=JVP
// JVP: tangent of result 0: f64, value 1.866904583358342512143219216134037e-60{{$}}
// RUN: theria-run %s --path=oracle --function=cube --derive=vjp,jvp --input=0x1p+200 --input=1 --input=0x1p+200 --input=0 \
// RUN:   | FileCheck %s --check-prefix=HVP
// HVP: tangent of cotangent of %x: f64, value 6{{$}}
func.func @cube(%x: f64) -> f64 {
  %c = arith.constant 0x3370000000000000 : f64
  %y = arith.mulf %x, %c : f64
  %s = arith.mulf %y, %y : f64
  %r = arith.mulf %s, %x : f64
  return %r : f64
}

// Two scores of 2^1000 share their row, whose normaliser has lost log 2 even here.
// RUN: theria-run %s --path=oracle --function=attention --input=1x1x1x1xf64=1.0715086071862673e301 --fill=ones \
// RUN:   | FileCheck %s --check-prefix=WEIGHTS
// WEIGHTS: result 0: tensor<1x1x1x1xf64>, values 1, norm 1
func.func @attention(%q: tensor<1x1x1x1xf64>, %k: tensor<1x1x2x1xf64>, %v: tensor<1x1x2x1xf64>) -> tensor<1x1x1x1xf64> {
  %out, %lse = theria.sdpa %q, %k, %v : (tensor<1x1x1x1xf64>, tensor<1x1x2x1xf64>, tensor<1x1x2x1xf64>)
      -> (tensor<1x1x1x1xf64>, tensor<1x1x1xf64>)
  return %out : tensor<1x1x1x1xf64>
}

// What a row without live keys is weighed with says nothing.
// RUN: theria-run %s --path=oracle --function=dead --derive=vjp --input=1 --input=nan | FileCheck %s --check-prefix=DEAD
// DEAD: cotangent of %x: f64, value 0{{$}}
func.func @dead(%x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %false = arith.constant false
  %y = arith.select %false, %x, %zero : f64
  return %y : f64
}
