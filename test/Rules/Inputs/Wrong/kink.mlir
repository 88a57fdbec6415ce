// range 1e-6 1e-6
func.func @f(%x: f64) -> f64 {
  %y = math.absf %x : f64
  return %y : f64
}
