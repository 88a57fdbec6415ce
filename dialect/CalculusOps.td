//===- CalculusOps.td - derivatives of functions -----------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_CALCULUS_OPS_TD
#define THERIA_CALCULUS_OPS_TD

include "dialect/TheriaBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def CalculusDocs : OpDocGroup {
  let summary = "Derivatives of functions";
  let description = [{
    Each names a function and gives its derivative at some arguments; the compiler expands it, innermost first. Every
    list stands in argument (result) order. They may be used in a function that is differentiated again.
  }];
}

def VerifiesSymbols : DeclareOpInterfaceMethods<SymbolUserOpInterface>;

let opDocGroup = CalculusDocs in {

class Theria_CalculusOp<string mnemonic, dag derivative>
    : Theria_Op<mnemonic, Calculus, [NoMemoryEffect, AttrSizedOperandSegments, VerifiesSymbols]> {
  let arguments = !con((ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$primals), derivative,
                       (ins OptionalAttr<DenseI64ArrayAttr>:$wrt));
  let results = (outs Variadic<AnyType>:$outputs);
  let hasCustomAssemblyFormat = 1;
}

def JvpOp : Theria_CalculusOp<"jvp", (ins Variadic<AnyType>:$tangents)> {
  let summary = "a function's results and their tangents";
  let description = [{
    ```
    operation ::= `theria.jvp` $callee `(` $primals `)` `tangents` `(` $tangents `)` (`wrt` `=` $wrt^)? attr-dict `:`
                  functional-type($primals, results)
    ```

    `jvp f : (X, Ẋ) → (Y, Ẏ)`. `tangents` lists one for each argument in `wrt`, by default for each floating-point
    argument, of its type. The results are those of `f`, then the tangent of each floating-point result.

    ```mlir
    %y, %ty = theria.jvp @f(%x, %n) tangents(%tx) : (tensor<4xf32>, i32) -> (tensor<4xf32>, tensor<4xf32>)
    ```
  }];
}

def VjpOp : Theria_CalculusOp<"vjp", (ins Variadic<AnyType>:$cotangents)> {
  let summary = "a function's results and the cotangents of its arguments";
  let description = [{
    ```
    operation ::= `theria.vjp` $callee `(` $primals `)` `cotangents` `(` $cotangents `)` (`wrt` `=` $wrt^)? attr-dict `:`
                  functional-type($primals, results)
    ```

    `vjp f : (X, Ȳ) → (Y, X̄)`. `cotangents` lists one for each floating-point result of `f`, of its type. The results
    are those of `f`, then the cotangent of each argument in `wrt`, by default of each floating-point argument.

    ```mlir
    %y, %gx = theria.vjp @f(%x) cotangents(%gy) wrt = [0] : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    ```
  }];
}

def HvpOp : Theria_CalculusOp<"hvp", (ins Variadic<AnyType>:$cotangents, Variadic<AnyType>:$tangents)> {
  let summary = "a function's Hessian-vector product";
  let description = [{
    ```
    operation ::= `theria.hvp` $callee `(` $primals `)` `cotangents` `(` $cotangents (`:` type($cotangents)^)? `)`
                  `tangents` `(` $tangents `)` (`wrt` `=` $wrt^)? attr-dict `:` functional-type($primals, results)
    ```

    `hvp f : (X, Ȳ, Ẋ) → X̄̇`, the tangent of X̄ in `jvp (vjp f)` with Ȳ held constant. `cotangents` as for `theria.vjp`,
    `tangents` as for `theria.jvp`. The types of the cotangents may be written, `cotangents(%g : f32)`;
    left out, each has the type of the first argument.

    ```mlir
    %h = theria.hvp @loss(%x) cotangents(%one : f32) tangents(%tx) : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
}

def TangentCallOp : Theria_Op<"tangent_call", Linear,
                              [NoMemoryEffect, AttrSizedOperandSegments, VerifiesSymbols]> {
  let summary = "the tangent of a call whose function has only a VJP rule";
  let description = [{
    Made while a call is linearised; its transpose calls the rule `vjp`. Where one is left after that, a JVP was asked
    for that does not exist, which is an error there. It is not for programs to write: before derivatives are expanded,
    it is an error, and `theria.jvp` is what asks for a tangent. One tangent for each floating-point argument in
    `tangents`, one for each floating-point result.

    ```mlir
    %ty = theria.tangent_call @f vjp @f_vjp(%x) tangents(%tx) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, FlatSymbolRefAttr:$rule, Variadic<AnyType>:$primals,
                       Variadic<AnyType>:$tangents);
  let results = (outs Variadic<AnyType>:$outputs);
  let assemblyFormat = [{
    $callee `vjp` $rule `(` $primals `)` `tangents` `(` $tangents `)` attr-dict `:` functional-type(operands, results)
  }];
}

} // opDocGroup

#endif // THERIA_CALCULUS_OPS_TD
