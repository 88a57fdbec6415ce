// Attention whose scores fall linearly with the distance of query and key (ALiBi), with a learned slope for each head.
// The score region sees one score and its coordinates; what it captures has derivatives like any operand.
//
//   theria-run docs/examples/alibi.mlir --input=1x2x7x3xf64=normal:1 --input=1x2x9x3xf64=normal:2 \
//     --input=1x2x9x2xf64=normal:3 --input=_ --fill=normal:4
//   theria-run docs/examples/alibi.mlir --derive=vjp,jvp --wrt=3 --input=1x2x7x3xf64=normal:1 \
//     --input=1x2x9x3xf64=normal:2 --input=1x2x9x2xf64=normal:3 --input=_ --input=1x2x7x2xf64=normal:5 --fill=normal:6

!q = tensor<1x2x?x3xf64>
!v = tensor<1x2x?x2xf64>

func.func @attention(%q: !q, %k: !q, %v: !v, %slopes: tensor<2xf64>) -> !v {
  %out, %lse = theria.sdpa %q, %k, %v causal(bottom_right) score(%slopes) {
  ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %slope = tensor.extract %slopes[%h] : tensor<2xf64>
    %n = arith.subi %j, %i : index
    %n64 = arith.index_cast %n : index to i64
    %distance = arith.sitofp %n64 : i64 to f64
    %fall = arith.mulf %slope, %distance : f64
    %t = arith.addf %s, %fall : f64
    theria.yield %t : f64
  } : (!q, !q, !v, tensor<2xf64>) -> (!v, tensor<1x2x?xf64>)
  return %out : !v
}
