// A custom VJP rule that forgets the factor two, beside a JVP rule that is right.
func.func private @square(%x: f64) -> f64 attributes { theria.jvp = @square_jvp, theria.vjp = @square_vjp } {
  %y = arith.mulf %x, %x : f64
  return %y : f64
}
func.func private @square_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %y = arith.mulf %x, %x : f64
  %xx = arith.addf %x, %x : f64
  %ty = arith.mulf %xx, %t : f64
  return %y, %ty : f64, f64
}
func.func private @square_vjp(%x: f64, %g: f64) -> (f64, f64) {
  %y = arith.mulf %x, %x : f64
  %gx = arith.mulf %x, %g : f64
  return %y, %gx : f64, f64
}
func.func @f(%x: f64) -> f64 {
  %y = call @square(%x) : (f64) -> f64
  return %y : f64
}
