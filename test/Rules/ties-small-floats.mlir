// More ties than a small float counts: the derivative is still the mean.
// RUN: theria-run %s --function=f16 --derive=jvp --input=70000xf16=ones --fill=ones | FileCheck %s --check-prefix=F16
// F16: tangent of result 0: tensor<f16>, value{{s?}} 1{{$}}
// RUN: theria-run %s --function=bf16 --derive=jvp --input=1001xbf16=ones --fill=ones | FileCheck %s --check-prefix=BF16
// BF16: tangent of result 0: tensor<bf16>, value{{s?}} 1{{$}}
// RUN: theria-run %s --function=bf16 --derive=vjp --input=1001xbf16=ones --fill=ones | FileCheck %s --check-prefix=VJP
// VJP: cotangent of %x: tensor<1001xbf16>, first values 0.00099{{[0-9]*}}, 0.00099

func.func @f16(%x: tensor<70000xf16>) -> tensor<f16> {
  %y = theria.reduce_max %x dim = 0 : (tensor<70000xf16>) -> tensor<f16>
  return %y : tensor<f16>
}
func.func @bf16(%x: tensor<1001xbf16>) -> tensor<bf16> {
  %y = theria.reduce_max %x dim = 0 : (tensor<1001xbf16>) -> tensor<bf16>
  return %y : tensor<bf16>
}
