// The symmetric contrastive loss of image and text embeddings (CLIP): every image should find its own text among all
// texts, every text its own image among all images. One score tensor is normalised along its rows and along its columns;
// neither it nor any derivative of it is ever in memory.
//
//   theria-run docs/examples/contrastive.mlir --fill=normal:1
//   theria-run docs/examples/contrastive.mlir --derive=vjp,jvp --fill=normal:1

!x = tensor<10x4xf64>
!row = tensor<10xf64>
!pair = tensor<10x10xf64, #theria.pair<rows = 0, cols = 1>>

// Each row divided by its length.
func.func private @unit(%x: !x) -> !x {
  %squares = theria.einsum "nd,nd->n" %x, %x : (!x, !x) -> !row
  %inverse = math.rsqrt %squares : !row
  %unit = theria.einsum "nd,n->nd" %x, %inverse : (!x, !row) -> !x
  return %unit : !x
}

// Mean cross-entropy in both directions; `log_scale` is the logarithm of the learned factor of the scores.
func.func @loss(%images: !x, %texts: !x, %log_scale: f64) -> f64 {
  %a = func.call @unit(%images) : (!x) -> !x
  %b = func.call @unit(%texts) : (!x) -> !x
  %exp = math.exp %log_scale : f64
  %scale = tensor.from_elements %exp : tensor<f64>
  %scores = theria.einsum "id,jd,->ij" %a, %b, %scale : (!x, !x, tensor<f64>) -> !pair
  %to_texts = theria.logsumexp %scores dim = 1 : (!pair) -> !row
  %to_images = theria.logsumexp %scores dim = 0 : (!pair) -> !row
  %own = theria.einsum "nd,nd,->n" %a, %b, %scale : (!x, !x, tensor<f64>) -> !row

  // ½ Σ (to_texts + to_images) − Σ own, divided by the number of pairs
  %half = arith.constant dense<0.5> : tensor<f64>
  %both = arith.addf %to_texts, %to_images : !row
  %normaliser = theria.einsum "n,->" %both, %half : (!row, tensor<f64>) -> tensor<f64>
  %match = theria.einsum "n->" %own : (!row) -> tensor<f64>
  %sum = arith.subf %normaliser, %match : tensor<f64>
  %total = tensor.extract %sum[] : tensor<f64>
  %count = arith.constant 10.0 : f64
  %mean = arith.divf %total, %count : f64
  return %mean : f64
}
