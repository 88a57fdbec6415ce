func.func @f(%x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %square = arith.mulf %x, %x : f64
  %ok = arith.cmpf oge, %square, %zero : f64
  theria.check %ok, "expected a square"
  return %square : f64
}
