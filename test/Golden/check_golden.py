"""Checks values/ against a third implementation: loops over mpmath numbers, and
derivatives by central differences with 100 digits.

Each chain's results R are paired with random weights W, and <R, W> needs no
reverse mode:
  <jvp G (X, Ẋ), (W, Ẇ)> = <G(X), W> + d/de <G(X + e Ẋ), Ẇ>
  <vjp G (X, Ȳ), (W, U)> = <G(X), W> + d/de <G(X + e U), Ȳ>
  <hvp G (X, Ȳ, Ẋ), U>   = d²/de de' <G(X + e Ẋ + e' U), Ȳ>
"""

import re
import sys
from itertools import product

import mpmath as mp
import numpy as np

import cases
import make_golden

mp.mp.dps = 100
STEP = mp.mpf(10) ** -15  # error of a difference: about STEP² times f'''


def derivative(f):
    return (f(STEP) - f(-STEP)) / (2 * STEP)


def is_live(pair, sizes, clauses, x):
    b, h, i, j = pair
    rows, keys = sizes
    if "lengths" in clauses:
        rows, keys = int(x["rows"][b]), int(x["keys"][b])
        if i >= rows or j >= keys:
            return False
    row = i + (keys - rows if clauses.get("causal") == "bottom_right" else 0)
    if "causal" in clauses and j > row:
        return False
    if "window" in clauses:
        left, right = clauses["window"]
        if not row - left <= j <= row + right:
            return False
    at = lambda a: a[tuple(min(p, d - 1) for p, d in zip(pair, a.shape))]
    if "mask" in clauses and not at(x["mask"]):
        return False
    if "bias" in clauses and at(x["bias"]) == -mp.inf:
        return False
    return "where" not in clauses or bool(clauses["where"].function(mp, *pair, x))


def score(pair, clauses, x):
    b, h, i, j = pair
    q, k = x["q"], x["k"]
    g = h // (q.shape[1] // k.shape[1])
    s = mp.fdot(q[b, h, i], k[b, g, j])
    s *= x["scale"].item() if "scale" in x else mp.mpf(
        clauses["scale"]
    ) if "scale" in clauses else 1 / mp.sqrt(q.shape[3])
    if "softcap" in clauses:
        s = clauses["softcap"] * mp.tanh(s / clauses["softcap"])
    if "score" in clauses:
        scalars = {n: a.item() if a.ndim == 0 else a for n, a in x.items()}
        s = clauses["score"].function(mp, s, *pair, scalars)
    if "bias" in clauses:
        s += x["bias"][tuple(min(p, d - 1) for p, d in zip(pair, x["bias"].shape))]
    return s


def attention(clauses, x):
    q, k, v = x["q"], x["k"], x["v"]
    (B, H, N, _), M = q.shape, k.shape[2]
    out = np.full((B, H, N, v.shape[3]), mp.mpf(0), object)
    lse = np.full((B, H, N), -mp.inf, object)
    for b, h, i in product(range(B), range(H), range(N)):
        g = h // (H // k.shape[1])
        keys = [j for j in range(M) if is_live((b, h, i, j), (N, M), clauses, x)]
        if not keys:
            continue
        e = [mp.exp(score((b, h, i, j), clauses, x)) for j in keys]
        z = mp.fsum(e)
        lse[b, h, i] = mp.log(z)
        for c in range(v.shape[3]):
            out[b, h, i, c] = mp.fdot(e, [v[b, g, j, c] for j in keys]) / z
    return [out, lse]


def inner(results, weights):
    pairs = zip(
        np.concatenate([np.ravel(r) for r in results]),
        np.concatenate([np.ravel(w) for w in weights]),
    )
    return mp.fsum(r * w for r, w in pairs if not mp.isinf(r))


class Pairing:
    """<chain of f at the given arguments, weights>, by recursion on the chain."""

    def __init__(self, call, smooth):
        self.call, self.smooth = call, smooth

    def moved(self, smooth, X, direction, e):
        moved, direction = list(X), iter(direction)
        for n, flag in enumerate(smooth):
            if flag:
                moved[n] = X[n] + e * next(direction)
        return moved

    def arity(self, chain):
        """(which arguments are smooth, number of results)."""
        smooth, count = list(self.smooth), 2
        for step in chain:
            active = sum(smooth)
            extra = {"jvp": active, "vjp": count, "hvp": count + active}[step]
            count = {"jvp": 2 * count, "vjp": count + active, "hvp": active}[step]
            smooth += [True] * extra
        return smooth, count

    def pair(self, chain, values, weights):
        if not chain:
            return inner(self.call(*values), weights)
        before, step = chain[:-1], chain[-1]
        smooth, count = self.arity(before)
        X, rest = values[: len(smooth)], values[len(smooth) :]
        move = lambda d, e: self.moved(smooth, X, d, e)
        go = lambda X, W: self.pair(before, X, W)
        if step == "jvp":
            W, dW = weights[:count], weights[count:]
            return go(X, W) + derivative(lambda e: go(move(rest, e), dW))
        if step == "vjp":
            W, U = weights[:count], weights[count:]
            return go(X, W) + derivative(lambda e: go(move(U, e), rest))
        Y, dX = rest[:count], rest[count:]

        def mixed(e):
            X2 = move(dX, e)
            return derivative(
                lambda e2: go(self.moved(smooth, X2, weights, e2), Y)
            )

        return derivative(mixed)


def exact(array):
    if array.dtype.kind != "f":
        return array
    return np.asarray(np.frompyfunc(mp.mpf, 1, 1)(array), object)


def main():
    only, worst = sys.argv[1:], mp.mpf(0)
    for case in cases.CASES:
        if only and case.name not in only:
            continue
        text = make_golden.program_path(case).read_text()
        text = text.replace(" \\\n// RUN:", "")
        x = cases.primals(case)
        smooth = [a.dtype.kind == "f" for a in x.values()]
        named = lambda *v: dict(zip(x, map(np.asarray, v)))
        pairing = Pairing(lambda *v: attention(case.clauses, named(*v)), smooth)
        prefix = re.search(r"%{x} = (.*)", text)[1]
        for line in re.findall(r"RUN: %{run}(.*)", text):
            line = line.replace("%{x}", prefix)
            load = lambda flag: [
                make_golden.cleaned(f, np.load(make_golden.VALUES / f))
                if flag == "input"
                else np.load(make_golden.VALUES / f)
                for f in re.findall(rf"--{flag}=@(\S+)", line)
            ]
            values = [exact(a) for a in load("input")]
            results = load("expect")
            rng = np.random.default_rng(0)
            weights = [exact(rng.standard_normal(r.shape)) for r in results]
            chain = re.findall(r"--derive=(\S+)", line)
            chain = chain[0].split(",") if chain else []
            want = pairing.pair(chain, values, weights)
            got = inner([exact(r) for r in results], weights)
            size = inner([abs(exact(r)) for r in results], list(map(abs, weights)))
            error = abs(got - want) / size
            worst = max(worst, error)
            print(f"{case.name:40} {','.join(chain):12} {mp.nstr(error, 3)}", flush=True)
            assert error < 1e-14, "a golden value is wrong"
    print("largest relative error:", mp.nstr(worst, 3))


if __name__ == "__main__":
    main()
