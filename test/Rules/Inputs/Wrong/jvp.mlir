// A custom rule that forgets the factor two.
func.func private @square(%x: f64) -> f64 attributes { theria.jvp = @square_jvp } {
  %y = arith.mulf %x, %x : f64
  return %y : f64
}
func.func private @square_jvp(%x: f64, %t: f64) -> (f64, f64) {
  %y = arith.mulf %x, %x : f64
  %ty = arith.mulf %x, %t : f64
  return %y, %ty : f64, f64
}
func.func @f(%x: f64) -> f64 {
  %y = call @square(%x) : (f64) -> f64
  return %y : f64
}
