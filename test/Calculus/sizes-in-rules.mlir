// Sizes of what a rule computes on the way from a tangent are found in the operations that compute it.
// RUN: theria-run %s --function=g --derive=vjp --input=3x4xf64=normal:1 --input=3xf64=normal:2 --output=_ --output=@%t.npy
// RUN: theria-run %s --function=g --derive=vjp --input=3x4xf64=normal:1 --input=3xf64=normal:2 --path=oracle --rtol=1e-13 --expect=_ --expect=@%t.npy

!x = tensor<?x?xf64>
!r = tensor<?xf64>

func.func private @f(%x: !x) -> !r attributes {theria.jvp = @f_jvp} {
  %y = theria.einsum "ij,ij->i" %x, %x : (!x, !x) -> !r
  return %y : !r
}

func.func private @f_jvp(%x: !x, %t: !x) -> (!r, !r) {
  %y = theria.einsum "ij,ij->i" %x, %x : (!x, !x) -> !r
  %zero = arith.constant 0 : index
  // Element by element, of an operand that stays, and of one that does not.
  %product = arith.mulf %t, %x : !x
  %double = arith.addf %product, %product : !x
  %a = theria.einsum "ij->i" %double : (!x) -> !r
  // In a copy of which one element is another's.
  %first = tensor.extract %product[%zero, %zero] : !x
  %changed = tensor.insert %first into %product[%zero, %zero] : !x
  %b = theria.einsum "ij->i" %changed : (!x) -> !r
  // Of a contraction.
  %columns = theria.einsum "ij->j" %t : (!x) -> !r
  %c = theria.einsum "j,i->i" %columns, %y : (!r, !r) -> !r
  %ab = arith.addf %a, %b : !r
  %abc = arith.addf %ab, %c : !r
  return %y, %abc : !r, !r
}

func.func @g(%x: !x) -> !r {
  %y = func.call @f(%x) : (!x) -> !r
  return %y : !r
}
