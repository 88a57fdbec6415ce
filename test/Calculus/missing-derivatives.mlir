// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// An operation without a rule, reached through a call: the chain of requests follows as notes.

func.func private @inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{expected a differentiation rule for 'tensor.generate', but it has none}}
  %y = tensor.generate {
  ^bb0(%i: index):
    %a = tensor.extract %x[%i] : tensor<4xf32>
    tensor.yield %a : f32
  } : tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func private @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{in the call of '@inner'}}
  %y = func.call @inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @gradient(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{vjp of '@outer' asked for here}}
  %y, %gx = theria.vjp @outer(%x) cotangents(%g) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %gx : tensor<4xf32>
}

// -----

func.func private @opaque(tensor<4xf32>) -> tensor<4xf32>

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{expected the jvp of '@opaque', but it is missing: the function has no body and declares no rule theria.jvp; define its body, or declare a rule}}
  %y = func.call @opaque(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @tangent(%x: tensor<4xf32>, %t: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{jvp of '@f' asked for here}}
  %y, %ty = theria.jvp @f(%x) tangents(%t) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %ty : tensor<4xf32>
}

// -----

func.func private @kernel(tensor<4xf32>) -> tensor<4xf32> attributes {theria.vjp = @kernel_vjp}
func.func private @kernel_vjp(tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{expected the jvp of '@kernel', but it is missing: the function declares only the rule theria.vjp}}
  %y = func.call @kernel(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @tangent(%x: tensor<4xf32>, %t: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{jvp of '@f' asked for here}}
  %y, %ty = theria.jvp @f(%x) tangents(%t) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %ty : tensor<4xf32>
}

// -----

func.func private @kernel(tensor<4xf32>) -> tensor<4xf32> attributes {theria.vjp = @kernel_vjp}
func.func private @kernel_vjp(tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{expected the jvp of '@kernel_vjp', but it is missing}}
  %y = func.call @kernel(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @product(%x: tensor<4xf32>, %g: tensor<4xf32>, %t: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{hvp of '@f' asked for here}}
  %h = theria.hvp @f(%x) cotangents(%g) tangents(%t) : (tensor<4xf32>) -> tensor<4xf32>
  return %h : tensor<4xf32>
}

// -----

func.func private @kernel(tensor<4xf32>) -> tensor<4xf32> attributes {theria.jvp = @kernel_jvp}
func.func private @kernel_jvp(tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{expected the vjp of a call that has only a JVP rule, but '@kernel_jvp' has no body to transpose}}
  %y = func.call @kernel(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @gradient(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{vjp of '@f' asked for here}}
  %y, %gx = theria.vjp @f(%x) cotangents(%g) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %gx : tensor<4xf32>
}
