// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @no_arrow(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected an equation as "ij,jk->ik", but found "ij"; write the result's labels after '->'}}
  %y = theria.einsum "ij" %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @two_arrows(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected letters as labels, but found '-' in "ij->i->j"}}
  %y = theria.einsum "ij->i->j" %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @not_a_letter(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected letters as labels, but found ' ' in "i j->ij"; write one letter for each dimension}}
  %y = theria.einsum "i j->ij" %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @too_few_groups(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected labels for 2 operands (one or more), but found 1 groups in "ij->i"; separate the operands' labels by commas}}
  %y = theria.einsum "ij->i" %x, %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @no_operands() {
  // expected-error@+1 {{expected labels for 0 operands (one or more), but found 1 groups in "->"}}
  %y = "theria.einsum"() <{equation = "->", operandSegmentSizes = array<i32: 0, 0, 0>}> : () -> tensor<f32>
  return
}

// -----

func.func @repeated_label(%x: tensor<3x3xf32>) {
  // expected-error@+1 {{expected each label once in operand 0, but found 'i' twice; extract the diagonal with another operation}}
  %y = theria.einsum "ii->i" %x : (tensor<3x3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @repeated_in_result(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected each label once in the result, but found 'i' twice}}
  %y = theria.einsum "i->ii" %x : (tensor<3xf32>) -> tensor<3x3xf32>
  return
}

// -----

func.func @wrong_rank(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected operand 0 of rank 2 for the labels 'ij', but found 'tensor<3xf32>'; give one label for each dimension}}
  %y = theria.einsum "ij->i" %x : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @wrong_size(%x: tensor<2x3xf32>, %y: tensor<4x5xf32>) {
  // expected-error@+1 {{expected one size for label 'j', but found 3 in operand 0 and 4 in operand 1; make the dimensions agree or use another label}}
  %z = theria.einsum "ij,jk->ik" %x, %y : (tensor<2x3xf32>, tensor<4x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @wrong_result_size(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected one size for label 'i', but found 2 in operand 0 and 3 in the result}}
  %z = theria.einsum "ij->i" %x : (tensor<2x3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @missing_size(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected 1 sizes, one for each dynamic dimension of the result whose label is in no operand, but found 0; list them in sizes(…)}}
  %z = theria.einsum "i->ij" %x : (tensor<2xf32>) -> tensor<2x?xf32>
  return
}

// -----

func.func @needless_size(%x: tensor<2xf32>, %n: index) {
  // expected-error@+1 {{expected 0 sizes, one for each dynamic dimension}}
  %z = theria.einsum "i->ij" %x sizes(%n) : (tensor<2xf32>) -> tensor<2x3xf32>
  return
}
