"""Arrays of numbers with a bound of the error that a program computing them in floating point may have.

A number is a sum of products. Beside its value stands its *size*, the same sum with every term positive, and the bound: how
far a result may be from the value where every operation rounds once, in whatever order sums are added and products are
distributed over them (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, chapters 3 and 4: a sum of n terms
is off by at most n roundings of its size).
"""
from dataclasses import dataclass

import numpy as np

# Values have more digits than any type that is measured: 64 bits at least.
Real = np.longdouble
assert np.finfo(Real).nmant >= 63, "expected a long double of at least 64 bits; measure on another machine"
# A bound of the error of exp, log and their like, in units in the last place; docs/Math.md has what is measured.
FUNCTION_ULPS = 1.2


@dataclass(frozen=True)
class Arithmetic:
    """A floating-point type: digits of its significand, exponents of its smallest and its largest power of two.

    Long sums are added in chunks of `chunk` terms, and then the chunks; with 0, in any order.
    """

    digits: int
    smallest: int
    largest: int
    chunk: int = 0

    @property
    def rounding(self):
        return Real(2) ** -self.digits

    @property
    def underflow(self):
        """Half the smallest denormal number."""
        return Real(2) ** (self.smallest - self.digits)

    def additions(self, terms):
        """How often the sum that a term is in rounds."""
        return min(terms, self.chunk + -(-terms // self.chunk)) if self.chunk else terms

    def ulp(self, size):
        """The distance of neighbouring numbers there."""
        exponent = np.frexp(np.asarray(size, Real))[1] - 1
        return np.ldexp(Real(1), np.maximum(exponent, self.smallest) - self.digits + 1)


class Bounded:
    """`value`, `size` and `error`, arrays of one shape, of numbers computed in `arithmetic`."""

    # numpy must leave operators to this class.
    __array_ufunc__ = None

    def __init__(self, arithmetic, value, size=None, error=None):
        self.arithmetic = arithmetic
        self.value = np.asarray(value, Real)
        self.size = np.abs(self.value) if size is None else size
        self.error = np.zeros_like(self.value) if error is None else error

    def map(self, function):
        return Bounded(self.arithmetic, function(self.value), function(self.size), function(self.error))

    def __add__(self, other):
        if not isinstance(other, Bounded):
            assert other == 0, "expected the zero that a sum starts from"
            return self
        error = self.error + other.error
        size = self.size + other.size
        return Bounded(self.arithmetic, self.value + other.value, size, error + self.arithmetic.rounding * (size + error))

    __radd__ = __add__

    def __mul__(self, other):
        if isinstance(other, Bounded):
            return contract(self.arithmetic, "...,...->...", self, other)
        assert np.frexp(abs(other))[0] == 0.5, "expected a power of two, which no product rounds with"
        return self.map(lambda part: part * abs(other)) if other > 0 else -(self * -other)

    __rmul__ = __mul__

    def __neg__(self):
        return Bounded(self.arithmetic, -self.value, self.size, self.error)

    def rounded(self, arithmetic):
        """Stored as another type."""
        magnitude = np.abs(self.value) + self.error
        error = self.error + np.where(magnitude > 0, arithmetic.rounding * magnitude + arithmetic.underflow, 0)
        return Bounded(arithmetic, self.value, self.size, error)


def lowest_bit(numbers):
    """The largest power of two of which each number is a multiple; infinite for zero, and 0 where that is not known."""
    fraction, exponent = np.frexp(numbers)
    whole = np.where(np.isfinite(numbers), np.ldexp(fraction, 62), 1)
    digits = whole.astype(np.int64)
    bit = np.where(digits == whole, digits & -digits, 0).astype(Real)
    return np.where(numbers == 0, np.inf, np.ldexp(bit, exponent - 62))


def contract(arithmetic, equation, a, b, live=None, labels="bij"):
    """The sum of products a·b by NumPy's notation; terms where `live`, over `labels`, is false are left out."""
    inputs, result = equation.split("->")
    first, second = inputs.split(",")
    if first == "...":
        full, summed, parts = None, (), lambda array, own: array
    else:
        full = "".join(sorted(set(first + second), key=(result + first + second).index))
        summed = tuple(range(len(result), len(full)))
        parts = lambda array, own: align(array, own, full)
    count = 1
    shapes = [parts(a.value, first).shape, parts(b.value, second).shape]
    shape = np.broadcast_shapes(*shapes)
    for axis in summed:
        count *= shape[axis]

    def total(x, y):
        terms = parts(x, first) * parts(y, second)
        if live is not None:
            terms = np.where(parts(live, labels), terms, Real(0))
        return terms, terms.sum(axis=summed) if summed else terms

    terms, value = total(a.value, b.value)
    _, size = total(a.size, b.size)
    error = total(a.error, b.size)[1] + total(a.size, b.error)[1] + total(a.error, b.error)[1]
    # Each term is a product, rounded once, and is then in as many sums as additions() says.
    largest = size + error
    roundings = arithmetic.additions(count) * arithmetic.rounding * largest
    roundings = roundings + np.where(largest == 0, Real(0), count * arithmetic.underflow)
    if full and not a.error.any() and not b.error.any():
        # Terms of which all are multiples of some number, and no sum exceeds what the type holds of them, are exact.
        step = lowest_bit(terms).min(axis=summed, initial=np.inf)
        exact = (size <= step * Real(2) ** arithmetic.digits) & (step >= 2 * arithmetic.underflow)
        roundings = np.where(exact, Real(0), roundings)
    return Bounded(arithmetic, value, size, error + roundings)


def align(array, own, full):
    """With its axes in the order of `full`, and one of size 1 where it has none."""
    order = sorted(range(len(own)), key=lambda axis: full.index(own[axis]))
    return array.transpose(order).reshape([array.shape[own.index(label)] if label in own else 1 for label in full])
