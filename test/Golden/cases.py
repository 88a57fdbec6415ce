"""The clause combinations whose values are kept, and their arguments."""

import math
import zlib
from dataclasses import dataclass, field

import numpy as np

from regions import (
    TEMPERATURE,
    THIRDS,
    alibi,
    branches,
    causal_table,
    documents,
    gated,
    log_distance,
    relative_table,
)

# B, H, Hk, N, M, D, Dv: odd, N≠M both ways, Dv≠D, groups of one, two and three.
GROUPED = (1, 4, 2, 5, 7, 3, 4)
TALL = (2, 3, 1, 7, 5, 3, 2)
WIDE = (2, 2, 2, 3, 9, 5, 1)


@dataclass
class Case:
    name: str
    sizes: tuple
    clauses: dict
    third: str  # the chain of third (or higher) order
    # Roles whose entries outside the live pairs become NaN or infinity.
    poisoned: bool = False
    # Clauses' own values where they must not be random.
    fixed: dict = field(default_factory=dict)


def numbers(shape, seed):
    """Multiples of 1/32 in (-2, 2), exact in bf16 and f16."""
    rng = np.random.default_rng(zlib.crc32(seed.encode()))
    return rng.integers(-63, 64, shape) / 32.0


def mask_without(sizes, rows, keys):
    B, H, _, N, M, *_ = sizes
    mask = numbers((B, H, N, M), "mask") > -1
    mask[:, :, list(rows)] = False
    mask[..., list(keys)] = False
    return mask


def bias_without(sizes, rows, keys):
    _, H, _, N, M, *_ = sizes
    bias = numbers((1, H, N, M), "bias")
    bias[:, :, list(rows)] = -np.inf
    bias[..., list(keys)] = -np.inf
    return bias


CASES = [
    Case("plain", GROUPED, {}, "vjp,jvp,jvp"),
    Case("scale", GROUPED, {"scale": 0.25}, "jvp,jvp,jvp"),
    Case("scale-operand", WIDE, {"scale": "operand"}, "hvp,vjp"),
    Case("causal", GROUPED, {"causal": True}, "hvp,jvp"),
    Case("causal-bottom-right", TALL, {"causal": "bottom_right"}, "vjp,vjp,jvp"),
    Case("window", TALL, {"window": (1, 2)}, "jvp,vjp,jvp"),
    Case("softcap", WIDE, {"softcap": 1.5}, "vjp,vjp,vjp"),
    Case("bias", GROUPED, {"bias": "bhnm"}, "jvp,hvp"),
    Case("bias-broadcast", WIDE, {"bias": "b11m"}, "jvp,jvp,vjp"),
    Case("mask", TALL, {"mask": "bhnm"}, "jvp,vjp,vjp"),
    Case("mask-broadcast", TALL, {"mask": "11nm"}, "vjp,hvp"),
    Case("lengths", TALL, {"lengths": ([7, 4], [3, 5])}, "hvp,vjp"),
    Case("score-alibi", GROUPED, {"score": alibi(4)}, "vjp,jvp,vjp"),
    Case("score-temperature", WIDE, {"score": TEMPERATURE}, "hvp,jvp"),
    Case("score-table", GROUPED, {"score": relative_table(5, 7)}, "hvp,vjp"),
    Case("where", GROUPED, {"where": THIRDS}, "vjp,hvp"),
    Case(
        "causal-table",
        GROUPED,
        {"causal": True, "score": causal_table(5)},
        "vjp,vjp,jvp",
    ),
    Case(
        "causal-log-distance",
        GROUPED,
        {"causal": True, "score": log_distance(4)},
        "hvp,vjp",
    ),
    Case(
        "causal-branches",
        GROUPED,
        {"causal": True, "score": branches(4)},
        "vjp,jvp,vjp",
    ),
    Case(
        "causal-softcap-bias",
        GROUPED,
        {"causal": True, "softcap": 2.0, "bias": "1hn1"},
        "jvp,hvp",
    ),
    Case(
        "scale-window-bias-mask",
        TALL,
        {"scale": "operand", "window": (3, 1), "bias": "1h1m", "mask": "b11m"},
        "hvp,vjp",
    ),
    Case(
        "lengths-bottom-right-softcap",
        WIDE,
        {
            "causal": "bottom_right",
            "softcap": 2.5,
            "lengths": ([3, 2], [9, 4]),
        },
        "vjp,vjp,vjp",
    ),
    Case(
        "lengths-bottom-right-window-bias",
        TALL,
        {
            "causal": "bottom_right",
            "window": (2, 0),
            "bias": "b1nm",
            "lengths": ([7, 4], [5, 5]),
        },
        "hvp,jvp",
    ),
    Case(
        "scale-causal-softcap-bias-alibi",
        GROUPED,
        {
            "scale": "operand",
            "causal": True,
            "softcap": 3.0,
            "bias": "111m",
            "score": alibi(4),
        },
        "vjp,hvp",
    ),
    Case(
        "mask-lengths-table-where",
        TALL,
        {
            "mask": "b1n1",
            "lengths": ([6, 7], [5, 3]),
            "score": relative_table(7, 5),
            "where": THIRDS,
        },
        "jvp,jvp,jvp",
    ),
    Case(
        "softcap-gated-documents",
        (1, 2, 1, 7, 7, 3, 5),
        {"softcap": 2.0, "score": gated(2), "where": documents(7)},
        "hvp,vjp",
    ),
    Case(
        "everything",
        WIDE,
        {
            "scale": "operand",
            "causal": "bottom_right",
            "window": (6, 0),
            "softcap": 2.0,
            "bias": "bh1m",
            "mask": "1hnm",
            "lengths": ([3, 3], [9, 6]),
            "score": gated(2),
            "where": THIRDS,
        },
        "vjp,jvp,jvp",
    ),
    Case(
        "mask-rows-and-keys",
        TALL,
        {"mask": "bhnm"},
        "vjp,jvp,jvp",
        True,
        {"mask": mask_without(TALL, rows=(2, 6), keys=(1, 3))},
    ),
    Case(
        "lengths-none",
        WIDE,
        {"scale": "operand", "softcap": 2.0, "lengths": ([2, 3], [7, 0])},
        "vjp,vjp,jvp",
        True,
    ),
    Case(
        "bottom-right-rows",
        TALL,
        {"causal": "bottom_right", "window": (1, 0), "bias": "1h1m"},
        "vjp,vjp,vjp",
        True,
    ),
    Case(
        "bias-of-minus-infinity",
        GROUPED,
        {"bias": "1hnm"},
        "vjp,jvp,vjp",
        True,
        {"bias": bias_without(GROUPED, rows=(1,), keys=(0, 4))},
    ),
    Case(
        "causal-unread-table",
        GROUPED,
        {"causal": True, "score": relative_table(5, 7)},
        "hvp,vjp",
        True,
    ),
    Case(
        "every-mask",
        WIDE,
        {
            "scale": "operand",
            "causal": "bottom_right",
            "window": (4, 0),
            "bias": "b1nm",
            "mask": "1h1m",
            "lengths": ([3, 2], [9, 5]),
            "score": gated(2),
            "where": THIRDS,
        },
        "hvp,jvp",
        True,
        {"mask": mask_without((1, 2, 2, 1, 9), rows=(), keys=(2, 8))},
    ),
]


def broadcast_shape(letters, sizes):
    B, H, _, N, M, *_ = sizes
    full = dict(b=B, h=H, n=N, m=M)
    return tuple(1 if c == "1" else full[c] for c in letters)


SCALARS = {"scale": 0.6875, "tau": 0.25}


def primals(case):
    """The arguments of the case's function, in order: name to array."""
    B, H, Hk, N, M, D, Dv = case.sizes
    clauses = case.clauses
    shapes = {"q": (B, H, N, D), "k": (B, Hk, M, D), "v": (B, Hk, M, Dv)}
    x = {name: numbers(s, f"{name}{s}") for name, s in shapes.items()}
    if clauses.get("scale") == "operand":
        x["scale"] = np.array(SCALARS["scale"])
    if "bias" in clauses:
        shape = broadcast_shape(clauses["bias"], case.sizes)
        x["bias"] = numbers(shape, f"bias{shape}")
    if "mask" in clauses:
        shape = broadcast_shape(clauses["mask"], case.sizes)
        x["mask"] = numbers(shape, f"mask{shape}") > -1
    if "lengths" in clauses:
        rows, keys = clauses["lengths"]
        x["rows"], x["keys"] = np.array(rows, "i4"), np.array(keys, "i4")
    for clause in "score", "where":
        for name, (shape, kind) in captured(clauses, clause).items():
            if kind == "i32":
                x[name] = np.arange(math.prod(shape), dtype="i4") * 3 // shape[0]
            elif name in SCALARS:
                x[name] = np.array(SCALARS[name])
            else:
                x[name] = numbers(shape, f"{name}{shape}")
    x.update(case.fixed)
    return x


def captured(clauses, clause):
    return clauses[clause].captured if clause in clauses else {}
