//===- TheriaBase.td - dialect, pairs, rule kinds ----------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_BASE_TD
#define THERIA_BASE_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/TensorEncoding.td"
include "mlir/IR/OpBase.td"
include "dialect/DifferentiableOpInterface.td"

def Theria_Dialect : Dialect {
  let name = "theria";
  let cppNamespace = "::theria";
  let summary = "Attention, and any program over query×key pairs, closed under differentiation";
  let description = [{
    The dialect adds to `func`, `arith`, `math`, `tensor` and `scf` what a program over pairs of query rows and key
    columns needs: contractions and reductions that carry their mask, index coordinates, table look-up, the operator
    `theria.sdpa` with its clauses, and derivatives of functions.

    A function may declare its own derivatives: `theria.jvp = @rule` with the signature of `jvp f`,
    (X, Ẋ) → (Y, Ẏ), and `theria.vjp = @rule` with that of `vjp f`, (X, Ȳ) → (Y, X̄). A rule replaces what the
    compiler would derive from the body; a function without a body needs one wherever it is differentiated.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect", "::mlir::math::MathDialect",
                           "::mlir::tensor::TensorDialect"];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let hasConstantMaterializer = 1;
  let hasCanonicalizer = 1;
}

def Theria_PairAttr : AttrDef<Theria_Dialect, "Pair",
    [DeclareAttrInterfaceMethods<VerifiableTensorEncoding, ["verifyEncoding"]>]> {
  let mnemonic = "pair";
  let summary = "marks a tensor indexed by both a query row and a key column";
  let description = [{
    The tensor is virtual: the streaming path never holds it in memory, the reference path materialises it. `rows` and
    `cols` are the positions of the query and of the key dimension. Tangents and cotangents have the type of their
    primal, so the mark follows every derivative.
  }];
  let parameters = (ins AttrParameter<"unsigned", "position of the query dimension">:$rows,
                       AttrParameter<"unsigned", "position of the key dimension">:$cols);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

// What the tensors of the language hold.
def ElementTensor : RankedTensorOf<[AnyFloat, AnySignlessInteger, Index]>;
def FloatTensor : RankedTensorOf<[AnyFloat]>;
def MaskTensor : RankedTensorOf<[I1]>;
def CoordinateTensor : RankedTensorOf<[AnySignlessInteger, Index]>;

// How an operation is differentiated. Every operation of the dialect names its kind: it gets the parts of
// DifferentiableOpInterface which the kind decides from `trait`, and owes definitions of `owed`.
class RuleTrait<string name> : NativeOpTrait<name # "Rule"> {
  let cppNamespace = "::theria";
}
class RuleKind<string name, code owed = ""> {
  Trait trait = RuleTrait<name>;
  code declarations = owed;
}
defvar owesLinearise = [{
  ::llvm::LogicalResult linearise(::mlir::OpBuilder &builder, ::theria::Tangents &tangents);
}];
defvar owesTranspose = [{
  ::llvm::LogicalResult transpose(::mlir::OpBuilder &builder, ::theria::Cotangents &cotangents);
}];
def Multilinear : RuleKind<"Multilinear", !strconcat(owesLinearise, owesTranspose)>;
def Linear : RuleKind<"Linear", owesTranspose>;
def Custom : RuleKind<"Custom", owesLinearise>;
def Composite : RuleKind<"Composite", [{
  ::llvm::LogicalResult decompose(::mlir::RewriterBase &rewriter);
}]>;
def Inactive : RuleKind<"Inactive">;
def Calculus : RuleKind<"Calculus">;
// A composite operation's explicit derivative: decomposed into a calculus operation on a function.
def CompositeDerivative : RuleKind<"Calculus", Composite.declarations>;

class Theria_Op<string mnemonic, RuleKind kind, list<Trait> traits = []>
    : Op<Theria_Dialect, mnemonic, traits # [kind.trait, DifferentiableOpInterface]> {
  code moreDeclarations = "";
  let extraClassDeclaration = !strconcat(kind.declarations, moreDeclarations);
}

#endif // THERIA_BASE_TD
