// What is known of a block from each kind of predicate is right, on blocks that are empty, whole and mixed: sums of live pairs,
// on the streaming path with small tiles, on the reference path and by the oracle.
// RUN: mkdir -p %t
// DEFINE: %{inputs} = --input=3x40x2xf64=normal:1 --input=3x48x2xf64=normal:2 --input=@%t/n.npy --input=@%t/m.npy --input=7
// DEFINE: %{files} = @%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy
// DEFINE: %{expected} = @%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy
// RUN: theria-run %s --function=batch --output=@%t/n.npy --output=@%t/m.npy
// RUN: theria-run %s --function=f %{inputs} --tile=16x16 --output=%{files}
// RUN: theria-run %s --function=f %{inputs} --path=reference --rtol=1e-13 --expect=%{expected}
// RUN: theria-run %s --function=f %{inputs} --path=oracle --rtol=1e-13 --expect=%{expected}

!pair = tensor<3x40x48xf64, #theria.pair<rows = 1, cols = 2>>
!index = tensor<3x40x48xindex, #theria.pair<rows = 1, cols = 2>>
!int = tensor<3x40x48xi32, #theria.pair<rows = 1, cols = 2>>
!mask = tensor<3x40x48xi1, #theria.pair<rows = 1, cols = 2>>
!rows = tensor<3x40xf64>

func.func @batch() -> (tensor<3xi32>, tensor<3xi1>) {
  %lengths = arith.constant dense<[0, 20, 60]> : tensor<3xi32>
  %flags = arith.constant dense<[true, false, true]> : tensor<3xi1>
  return %lengths, %flags : tensor<3xi32>, tensor<3xi1>
}

func.func @f(%x: tensor<3x40x2xf64>, %y: tensor<3x48x2xf64>, %lengths: tensor<3xi32>, %flags: tensor<3xi1>, %first: index) -> (!rows, !rows, !rows, !rows) {
  %s = theria.einsum "bid,bjd->bij" %x, %y : (tensor<3x40x2xf64>, tensor<3x48x2xf64>) -> !pair
  %b = theria.coord dim = 0 : !index
  %i = theria.coord dim = 1 offset(%first) : !index
  %j = theria.coord dim = 2 : !index
  %one = arith.constant dense<1> : !index
  %twelve = arith.constant dense<12> : !index
  %large = arith.constant dense<562949953421312> : !index
  %n = theria.einsum "b->bij" %lengths : (tensor<3xi32>) -> !int
  %length = arith.index_cast %n : !int to !index
  %flag = theria.einsum "b->bij" %flags : (tensor<3xi1>) -> !mask

  // Within the length, or not before the diagonal.
  %within = arith.cmpi slt, %j, %length : !index
  %distance = arith.subi %i, %j : !index
  %after = arith.cmpi sge, %distance, %twelve : !index
  %either = arith.ori %within, %after : !mask
  %r0 = theria.einsum "bij->bi" %s where "bij" %either : (!pair, !mask) -> !rows

  // One batch element alone, or its flag, but not both; and nothing beyond a number that no sum may be made of.
  %second = arith.cmpi eq, %b, %one : !index
  %one_of = arith.xori %second, %flag : !mask
  %near = arith.addi %j, %large : !index
  %bounded = arith.cmpi sge, %near, %large : !index
  %chosen = arith.andi %one_of, %bounded : !mask
  %r1 = theria.einsum "bij->bi" %s where "bij" %chosen : (!pair, !mask) -> !rows

  // All but a diagonal; by numbers without sign.
  %off = arith.cmpi ne, %distance, %twelve : !index
  %wrapped = arith.cmpi ult, %distance, %length : !index
  %unsigned = arith.andi %off, %wrapped : !mask
  %r2 = theria.einsum "bij->bi" %s where "bij" %unsigned : (!pair, !mask) -> !rows

  // The nearest diagonal, of what both bounds leave.
  %least = arith.minsi %distance, %twelve : !index
  %on = arith.cmpi eq, %least, %twelve : !index
  %more = arith.maxsi %length, %one : !index
  %inside = arith.cmpi sgt, %more, %j : !index
  %xor = arith.xori %on, %inside : !mask
  %r3 = theria.einsum "bij->bi" %s where "bij" %xor : (!pair, !mask) -> !rows
  return %r0, %r1, %r2, %r3 : !rows, !rows, !rows, !rows
}
