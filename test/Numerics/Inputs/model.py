"""Attention and its VJP on jets of bounded numbers: values to more digits than any type has, and what rounding may do.

A jet carries derivatives along directions, so that the forward gives every JVP, and the VJP every JVP of a VJP. Nothing here
is shared with the compiler; the formulas are those of docs/Numerics.md.
"""
import pathlib
import sys

import numpy as np

from bounded import FUNCTION_ULPS, Bounded, Real, contract

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Examples/Inputs"))
from jets import Jet, series


def product(equation, a, b, live=None):
    """A contraction of two jets."""
    terms = {}
    for key, x in a.terms.items():
        for other, y in b.terms.items():
            if not key & other:
                part = contract(x.arithmetic, equation, x, y, live)
                terms[key | other] = part + terms[key | other] if key | other in terms else part
    return Jet(terms)


def along(jet, function):
    return Jet({key: part.map(function) for key, part in jet.terms.items()})


def spread(rows):
    return along(rows, lambda part: part[..., None])


class Weights:
    """exp(s − m) of each row divided by its sum, m the row's maximum, and its lse. `blocks` is how often a maximum that is
    found while the sum is added up may grow."""

    def __init__(self, scores, live, blocks):
        self.live, self.arithmetic = live, scores.arithmetic
        self.scores = np.where(live, scores.value, -np.inf)
        largest = self.scores.max(axis=-1, keepdims=True, initial=-np.inf)
        self.finite, dead = np.isfinite(largest), largest == -np.inf
        self.shift = np.where(self.finite, largest, 0)
        exponentials = np.where(self.finite, np.exp(self.scores - self.shift), 0)
        total = np.where(self.finite, exponentials.sum(axis=-1, keepdims=True), 1)
        self.log = np.log(total)
        lse = np.where(self.finite, self.shift + self.log, largest)
        # A row without live keys has no weights. Other infinities and NaN go where exp(s − lse) takes them.
        rest = np.where(dead, 0, np.exp(self.scores - lse))
        self.bound(np.where(self.finite, exponentials / total, rest), lse, scores.error, blocks)

    def bound(self, value, lse, scores_error, blocks):
        rounding, underflow = self.arithmetic.rounding, self.arithmetic.underflow
        function = 2 * FUNCTION_ULPS * rounding
        # Relative errors of exp(s − m), whose argument grows in steps; of their sum; and of the quotient.
        counts = self.finite & (value > 0)
        distance = np.where(counts, np.abs(self.scores - self.shift), 0)
        each = np.expm1(np.where(counts, scores_error + rounding * distance, 0)) + blocks * (function + rounding) + function
        number = value.shape[-1]
        total = (value * each).sum(axis=-1, keepdims=True) + self.arithmetic.additions(number) * rounding
        quotient = (1 + each) * (1 + 2 * rounding) / (1 - total) - 1
        # In a row whose maximum is infinite, a weight is 0 or NaN, and neither is rounded.
        error = np.where(self.finite, value * quotient + np.where(self.live, (2 + blocks) * underflow, 0), 0)
        self.weights = Bounded(self.arithmetic, value, value, error)
        size = np.abs(self.shift) + np.abs(self.log)
        error = total + function * np.abs(self.log) + rounding * size + number * underflow
        self.lse = Bounded(self.arithmetic, *(np.where(self.finite, part, other)[..., 0]
                                              for part, other in ((lse, lse), (size, 0), (error, 0))))


def normalise(scores, live, blocks):
    """The weights and the normaliser of a jet of scores: Taylor's series around its real part."""
    base = Weights(scores.terms[0], live, blocks)
    weights = Jet({0: base.weights})
    growth = series(scores, [1.0] * 4)
    del growth.terms[0]
    if not growth.terms:
        return weights, Jet({0: base.lse})
    # exp(s) grows by 1 + growth, its sum by 1 + total.
    total = product("bij,bij->bi", weights, growth, live)
    inverse = series(spread(total), [1.0, -1.0, 2.0, -6.0])
    logarithm = series(total, [0.0, 1.0, -1.0, 2.0])
    logarithm.terms[0] = base.lse
    return weights * (growth + 1.0) * inverse, logarithm


def forward(x, live, scale, blocks):
    """out, lse, and the weights, of jets q, k, v and maybe bias."""
    scores = product("bid,bjd->bij", x["q"], x["k"]) * scale
    if "bias" in x:
        scores = scores + x["bias"]
    weights, lse = normalise(scores, live, blocks)
    return product("bij,bje->bie", weights, x["v"], live), lse, weights


def vjp(x, live, scale, blocks):
    """out, lse, and the cotangents of q, k, v and maybe bias; x has those of out and lse too."""
    out, lse, weights = forward(x, live, scale, blocks)
    of_weights = product("bie,bje->bij", x["out"], x["v"])
    mean = product("bij,bij->bi", weights, of_weights, live)
    of_scores = weights * (of_weights + spread(-mean) + spread(x["lse"]))
    results = [out, lse, product("bij,bjd->bid", of_scores, x["k"], live) * scale,
               product("bij,bid->bjd", of_scores, x["q"], live) * scale, product("bij,bie->bje", weights, x["out"], live)]
    if "bias" in x:
        results.append(along(of_scores, lambda part: np.where(live, part, Real(0))))
    return results


def evaluate(chain, x, live, scale, blocks):
    """The results of a chain, in its order: `x` maps names to jets of bounded numbers."""
    results = vjp(x, live, scale, blocks) if "vjp" in chain else list(forward(x, live, scale, blocks)[:2])
    return [result.terms[key] for key in range(1 << chain.count("jvp")) for result in results]
