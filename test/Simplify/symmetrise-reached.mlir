// RUN: theria-opt %s --theria-symmetrise --allow-unregistered-dialect | FileCheck %s
// Nothing is done where f reaches what has no body, has a rule of its own or is not known.

func.func private @body(%x: f64) -> f64
func.func private @rule(%x: f64, %t: f64) -> (f64, f64)
func.func private @ruled(%x: f64) -> f64 attributes {theria.jvp = @rule} {
  return %x : f64
}
func.func private @reversed(%x: f64) -> f64 attributes {theria.vjp = @rule} {
  return %x : f64
}
func.func private @symbol(%x: f64) -> f64 {
  %y = math.sin %x {see = @nothing} : f64
  return %y : f64
}
func.func private @region(%x: f64) -> f64 {
  "unknown.op"() ({ }) : () -> ()
  return %x : f64
}
func.func private @vjp_body(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @body(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1 : f64
}
func.func private @vjp_ruled(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @ruled(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1 : f64
}
func.func private @vjp_reversed(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @reversed(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1 : f64
}
func.func private @vjp_symbol(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @symbol(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1 : f64
}
func.func private @vjp_region(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @region(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1 : f64
}
// CHECK-LABEL: func.func @of_what_is_reached
func.func @of_what_is_reached(%x: f64, %g: f64, %w: f64) -> (f64, f64, f64, f64, f64) {
  // CHECK: theria.vjp @vjp_body(
  // CHECK: theria.vjp @vjp_ruled(
  // CHECK: theria.vjp @vjp_reversed(
  // CHECK: theria.vjp @vjp_symbol(
  // CHECK: theria.vjp @vjp_region(
  %r:3 = theria.vjp @vjp_body(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  %s:3 = theria.vjp @vjp_ruled(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  %v:3 = theria.vjp @vjp_reversed(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  %t:3 = theria.vjp @vjp_symbol(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  %u:3 = theria.vjp @vjp_region(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  return %r#1, %s#1, %v#1, %t#1, %u#1 : f64, f64, f64, f64, f64
}
