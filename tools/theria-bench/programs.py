"""The programs that are timed: attention and its derivatives, written in MLIR for a shape and a clause.

A shape is (B, H, N, D) in f32, with as many keys as queries. What is counted for a program are its useful products: the
tile products that it takes where no score is computed twice. One product is 2·B·H·pairs·D flop.
"""

import dataclasses
import math
import re

ROUNDOFF = 2.0**-24  # f32
# Errors of a sum of n rounded terms stay below λ·√n·u, with a probability beyond 1 − 2·exp(−λ²/2) (N. J. Higham and
# T. Mary, A New Approach to Probabilistic Rounding Error Analysis, SIAM J. Sci. Comput. 41(5), 2019).
CONFIDENCE = 5.0


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    title: str
    products: int
    # Names of the inputs: q, k, v, the cotangent g, the tangents tq, tk, tv.
    arguments: tuple
    results: int
    # Sums that wait for each other; each adds its rounding errors.
    chained: int


PROGRAMS = {
    program.name: program
    for program in (
        Program("forward", "forward", 2, ("q", "k", "v"), 1, 2),
        Program("jvp", "JVP + primal", 6, ("q", "k", "v", "tq", "tk", "tv"), 2, 3),
        Program("vjp", "forward + VJP", 6, ("q", "k", "v", "g"), 4, 4),
        Program("hvp", "gradient + HVP", 13, ("q", "k", "v", "g", "tq", "tk", "tv"), 6, 6),
    )
}
INPUTS = ("q", "k", "v", "g", "tq", "tk", "tv")

MODULE = """\
!x = tensor<{shape}x{element}>
!r = tensor<{rows}xf32>

func.func @forward(%q: !x, %k: !x, %v: !x) -> !x {{
  %out, %lse = theria.sdpa %q, %k, %v{clause} : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}}

func.func @jvp(%q: !x, %k: !x, %v: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x) {{
  %r:2 = theria.jvp @forward(%q, %k, %v) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x)
  return %r#0, %r#1 : !x, !x
}}

func.func @vjp(%q: !x, %k: !x, %v: !x, %g: !x) -> (!x, !x, !x, !x) {{
  %r:4 = theria.vjp @forward(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  return %r#0, %r#1, %r#2, %r#3 : !x, !x, !x, !x
}}

func.func @hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x, !x, !x, !x) {{
  %r:4 = theria.vjp @forward(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  %h:3 = theria.hvp @forward(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x, !x)
  return %r#1, %r#2, %r#3, %h#0, %h#1, %h#2 : !x, !x, !x, !x, !x, !x
}}

// What the inputs are made with: theria-run fills them and writes them to files.
func.func @inputs({arguments}) -> ({types}) {{
  return {values} : {types}
}}
"""


def module(shape, clause="", element="f32"):
    """The four programs on a shape, as MLIR."""
    return MODULE.format(
        shape="x".join(map(str, shape)),
        element=element,
        rows="x".join(map(str, shape[:3])),
        clause=" " + clause if clause else "",
        arguments=", ".join(f"%{name}: !x" for name in INPUTS),
        values=", ".join(f"%{name}" for name in INPUTS),
        types=", ".join(["!x"] * len(INPUTS)),
    )


def live_pairs(size, clause=""):
    """Pairs of a query and a key that a clause leaves, of size queries and as many keys."""
    if not clause:
        return size * size
    if clause == "causal":
        return size * (size + 1) // 2
    left, right = map(int, re.fullmatch(r"window\((\d+), (\d+)\)", clause).groups())
    return sum(min(size - 1, row + right) - max(0, row - left) + 1 for row in range(size))


def useful_flop(program, shape, clause=""):
    batch, heads, size, depth = shape
    return PROGRAMS[program].products * 2 * batch * heads * live_pairs(size, clause) * depth


def result_bytes(program, shape):
    return PROGRAMS[program].results * math.prod(shape) * 4


def tolerance(program, terms):
    """How far two results may be apart, over the largest element, where the longest sum has that many terms.

    Both have rounding errors.
    """
    return 2 * CONFIDENCE * PROGRAMS[program].chained * math.sqrt(terms) * ROUNDOFF


def tolerances(program, shape):
    return [tolerance(program, max(shape[2:]))] * PROGRAMS[program].results
