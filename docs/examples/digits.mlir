// Attention reads handwritten digits: 1,000 labelled images are the keys, their one-hot labels the values, 797 unseen
// images the queries. What it answers depends on one number, the scale of the scores, which Newton's method finds here
// with derivatives that the compiler makes: the slope by a VJP, the curvature by a Hessian-vector product.
//
//   theria-run docs/examples/digits.mlir --function=evaluate --input=16.0 --input=@docs/examples/digits/keys.npy \
//     --input=@docs/examples/digits/key_labels.npy --input=@docs/examples/digits/queries.npy \
//     --input=@docs/examples/digits/query_labels.npy

!keys = tensor<1000x64xi8>
!key_labels = tensor<1000x10xi8>
!queries = tensor<797x64xi8>
!query_labels = tensor<797x10xi8>
!answers = tensor<797x10xf64>

// Pixels 0 … 16 as vectors of length 1.
func.func private @features(%pixels: tensor<?x64xi8>) -> tensor<?x64xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %pixels, %c0 : tensor<?x64xi8>
  %sixteen = arith.constant 16.0 : f64
  %sixteens = tensor.splat %sixteen[%n] : tensor<?x64xf64>
  %raw = arith.sitofp %pixels : tensor<?x64xi8> to tensor<?x64xf64>
  %x = arith.divf %raw, %sixteens : tensor<?x64xf64>
  %squares = theria.einsum "np,np->n" %x, %x : (tensor<?x64xf64>, tensor<?x64xf64>) -> tensor<?xf64>
  %norms = math.sqrt %squares : tensor<?xf64>
  %divisors = theria.einsum "n->np" %norms : (tensor<?xf64>) -> tensor<?x64xf64>
  %unit = arith.divf %x, %divisors : tensor<?x64xf64>
  return %unit : tensor<?x64xf64>
}

// For each query, the share of attention that falls on each digit.
func.func private @answers(%scale: f64, %keys: !keys, %key_labels: !key_labels, %queries: !queries) -> !answers {
  %k0 = tensor.cast %keys : !keys to tensor<?x64xi8>
  %q0 = tensor.cast %queries : !queries to tensor<?x64xi8>
  %k1 = func.call @features(%k0) : (tensor<?x64xi8>) -> tensor<?x64xf64>
  %q1 = func.call @features(%q0) : (tensor<?x64xi8>) -> tensor<?x64xf64>
  %k2 = tensor.cast %k1 : tensor<?x64xf64> to tensor<1000x64xf64>
  %q2 = tensor.cast %q1 : tensor<?x64xf64> to tensor<797x64xf64>
  %v2 = arith.sitofp %key_labels : !key_labels to tensor<1000x10xf64>
  %k = tensor.expand_shape %k2 [[0, 1, 2], [3]] output_shape [1, 1, 1000, 64] : tensor<1000x64xf64> into tensor<1x1x1000x64xf64>
  %q = tensor.expand_shape %q2 [[0, 1, 2], [3]] output_shape [1, 1, 797, 64] : tensor<797x64xf64> into tensor<1x1x797x64xf64>
  %v = tensor.expand_shape %v2 [[0, 1, 2], [3]] output_shape [1, 1, 1000, 10] : tensor<1000x10xf64> into tensor<1x1x1000x10xf64>
  %out, %lse = theria.sdpa %q, %k, %v scale(%scale)
    : (tensor<1x1x797x64xf64>, tensor<1x1x1000x64xf64>, tensor<1x1x1000x10xf64>, f64)
    -> (tensor<1x1x797x10xf64>, tensor<1x1x797xf64>)
  %shares = tensor.collapse_shape %out [[0, 1, 2], [3]] : tensor<1x1x797x10xf64> into !answers
  return %shares : !answers
}

// Mean negative log-likelihood of the queries' digits.
func.func @loss(%scale: f64, %keys: !keys, %key_labels: !key_labels, %queries: !queries, %labels: !query_labels) -> f64 {
  %shares = func.call @answers(%scale, %keys, %key_labels, %queries) : (f64, !keys, !key_labels, !queries) -> !answers
  %onehot = arith.sitofp %labels : !query_labels to !answers
  %likelihood = theria.einsum "nc,nc->n" %shares, %onehot : (!answers, !answers) -> tensor<797xf64>
  %log = math.log %likelihood : tensor<797xf64>
  %sum = theria.einsum "n->" %log : (tensor<797xf64>) -> tensor<f64>
  %total = tensor.extract %sum[] : tensor<f64>
  %count = arith.constant -797.0 : f64
  %mean = arith.divf %total, %count : f64
  return %mean : f64
}

// Accuracy and loss: a query is answered rightly where no digit has a larger share than its own.
func.func @evaluate(%scale: f64, %keys: !keys, %key_labels: !key_labels, %queries: !queries, %labels: !query_labels)
    -> (f64, f64) {
  %shares = func.call @answers(%scale, %keys, %key_labels, %queries) : (f64, !keys, !key_labels, !queries) -> !answers
  %onehot = arith.sitofp %labels : !query_labels to !answers
  %own = theria.einsum "nc,nc->n" %shares, %onehot : (!answers, !answers) -> tensor<797xf64>
  %best = theria.reduce_max %shares dim = 1 : (!answers) -> tensor<797xf64>
  %right = arith.cmpf oge, %own, %best : tensor<797xf64>
  %ones = arith.uitofp %right : tensor<797xi1> to tensor<797xf64>
  %sum = theria.einsum "n->" %ones : (tensor<797xf64>) -> tensor<f64>
  %total = tensor.extract %sum[] : tensor<f64>
  %count = arith.constant 797.0 : f64
  %accuracy = arith.divf %total, %count : f64
  %loss = func.call @loss(%scale, %keys, %key_labels, %queries, %labels)
    : (f64, !keys, !key_labels, !queries, !query_labels) -> f64
  return %accuracy, %loss : f64, f64
}

// Newton's method on the scale until a step changes it by less than one part in 10¹², 50 steps at most. Returns the
// scale, the loss and the slope at the start and after each step.
func.func @newton(%start: f64, %keys: !keys, %key_labels: !key_labels, %queries: !queries, %labels: !query_labels)
    -> (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %most = arith.constant 51 : index
  %one = arith.constant 1.0 : f64
  %precision = arith.constant 1.0e-12 : f64
  %true = arith.constant true
  %room = tensor.empty() : tensor<51xf64>
  %end:6 = scf.while (%n = %c0, %scale = %start, %more = %true, %scales = %room, %losses = %room, %slopes = %room)
      : (index, f64, i1, tensor<51xf64>, tensor<51xf64>, tensor<51xf64>)
      -> (index, f64, i1, tensor<51xf64>, tensor<51xf64>, tensor<51xf64>) {
    %fits = arith.cmpi ult, %n, %most : index
    %continue = arith.andi %more, %fits : i1
    scf.condition(%continue) %n, %scale, %more, %scales, %losses, %slopes
      : index, f64, i1, tensor<51xf64>, tensor<51xf64>, tensor<51xf64>
  } do {
  ^bb0(%n: index, %scale: f64, %more: i1, %scales: tensor<51xf64>, %losses: tensor<51xf64>, %slopes: tensor<51xf64>):
    %loss, %slope = theria.vjp @loss(%scale, %keys, %key_labels, %queries, %labels) cotangents(%one) wrt = [0]
      : (f64, !keys, !key_labels, !queries, !query_labels) -> (f64, f64)
    %curvature = theria.hvp @loss(%scale, %keys, %key_labels, %queries, %labels) cotangents(%one) tangents(%one) wrt = [0]
      : (f64, !keys, !key_labels, !queries, !query_labels) -> f64
    %scales1 = tensor.insert %scale into %scales[%n] : tensor<51xf64>
    %losses1 = tensor.insert %loss into %losses[%n] : tensor<51xf64>
    %slopes1 = tensor.insert %slope into %slopes[%n] : tensor<51xf64>
    %step = arith.divf %slope, %curvature : f64
    %scale1 = arith.subf %scale, %step : f64
    %size = math.absf %step : f64
    %enough = arith.mulf %precision, %scale : f64
    %more1 = arith.cmpf ogt, %size, %enough : f64
    %n1 = arith.addi %n, %c1 : index
    scf.yield %n1, %scale1, %more1, %scales1, %losses1, %slopes1
      : index, f64, i1, tensor<51xf64>, tensor<51xf64>, tensor<51xf64>
  }
  %scales = tensor.extract_slice %end#3[0] [%end#0] [1] : tensor<51xf64> to tensor<?xf64>
  %losses = tensor.extract_slice %end#4[0] [%end#0] [1] : tensor<51xf64> to tensor<?xf64>
  %slopes = tensor.extract_slice %end#5[0] [%end#0] [1] : tensor<51xf64> to tensor<?xf64>
  return %scales, %losses, %slopes : tensor<?xf64>, tensor<?xf64>, tensor<?xf64>
}
