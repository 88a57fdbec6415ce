"""Score and where regions: each as a function for the independent
implementations (`xp` is jax.numpy or mpmath's context) and as IR."""

from dataclasses import dataclass, field
from typing import Callable

PAIR = "%b: index, %h: index, %i: index, %j: index"


@dataclass
class Region:
    function: Callable
    body: str  # {f}: the score's type
    captured: dict = field(default_factory=dict)  # name: (shape, type)


def captured(name, *shape):
    return {name: (shape, "{f}")}


GAP = """\
%gap = arith.subi %i, %j : index
%far = math.absi %gap : index
%int = arith.index_cast %far : index to i64
%distance = arith.sitofp %int : i64 to {f}
"""


def alibi(heads):
    return Region(
        lambda xp, s, b, h, i, j, x: s - x["slopes"][h] * abs(i - j),
        f"%slope = tensor.extract %slopes[%h] : tensor<{heads}x{{f}}>\n"
        + GAP
        + """\
%penalty = arith.mulf %slope, %distance : {f}
%t = arith.subf %s, %penalty : {f}
theria.yield %t : {f}
""",
        captured("slopes", heads),
    )


TEMPERATURE = Region(
    lambda xp, s, b, h, i, j, x: s * xp.exp(-x["tau"]),
    """\
%cold = arith.negf %tau : {f}
%factor = math.exp %cold : {f}
%t = arith.mulf %s, %factor : {f}
theria.yield %t : {f}
""",
    captured("tau"),
)


def relative_table(rows, keys):
    """A table looked up by j - i."""
    size = rows + keys - 1
    return Region(
        lambda xp, s, b, h, i, j, x: s + x["table"][j - i + rows - 1],
        f"""\
%gap = arith.subi %j, %i : index
%last = arith.constant {rows - 1} : index
%place = arith.addi %gap, %last : index
%entry = tensor.extract %table[%place] : tensor<{size}x{{f}}>
%t = arith.addf %s, %entry : {{f}}
theria.yield %t : {{f}}
""",
        captured("table", size),
    )


def causal_table(rows):
    """A table looked up by i - j: no entry where the causal mask is false."""
    return Region(
        lambda xp, s, b, h, i, j, x: s * x["table"][i - j],
        f"""\
%gap = arith.subi %i, %j : index
%entry = tensor.extract %table[%gap] : tensor<{rows}x{{f}}>
%t = arith.mulf %s, %entry : {{f}}
theria.yield %t : {{f}}
""",
        captured("table", rows),
    )


def log_distance(heads):
    """Singular, or not a number, at the pairs that a causal mask removes."""
    return Region(
        lambda xp, s, b, h, i, j, x: s - x["slopes"][h] * xp.log(i - j + 1),
        f"""\
%slope = tensor.extract %slopes[%h] : tensor<{heads}x{{f}}>
%gap = arith.subi %i, %j : index
%one = arith.constant 1 : index
%next = arith.addi %gap, %one : index
%int = arith.index_cast %next : index to i64
%distance = arith.sitofp %int : i64 to {{f}}
%log = math.log %distance : {{f}}
%penalty = arith.mulf %slope, %log : {{f}}
%t = arith.subf %s, %penalty : {{f}}
theria.yield %t : {{f}}
""",
        captured("slopes", heads),
    )


def gated(heads):
    """A gate per head around a curved function of the score."""
    return Region(
        lambda xp, s, b, h, i, j, x: s
        + x["gates"][h] * xp.log(1 + xp.exp(s * xp.exp(-x["tau"]))),
        f"""\
%gate = tensor.extract %gates[%h] : tensor<{heads}x{{f}}>
%cold = arith.negf %tau : {{f}}
%factor = math.exp %cold : {{f}}
%scaled = arith.mulf %s, %factor : {{f}}
%e = math.exp %scaled : {{f}}
%soft = math.log1p %e : {{f}}
%curve = arith.mulf %gate, %soft : {{f}}
%t = arith.addf %s, %curve : {{f}}
theria.yield %t : {{f}}
""",
        captured("gates", heads) | captured("tau"),
    )


THIRDS = Region(
    lambda xp, b, h, i, j, x: (i + j + h) % 3 != 1,
    """\
%sum = arith.addi %i, %j : index
%all = arith.addi %sum, %h : index
%three = arith.constant 3 : index
%rest = arith.remui %all, %three : index
%one = arith.constant 1 : index
%live = arith.cmpi ne, %rest, %one : index
theria.yield %live : i1
""",
)


def documents(length):
    """Packed documents: a row sees the keys of its own document alone."""
    return Region(
        lambda xp, b, h, i, j, x: x["document"][i] == x["document"][j],
        f"""\
%mine = tensor.extract %document[%i] : tensor<{length}xi32>
%theirs = tensor.extract %document[%j] : tensor<{length}xi32>
%live = arith.cmpi eq, %mine, %theirs : i32
theria.yield %live : i1
""",
        {"document": ((length,), "i32")},
    )


def branches(heads):
    """A branch whose derivative is not a number where it is not taken, and a
    division that would fail at pairs that a causal mask removes."""

    def function(xp, s, b, h, i, j, x):
        pick = getattr(xp, "where", lambda c, yes, no: yes if c else no)
        root = xp.sqrt(pick(s > 0, s, 0) + 0.25)
        return pick(s > 0, root, s) + x["slopes"][h] * (i % (i - j + 1))

    return Region(
        function,
        f"""\
%zero = arith.constant 0.0 : {{f}}
%positive = arith.cmpf ogt, %s, %zero : {{f}}
%bent = scf.if %positive -> ({{f}}) {{
  %quarter = arith.constant 0.25 : {{f}}
  %sum = arith.addf %s, %quarter : {{f}}
  %root = math.sqrt %sum : {{f}}
  scf.yield %root : {{f}}
}} else {{
  scf.yield %s : {{f}}
}}
%slope = tensor.extract %slopes[%h] : tensor<{heads}x{{f}}>
%one = arith.constant 1 : index
%gap = arith.subi %i, %j : index
%next = arith.addi %gap, %one : index
%rest = arith.remsi %i, %next : index
%int = arith.index_cast %rest : index to i64
%float = arith.sitofp %int : i64 to {{f}}
%term = arith.mulf %slope, %float : {{f}}
%t = arith.addf %bent, %term : {{f}}
theria.yield %t : {{f}}
""",
        captured("slopes", heads),
    )
