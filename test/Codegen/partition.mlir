// A module as modules that can be compiled at a time, and these as one module again.
// RUN: theria-opt %s --theria-partition=operations=6 | FileCheck %s --check-prefix=PARTS
// RUN: theria-opt %s --theria-partition=operations=6 --theria-merge-parts | FileCheck %s --check-prefix=ONE \
// RUN:   --implicit-check-not="module {"

// PARTS: module {
// PARTS-NEXT: module {
// PARTS-NEXT: func.func private @long(f32) -> f32{{$}}
// PARTS-NEXT: memref.global "private" constant @table
// PARTS-NEXT: func.func private @outside(){{$}}
// PARTS-NEXT: func.func @caller() -> f32 attributes {llvm.emit_c_interface}
// PARTS: module {
// PARTS-NEXT: memref.global "private" constant @table
// PARTS-NEXT: func.func private @caller() -> f32{{$}}
// PARTS-NEXT: func.func @long(

// ONE: module {
// ONE-DAG: memref.global "private" constant @table :
// ONE-DAG: memref.global "private" constant @table_0 :
// ONE-DAG: memref.get_global @table_0
// ONE-DAG: func.func private @outside(){{$}}
// ONE-DAG: func.func @long(
// ONE-DAG: func.func @caller() -> f32 attributes {llvm.emit_c_interface}
memref.global "private" constant @table : memref<2xf32> = dense<[1.0, 2.0]>
func.func private @outside()
func.func @caller() -> f32 attributes {llvm.emit_c_interface} {
  call @outside() : () -> ()
  %table = memref.get_global @table : memref<2xf32>
  %zero = arith.constant 0 : index
  %x = memref.load %table[%zero] : memref<2xf32>
  %y = call @long(%x) : (f32) -> f32
  return %y : f32
}
func.func private @long(%x: f32) -> f32 {
  %f = func.constant @caller : () -> f32
  %table = memref.get_global @table : memref<2xf32>
  %one = arith.constant 1 : index
  %y = memref.load %table[%one] : memref<2xf32>
  return %y : f32
}
