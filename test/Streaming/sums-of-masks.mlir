// Sums of which the mask alone is of pairs, repeated along a dimension of any size.
// RUN: theria-run %s --input=40xf64=normal:1 --input=30xindex=zeros --input=3 --tile=16x16 --output=@%t.npy --output=@%t.pairs.npy
// RUN: theria-run %s --input=40xf64=normal:1 --input=30xindex=zeros --input=3 --path=reference --rtol=1e-13 --expect=@%t.npy --expect=@%t.pairs.npy
// RUN: theria-run %s --input=40xf64=normal:1 --input=30xindex=zeros --input=3 --path=oracle --rtol=1e-13 --expect=@%t.npy --expect=@%t.pairs.npy

!mask = tensor<?x?xi1, #theria.pair<rows = 0, cols = 1>>
!index = tensor<?x?xindex, #theria.pair<rows = 0, cols = 1>>

func.func @f(%x: tensor<?xf64>, %rows: tensor<?xindex>, %e: index) -> (tensor<?x?xf64>, tensor<?xf64>) {
  %zero = arith.constant 0 : index
  %n = tensor.dim %rows, %zero : tensor<?xindex>
  %m = tensor.dim %x, %zero : tensor<?xf64>
  %i = theria.coord dim = 0 sizes(%n, %m) : !index
  %j = theria.coord dim = 1 sizes(%n, %m) : !index
  %live = arith.cmpi sge, %i, %j : !index
  %0 = theria.einsum "j->ie" %x where "ij" %live sizes(%n, %e) : (tensor<?xf64>, !mask) -> tensor<?x?xf64>
  %1 = theria.einsum "j->i" %x where "ij" %live sizes(%n) : (tensor<?xf64>, !mask) -> tensor<?xf64>
  return %0, %1 : tensor<?x?xf64>, tensor<?xf64>
}
