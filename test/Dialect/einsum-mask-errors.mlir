// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @element_types(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected one element type, but found 'tensor<2xf32>' beside a result of 'f64'; extend or truncate the operand first}}
  %y = theria.einsum "i->" %x : (tensor<2xf32>) -> tensor<f64>
  return
}

// -----

func.func @sum_of_integers(%x: tensor<2xi32>) {
  // expected-error@+1 {{expected floats in a contraction, but found elements of 'i32'; integers are only broadcast and transposed}}
  %y = theria.einsum "i->" %x : (tensor<2xi32>) -> tensor<i32>
  return
}

// -----

func.func @product_of_integers(%x: tensor<2xi1>) {
  // expected-error@+1 {{expected floats in a contraction, but found elements of 'i1'}}
  %y = theria.einsum "i,j->ij" %x, %x : (tensor<2xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  return
}

// -----

func.func @masked_integers(%x: tensor<2xindex>, %m: tensor<2xi1>) {
  // expected-error@+1 {{expected floats in a contraction, but found elements of 'index'}}
  %y = theria.einsum "i->i" %x where "i" %m : (tensor<2xindex>, tensor<2xi1>) -> tensor<2xindex>
  return
}

// -----

func.func @unknown_mask_label(%x: tensor<2xf32>, %m: tensor<2x3xi1>) {
  // expected-error@+1 {{expected the mask's labels among those of the equation, but found 'k' in neither operands nor result; broadcast or reduce the mask first}}
  %y = theria.einsum "i->i" %x where "ik" %m : (tensor<2xf32>, tensor<2x3xi1>) -> tensor<2xf32>
  return
}

// -----

func.func @mask_without_labels(%x: tensor<2xf32>, %m: tensor<2xi1>) {
  // expected-error@+1 {{expected a mask and its labels together, but found a mask alone; write where "ij" %mask}}
  %y = "theria.einsum"(%x, %m) <{equation = "i->i", operandSegmentSizes = array<i32: 1, 1, 0>}>
     : (tensor<2xf32>, tensor<2xi1>) -> tensor<2xf32>
  return
}

// -----

func.func @labels_without_mask(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected a mask and its labels together, but found labels alone}}
  %y = theria.einsum "i->i" %x where "i" : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @mask_of_floats(%x: tensor<2xf32>) {
  // expected-error@+1 {{operand #1 must be ranked tensor of 1-bit signless integer values, but got 'tensor<2xf32>'}}
  %y = theria.einsum "i->i" %x where "i" %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @unranked(%x: tensor<*xf32>) {
  // expected-error@+1 {{operand #0 must be variadic of ranked tensor of floating-point or signless integer or index values, but got 'tensor<*xf32>'}}
  %y = theria.einsum "i->i" %x : (tensor<*xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @unmarked(%p: tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>) {
  // expected-error@+1 {{expected the result to carry #theria.pair<rows = 1, cols = 0>, as operand 0 pairs the labels 'i' and 'j', but found 'tensor<7x5xf32>'; mark its type, or cast with theria.pair_cast}}
  %r = theria.einsum "ij->ji" %p : (tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>) -> tensor<7x5xf32>
  return
}

// -----

func.func @foreign_encoding(%x: tensor<2xf32, "sparse">) {
  // expected-error@+1 {{expected an encoding #theria.pair or none, but found 'tensor<2xf32, "sparse">'; other encodings have no meaning here}}
  %y = theria.einsum "i->" %x : (tensor<2xf32, "sparse">) -> tensor<f32>
  return
}

// -----

func.func @several_results(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected one result type, but found 2; write (operand types) -> type}}
  %y = theria.einsum "i->" %x : (tensor<2xf32>) -> (tensor<f32>, tensor<f32>)
  return
}
