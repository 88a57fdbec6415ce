"""The rows of the stability matrix: attention where floating point is at its worst.

Numbers are multiples of 1/32 below 2, which every type holds, unless a case says otherwise; D is 4, so that the scale 1/√D is
a power of two.
"""
import zlib
from dataclasses import dataclass

import numpy as np

from bounded import Arithmetic

ROWS, KEYS, DEPTH = 5, 7, 4
LONG = 65536
SCALE = 0.5


@dataclass(frozen=True)
class Type:
    name: str
    stored: Arithmetic
    computed: Arithmetic

    @property
    def accumulated(self):
        return "f64" if self.name == "f64" else "f32"


_F32, _F64 = Arithmetic(24, -126, 127), Arithmetic(53, -1022, 1023)
TYPES = {
    "f64": Type("f64", _F64, _F64),
    "f32": Type("f32", _F32, _F32),
    "bf16": Type("bf16", Arithmetic(8, -126, 127), _F32),
    "f16": Type("f16", Arithmetic(11, -14, 15), _F32),
}


@dataclass(frozen=True)
class Case:
    """A row: `change(x, type)` makes it of ordinary numbers, where x[role, key] is an argument or a derivative of it."""

    name: str
    program: str
    change: object
    rows: int = ROWS
    keys: int = KEYS
    rearranged: bool = False  # Where a derivative is infinite, sums may be rearranged so that it is NaN.

    def inputs(self, type, chain):
        """Arrays by role and set of directions, with masks."""
        x = {(role, key): numbers(self.shape(role), f"{self.name} {role} {key}")
             for role in self.roles(chain) for key in range(1 << chain.count("jvp"))}
        if self.program == "masked":
            x["mask"] = np.ones((1, self.rows, self.keys), bool)
            x["rows"], x["keys"] = self.rows, self.keys
        self.change(x, type)
        return x

    def is_finite(self, type):
        """Whether infinities and NaN stand in masked places only."""
        return self.program == "masked" or all(np.isfinite(array).all() for array in self.inputs(type, ("jvp", "vjp")).values())

    def roles(self, chain):
        return ["q", "k", "v"] + ["bias"] * (self.program == "masked") + ["out", "lse"] * ("vjp" in chain)

    def shape(self, role):
        n, m = self.rows, self.keys
        return {"q": (1, n, DEPTH), "k": (1, m, DEPTH), "v": (1, m, DEPTH), "bias": (1, n, m), "out": (1, n, DEPTH),
                "lse": (1, n)}[role]


def numbers(shape, seed):
    rng = np.random.default_rng(zlib.crc32(seed.encode()))
    return rng.integers(-63, 64, shape) / 32.0


def derivatives(x):
    """What floats there are: ((role, key), array)."""
    return [item for item in x.items() if isinstance(item[0], tuple)]


def scaled(x, **powers):
    """Multiplies a role, with its derivatives, by a power of two."""
    for (role, _), array in derivatives(x):
        array[:] = np.ldexp(array, powers.get(role, 0))


def coarse(array):
    """Multiples of 1/8, so that scores of ±10,000 are exact in f32."""
    return np.round(array * 8) / 8


def fit_f16(x, type):
    """Weighs results less, so that no derivative of large numbers is beyond the largest f16."""
    if type.name == "f16":
        scaled(x, out=-8, lse=-8)


def offset_logits(x, type):
    x["q", 0], x["k", 0] = coarse(x["q", 0]), coarse(x["k", 0])
    x["q", 0][..., :2] = np.where(np.arange(ROWS) % 2, -100, 100)[:, None]
    x["k", 0][..., :2] = 100
    fit_f16(x, type)


def overflowing_logits(x, type):
    """±max/2 or so: as far as q·k goes. Directions and cotangents are so small that no derivative overflows."""
    q, k = type.computed.largest // 2, type.computed.largest // 2 + 1
    q, k = min(q, type.stored.largest), min(k, type.stored.largest)
    scaled(x, q=-k, k=-q)
    fit_f16(x, type)
    x["q", 0][:], x["k", 0][:] = 0, 0
    x["q", 0][..., 0] = np.ldexp(1.0, q)
    x["k", 0][..., 0] = np.ldexp(np.where(np.arange(KEYS) % 3, 1.0, -1.0), k)


def equal_logits(x, type):
    x["k", 0][:] = x["k", 0][:, :1]


def one_hot(x, type):
    x["q", 0][..., :2] = 32
    x["k", 0][..., :2] = -32
    x["k", 0][:, 3, :2] = 32


def denormals(x, type):
    scaled(x, **dict.fromkeys("qkv", type.stored.smallest - type.stored.digits + 1 + 5))


def exponent(type):
    """A quarter of the exponents that products of two numbers may have."""
    return min(type.computed.largest, 2 * type.stored.largest) // 4


def huge_queries(x, type):
    scaled(x, q=exponent(type) // 2, k=-(exponent(type) // 2))


def huge_values(x, type):
    scaled(x, v=exponent(type))


def tiny_values(x, type):
    scaled(x, v=-exponent(type))


def cancellation(x, type):
    """v and the tangents of k have a common offset, as large as leaves one digit of eight of the numbers themselves."""
    offset = 2.0 ** (type.stored.digits - 8)
    for (role, key), array in derivatives(x):
        if role == "v" or (role == "k" and key):
            array += offset


def plain(x, type):
    pass


def long_sums(x, type):
    x["v", 0] += 1


def infinite_bias(x, type):
    x["bias", 0][:, 1] = -np.inf
    x["bias", 0][:, :, 2] = -np.inf
    x["bias", 0][:, 3, 3:] = -np.inf


def poison(x, type):
    """Rows 1 and 4 and keys 2 and 6 are masked, in three ways; nothing there is a number, in no derivative."""
    x["mask"][:, 1] = x["mask"][:, :, 2] = False
    x["rows"], x["keys"] = ROWS - 1, KEYS - 1
    bad = np.array([np.nan, np.inf, -np.inf, np.nan])
    for (role, _), array in derivatives(x):
        if role in ("q", "out"):
            array[:, [1, ROWS - 1]] = bad
        elif role == "lse":
            array[:, [1, ROWS - 1]] = bad[:2]
        elif role == "bias":
            array[:, [1, ROWS - 1]] = np.nan
            array[:, :, [2, KEYS - 1]] = np.inf
        else:
            array[:, [2, KEYS - 1]] = bad


def put(role, key, place, number):
    def change(x, type):
        if (role, key) in x:
            x[role, key][(0, *place)] = number

    return change


CASES = [
    Case("ordinary numbers", "plain", plain),
    Case("logits near ±10,000", "plain", offset_logits),
    Case("logits near overflow", "plain", overflowing_logits),
    Case("all logits equal", "plain", equal_logits),
    Case("one hot", "plain", one_hot),
    Case("denormal q, k, v", "plain", denormals),
    Case("huge q, tiny k", "plain", huge_queries),
    Case("huge v", "plain", huge_values),
    Case("tiny v", "plain", tiny_values),
    Case("cancellation in P∘(dP − δ)", "plain", cancellation),
    Case("a single key", "plain", plain, keys=1),
    Case("no keys", "plain", plain, keys=0),
    Case("a bias of −∞: rows, keys, pairs", "masked", infinite_bias),
    Case("NaN and ∞ in masked rows and keys", "masked", poison),
    Case("65,536 keys", "plain", long_sums, rows=2, keys=LONG),
    Case("NaN in q", "plain", put("q", 0, (2, 1), np.nan)),
    Case("NaN in k", "plain", put("k", 0, (2, 1), np.nan)),
    Case("NaN in v", "plain", put("v", 0, (2, 1), np.nan)),
    Case("∞ in q", "plain", put("q", 0, (2, 1), np.inf)),
    Case("∞ in k", "plain", put("k", 0, (2, 1), np.inf)),
    Case("∞ in v", "plain", put("v", 0, (2, 1), np.inf), rearranged=True),
    Case("NaN in a tangent of q", "plain", put("q", 1, (2, 1), np.nan)),
    Case("NaN in the cotangent of out", "plain", put("out", 0, (2, 1), np.nan)),
]
