// The energy of particles that repel and attract each other in pairs, as argon atoms do (Lennard-Jones), their forces by
// a VJP, and by a JVP of that how the forces change when the particles move. A particle does not meet itself: the
// predicate j > i counts each pair once, and blocks below the diagonal are not visited. On the diagonal the distance is 0
// and the energy of the pair infinite, but every einsum into and out of pairs is masked, so this reaches no sum at any
// order.
//
//   theria-run docs/examples/pair_energy.mlir --function=energy --input=12x3xf64=normal:1 --input=1.0 --input=0.5
//   theria-run docs/examples/pair_energy.mlir --function=forces --input=12x3xf64=normal:1 --input=1.0 --input=0.5
//   theria-run docs/examples/pair_energy.mlir --function=force_change --input=12x3xf64=normal:1 \
//     --input=12x3xf64=normal:2 --input=1.0 --input=0.5

!x = tensor<?x3xf64>
!row = tensor<?xf64>
!pair = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>
!index = tensor<?x?xindex, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<?x?xi1, #theria.pair<rows = 0, cols = 1>>

// (x_ic − x_jc)² for one of the three directions; no digits are lost where particles are close.
func.func private @squares(%x: !x, %c: index, %others: !mask) -> !pair {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : !x
  %at = tensor.extract_slice %x[0, %c] [%n, 1] [1, 1] : !x to !row
  %rows = theria.einsum "i->ij" %at where "ij" %others sizes(%n) : (!row, !mask) -> !pair
  %cols = theria.einsum "j->ij" %at where "ij" %others sizes(%n) : (!row, !mask) -> !pair
  %difference = arith.subf %rows, %cols : !pair
  %square = arith.mulf %difference, %difference : !pair
  return %square : !pair
}

// Σ_{i<j} 4ε((σ/r_ij)¹² − (σ/r_ij)⁶), with ε the depth and σ the size.
func.func @energy(%x: !x, %depth: f64, %size: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = tensor.dim %x, %c0 : !x
  %i = theria.coord dim = 0 sizes(%n, %n) : !index
  %j = theria.coord dim = 1 sizes(%n, %n) : !index
  %others = arith.cmpi sgt, %j, %i : !index
  %dx = func.call @squares(%x, %c0, %others) : (!x, index, !mask) -> !pair
  %dy = func.call @squares(%x, %c1, %others) : (!x, index, !mask) -> !pair
  %dz = func.call @squares(%x, %c2, %others) : (!x, index, !mask) -> !pair
  %dxy = arith.addf %dx, %dy : !pair
  %r2 = arith.addf %dxy, %dz : !pair

  %size2 = arith.mulf %size, %size : f64
  %size0 = tensor.from_elements %size2 : tensor<f64>
  %sizes = theria.einsum "->ij" %size0 where "ij" %others sizes(%n, %n) : (tensor<f64>, !mask) -> !pair
  %u = arith.divf %sizes, %r2 : !pair
  %u2 = arith.mulf %u, %u : !pair
  %u3 = arith.mulf %u2, %u : !pair
  %u6 = arith.mulf %u3, %u3 : !pair
  %well = arith.subf %u6, %u3 : !pair

  %sum = theria.einsum "ij->" %well where "ij" %others : (!pair, !mask) -> tensor<f64>
  %wells = tensor.extract %sum[] : tensor<f64>
  %four = arith.constant 4.0 : f64
  %factor = arith.mulf %four, %depth : f64
  %energy = arith.mulf %factor, %wells : f64
  return %energy : f64
}

// The force on each particle, −∂E/∂x.
func.func @forces(%x: !x, %depth: f64, %size: f64) -> !x {
  %minus_one = arith.constant -1.0 : f64
  %energy, %forces = theria.vjp @energy(%x, %depth, %size) cotangents(%minus_one) wrt = [0]
    : (!x, f64, f64) -> (f64, !x)
  return %forces : !x
}

// How the forces change when the particles move along `move`.
func.func @force_change(%x: !x, %move: !x, %depth: f64, %size: f64) -> !x {
  %forces, %change = theria.jvp @forces(%x, %depth, %size) tangents(%move) wrt = [0]
    : (!x, f64, f64) -> (!x, !x)
  return %change : !x
}
