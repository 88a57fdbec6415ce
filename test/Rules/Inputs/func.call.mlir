func.func private @square(%x: f64, %y: f64) -> (f64, f64) {
  %xx = arith.mulf %x, %x : f64
  %xy = arith.mulf %x, %y : f64
  return %xx, %xy : f64, f64
}
func.func @f(%x: f64) -> f64 {
  %c = arith.constant 0.5 : f64
  %a, %b = call @square(%x, %c) : (f64, f64) -> (f64, f64)
  %y = arith.mulf %a, %b : f64
  return %y : f64
}
