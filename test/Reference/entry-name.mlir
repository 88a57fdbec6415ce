// RUN: not theria-opt %s --theria-make-entry=function=f 2>&1 | FileCheck %s
func.func @f() {
  return
}
// CHECK: entry-name.mlir:[[#@LINE+1]]:1: error: expected no symbol named @__theria_entry, but found this; give it another name
func.func @__theria_entry() {
  return
}
