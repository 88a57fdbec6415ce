"""Attention with every clause at once, forward and gradient + HVP: what compile times are compared on.

peers/jax_clauses.py says the same in JAX.
"""

import array
import pathlib

import programs

SHAPE = (2, 4, 256, 64)
SOFTCAP = 8.0
WINDOW = 96
# Distances are short, or the slopes would decide everything.
UNIT = 1 / 64
PERIOD = 7
DEAD = 3
# Name, type, and how it is filled; those of floating point are differentiated in.
ARGUMENTS = (
    ("q", "!x", None),
    ("k", "!x", None),
    ("v", "!x", None),
    ("scale", "f32", 0.125),
    ("bias", "!b", None),
    ("mask", "!m", None),
    ("rows", "!n", (250, 256)),
    ("keys", "!n", (256, 200)),
    ("slopes", "!h", None),
    ("tau", "f32", 0.25),
)
FLOATS = tuple(index for index, (name, _, _) in enumerate(ARGUMENTS) if name not in ("mask", "rows", "keys"))
RESULTS = {"forward": 1, "hvp": 2 * len(FLOATS)}

MODULE = """\
!x = tensor<{B}x{H}x{N}x{D}xf32>
!r = tensor<{B}x{H}x{N}xf32>
!b = tensor<1x{H}x{N}x{N}xf32>
!m = tensor<{B}x1x{N}x{N}xi1>
!w = tensor<{B}x1x{N}x{N}xf32>
!n = tensor<{B}xi32>
!h = tensor<{H}xf32>

func.func @forward({arguments}) -> !x {{
  %out, %lse = theria.sdpa %q, %k, %v scale(%scale) causal window({window}, 0) softcap({softcap}) bias(%bias)
    mask(%mask) lengths(%rows, %keys)
    score(%slopes, %tau) {{
    ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
      %slope = tensor.extract %slopes[%h] : !h
      %signed = arith.subi %j, %i : index
      %integer = arith.index_cast %signed : index to i32
      %whole = arith.sitofp %integer : i32 to f32
      %unit = arith.constant {unit} : f32
      %distance = arith.mulf %whole, %unit : f32
      %shift = arith.mulf %slope, %distance : f32
      %cold = arith.negf %tau : f32
      %factor = math.exp %cold : f32
      %scaled = arith.mulf %s, %factor : f32
      %t = arith.addf %scaled, %shift : f32
      theria.yield %t : f32
    }}
    where {{
    ^bb0(%b: index, %h: index, %i: index, %j: index):
      %sum = arith.addi %i, %j : index
      %period = arith.constant {period} : index
      %rest = arith.remui %sum, %period : index
      %dead = arith.constant {dead} : index
      %live = arith.cmpi ne, %rest, %dead : index
      theria.yield %live : i1
    }}
    : ({types}) -> (!x, !r)
  return %out : !x
}}

func.func @hvp({arguments}, %g: !x, {tangents}) -> ({floats}, {floats}) {{
  %r:{count} = theria.vjp @forward({values}) cotangents(%g) wrt = {wrt} : ({plain}) -> (!x, {floats})
  %h:{few} = theria.hvp @forward({values}) cotangents(%g) tangents({names}) wrt = {wrt} : ({plain}) -> ({floats})
  return {returned} : {floats}, {floats}
}}

// One pair in six is masked.
func.func @inputs(%q: !x, %k: !x, %v: !x, %bias: !b, %noise: !w, %slopes: !h, %g: !x) -> (!x, !x, !x, !b, !m, !h, !x) {{
  %least = arith.constant dense<-1.0> : !w
  %mask = arith.cmpf ogt, %noise, %least : !w
  return %q, %k, %v, %bias, %mask, %slopes, %g : !x, !x, !x, !b, !m, !h, !x
}}
"""
# Results of @inputs, in order.
FILLED = ("q", "k", "v", "bias", "mask", "slopes", "g")


def module():
    batch, heads, size, depth = SHAPE
    floats = [ARGUMENTS[index] for index in FLOATS]
    plain = ", ".join(kind for _, kind, _ in ARGUMENTS)
    # The operands of the operation: q, k, v, scale, bias, mask, lengths, then what the score region captures.
    return MODULE.format(
        B=batch,
        H=heads,
        N=size,
        D=depth,
        window=WINDOW,
        softcap=SOFTCAP,
        unit=UNIT,
        period=PERIOD,
        dead=DEAD,
        arguments=", ".join(f"%{name}: {kind}" for name, kind, _ in ARGUMENTS),
        tangents=", ".join(f"%t{name}: {kind}" for name, kind, _ in floats),
        names=", ".join(f"%t{name}" for name, _, _ in floats),
        values=", ".join(f"%{name}" for name, _, _ in ARGUMENTS),
        types=plain,
        plain=plain,
        floats=", ".join(kind for _, kind, _ in floats),
        wrt=list(FLOATS),
        few=len(floats),
        count=len(floats) + 1,
        returned=", ".join([f"%r#{i + 1}" for i in range(len(floats))] + [f"%h#{i}" for i in range(len(floats))]),
    )


def tolerances(program):
    """Of each result: sums over rows or columns, and over all pairs for what all pairs share."""
    batch, heads, size, _ = SHAPE
    kinds = ["!x"] if program == "forward" else 2 * [ARGUMENTS[index][1] for index in FLOATS]
    pairs = batch * heads * size * size
    return [programs.tolerance(program, size if kind in ("!x", "!b") else pairs) for kind in kinds]


def write_small(folder):
    """The inputs that no random fill gives: scalars and lengths, as .npy files."""
    for name, _, fill in ARGUMENTS:
        path = pathlib.Path(folder, f"{name}.npy")
        if isinstance(fill, float):
            write_npy(path, array.array("f", [fill]), "<f4", "()")
        elif fill is not None:
            write_npy(path, array.array("i", fill), "<i4", f"({len(fill)},)")


def write_npy(path, values, kind, shape):
    """A .npy file of version 1: its header is padded to a multiple of 64 bytes."""
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + values.tobytes())


def inputs(program):
    """Names of the files that a program reads, in order. A tangent is the input itself, for want of anything better."""
    names = [name for name, _, _ in ARGUMENTS]
    return names if program == "forward" else names + ["g"] + [names[index] for index in FLOATS]
