// Every element type, byte order, memory order and version of .npy comes in, and goes out in C order. An integer has no sign:
// unsigned files come in bit by bit, and go out as signed ones.
// RUN: python3 %S/Inputs/formats.py theria-run %s %t

!f16 = tensor<2x3xf16>
!f32 = tensor<2x3xf32>
!f64 = tensor<2x3xf64>
!i8 = tensor<2x3xi8>
!i16 = tensor<2x3xi16>
!i32 = tensor<2x3xi32>
!i64 = tensor<2x3xi64>
!index = tensor<2x3xindex>
!i1 = tensor<2x3xi1>

func.func @identity(%f2: !f16, %f4: !f32, %f8: !f64, %i1: !i8, %i2: !i16, %i4: !i32, %i8: !i64, %index: !index,
    %u1: !i8, %u2: !i16, %u4: !i32, %u8: !i64, %b1: !i1)
    -> (!f16, !f32, !f64, !i8, !i16, !i32, !i64, !index, !i8, !i16, !i32, !i64, !i1) {
  return %f2, %f4, %f8, %i1, %i2, %i4, %i8, %index, %u1, %u2, %u4, %u8, %b1
      : !f16, !f32, !f64, !i8, !i16, !i32, !i64, !index, !i8, !i16, !i32, !i64, !i1
}
