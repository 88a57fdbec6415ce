// RUN: theria-opt %s | theria-opt | FileCheck %s

// A rule's signature is that of the derivative it replaces; what is no float has neither tangent nor cotangent.
// CHECK: func.func private @opaque(tensor<?xf32>, i32) -> (f64, i1) attributes {theria.jvp = @opaque_jvp, theria.vjp = @opaque_vjp}
func.func private @opaque(tensor<?xf32>, i32) -> (f64, i1) attributes {theria.jvp = @opaque_jvp, theria.vjp = @opaque_vjp}
func.func private @opaque_jvp(tensor<?xf32>, i32, tensor<?xf32>) -> (f64, i1, f64)
func.func private @opaque_vjp(tensor<?xf32>, i32, f64) -> (f64, i1, tensor<?xf32>)

// Nothing to differentiate: the rule has the function's own type.
// CHECK: func.func private @integers(i32) -> i32 attributes {theria.vjp = @integers_rule}
func.func private @integers(i32) -> i32 attributes {theria.vjp = @integers_rule}
func.func private @integers_rule(i32) -> i32
