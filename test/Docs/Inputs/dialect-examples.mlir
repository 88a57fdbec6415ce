// A program around the example of each operation's description.
!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

func.func @sdpa(%q: tensor<1x8x64x32xf32>, %k: tensor<1x2x96x32xf32>, %v: tensor<1x2x96x16xf32>) {
  // EXAMPLE theria.sdpa
  return
}
func.func @sdpa_jvp(%q: !x, %k: !x, %v: !x, %tq: !x, %tk: !x, %tv: !x) {
  // EXAMPLE theria.sdpa_jvp
  return
}
func.func @sdpa_vjp(%q: !x, %k: !x, %v: !x, %dout: !x) {
  // EXAMPLE theria.sdpa_vjp
  return
}
func.func @sdpa_hvp(%q: !x, %k: !x, %v: !x, %dout: !x, %tq: !x, %tk: !x, %tv: !x) {
  // EXAMPLE theria.sdpa_hvp
  return
}
func.func @yield(%q: !x) {
  %out, %lse = theria.sdpa %q, %q, %q score {
  ^bb0(%t: f32, %b: index, %h: index, %i: index, %j: index):
    // EXAMPLE theria.yield
  } : (!x, !x, !x) -> (!x, !r)
  return
}
func.func @einsum(%q: tensor<5x4xf32>, %k: tensor<7x4xf32>, %live: tensor<5x7xi1>) {
  // EXAMPLE theria.einsum
  return
}
func.func @logsumexp(%s: tensor<5x7xf64>) {
  // EXAMPLE theria.logsumexp
  return
}
func.func @reduce_max(%s: tensor<5x7xf64>) {
  // EXAMPLE theria.reduce_max
  return
}
func.func @coord(%m: index, %o: index) {
  // EXAMPLE theria.coord
  return
}
func.func @gather(%table: tensor<8x31xf32>, %h: tensor<5x7xindex>, %d: tensor<5x7xindex>) {
  // EXAMPLE theria.gather
  return
}
func.func @scatter_add(%u: tensor<5x7xf32>, %d: tensor<5x7xindex>, %n: index) {
  // EXAMPLE theria.scatter_add
  return
}
module {
  func.func private @f(tensor<4xf32>, i32) -> tensor<4xf32>
  func.func @jvp(%x: tensor<4xf32>, %n: i32, %tx: tensor<4xf32>) {
    // EXAMPLE theria.jvp
    return
  }
}
func.func private @f(tensor<4xf32>) -> tensor<4xf32> attributes {theria.vjp = @f_vjp}
func.func private @f_vjp(tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
func.func private @loss(tensor<4xf32>) -> f32
func.func @vjp(%x: tensor<4xf32>, %gy: tensor<4xf32>) {
  // EXAMPLE theria.vjp
  return
}
func.func @hvp(%x: tensor<4xf32>, %one: f32, %tx: tensor<4xf32>) {
  // EXAMPLE theria.hvp
  return
}
func.func @tangent_call(%x: tensor<4xf32>, %tx: tensor<4xf32>) {
  // EXAMPLE theria.tangent_call
  return
}
func.func @check(%same: i1, %m: index, %n: index) {
  // EXAMPLE theria.check
  return
}
func.func @pair_cast(%bias: tensor<5x7xf32>) {
  // EXAMPLE theria.pair_cast
  return
}
func.func @stop_gradient(%x: tensor<4xf32>) {
  // EXAMPLE theria.stop_gradient
  return
}
