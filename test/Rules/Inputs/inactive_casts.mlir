// What is made of integers and of sizes is a constant of the derivative.
func.func @f(%x: f64, %t: tensor<2x3xf64>) -> f64 {
  %n = arith.constant 77 : i32
  %wide = arith.extsi %n : i32 to i64
  %unsigned = arith.extui %n : i32 to i64
  %back = arith.trunci %wide : i64 to i32
  %one = arith.constant 1 : index
  %size = tensor.dim %t, %one : tensor<2x3xf64>
  %rank = tensor.rank %t : tensor<2x3xf64>
  %i = arith.index_cast %size : index to i64
  %j = arith.index_castui %rank : index to i64
  %half = arith.constant 0.5 : f64
  %bits = arith.bitcast %half : f64 to i64
  %whole = arith.fptosi %half : f64 to i64
  %count = arith.fptoui %half : f64 to i64
  %a = arith.addi %unsigned, %i : i64
  %b = arith.addi %j, %whole : i64
  %c = arith.addi %a, %count : i64
  %d = arith.addi %b, %c : i64
  %p = arith.sitofp %d : i64 to f64
  %q = arith.uitofp %back : i32 to f64
  %r = arith.bitcast %bits : i64 to f64
  %u = arith.addf %p, %q : f64
  %v = arith.mulf %u, %r : f64
  %w = arith.mulf %v, %x : f64
  %zero = arith.constant 0 : index
  %element = tensor.extract %t[%zero, %one] : tensor<2x3xf64>
  %y = arith.mulf %w, %element : f64
  return %y : f64
}
