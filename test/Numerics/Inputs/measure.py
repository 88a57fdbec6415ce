"""Errors of runs in units in the last place, and their bounds."""
import dataclasses

import numpy as np

import model
from bounded import Arithmetic, Bounded, Real
from cases import SCALE, TYPES
from jets import Jet

ORDERS = {"forward": [()], "first": [("jvp",), ("vjp",)], "second": [("vjp", "jvp")], "third": [("vjp", "jvp", "jvp")]}
# Columns of a tile, as --tile says by default, and of a chunk of tiles (docs/Streaming.md, Threads).
TILE, CHUNK = 128, 4 * 128
# That of the model itself.
LONG_DOUBLE = Arithmetic(np.finfo(Real).nmant + 1, int(np.finfo(Real).minexp), int(np.finfo(Real).maxexp) - 1)


def rounded(array, type):
    """To a type, half to even; halves are rounded by NumPy."""
    exponent = np.frexp(np.where(np.isfinite(array), array, 0))[1] - 1
    step = np.ldexp(1.0, np.maximum(exponent, type.smallest) - type.digits + 1)
    return np.where(np.isfinite(array), np.round(array / step) * step, array) if type.digits < 53 else array


def make_inputs(case, chain, type):
    """Those of a case, as the type holds them."""
    x = case.inputs(type, chain)
    for entry, array in x.items():
        if isinstance(entry, tuple):
            x[entry] = rounded(array, type.computed if entry[0] == "lse" else type.stored)
    return x


def live_pairs(case, x):
    live = np.ones((1, case.rows, case.keys), bool)
    if case.program == "masked":
        live = x["mask"] & (np.arange(case.rows) < x["rows"])[:, None] & (np.arange(case.keys) < x["keys"])
        live &= x["bias", 0] != -np.inf
    return live


def expected(case, chain, type, x, path):
    """The exact results of a chain, with the bounds of a path; of the oracle's, those of the model itself."""
    if path == "oracle":
        computed, stored = LONG_DOUBLE, TYPES["f64"].stored
    else:
        computed, stored = dataclasses.replace(type.computed, chunk=CHUNK if path == "streaming" else 0), type.stored
    jets = {role: Jet({key: Bounded(computed, x[role, key]) for key in range(1 << chain.count("jvp"))})
            for role in case.roles(chain)}
    with np.errstate(all="ignore"):
        results = model.evaluate(chain, jets, live_pairs(case, x), SCALE, -(-case.keys // TILE))
    names = ["out", "lse", "q", "k", "v", "bias"][:len(results) >> chain.count("jvp")] * (1 << chain.count("jvp"))
    return [result if stored.digits == computed.digits or (name == "lse" and path != "oracle") else result.rounded(stored)
            for result, name in zip(results, names, strict=True)]


@dataclasses.dataclass
class Cell:
    """The largest error of some results and the largest bound of one, in ulp; how many are not finite; what is wrong."""

    error: float = 0.0
    bound: float = 0.0
    spread: int = 0
    wrong: tuple = ()

    def merge(self, other):
        return Cell(max(self.error, other.error), max(self.bound, other.bound), self.spread + other.spread,
                    self.wrong + other.wrong)


def compare(got, want, where, rearranged):
    """One result of one case. Infinities and NaN must be where they are expected."""
    finite = np.isfinite(want.value)
    other = np.isnan(got) if rearranged else np.isnan(got) & np.isnan(want.value)
    same = np.where(finite, np.isfinite(got), (got == want.value) | other)
    cell = Cell(spread=int((~finite).sum()))
    for at in np.argwhere(~same)[:1]:
        cell.wrong = (f"{where}{at.tolist()}: expected {want.value[tuple(at)]}, but found {got[tuple(at)]}",)
    got, value, error, unit = got[finite], want.value[finite], want.error[finite], want.arithmetic.ulp(want.size[finite])
    if cell.wrong or not value.size:
        return cell
    distance = np.abs(got - value)
    for at in np.argwhere(~(distance <= error))[:1]:
        cell.wrong = (f"{where}: expected {value[at][0]} ± {error[at][0]:.3g}, but found {got[at][0]}",)
    cell.error, cell.bound = float((distance / unit).max()), float((error / unit).max())
    return cell


def measure(runner, cases, chain, type, path):
    """The cells of cases that share a program and a shape, by name."""
    batches = [make_inputs(case, chain, type) for case in cases]
    results = runner.run(cases, chain, TYPES["f64"] if path == "oracle" else type, path, batches)
    cells = {}
    for number, (case, x) in enumerate(zip(cases, batches)):
        cells[case.name] = Cell()
        wanted = expected(case, chain, type, x, path)
        for position, (got, want) in enumerate(zip(results, wanted, strict=True)):
            where = f"{case.name}, {type.name}, {','.join(chain) or 'forward'}, {path}: result {position}"
            cell = compare(got[number:number + 1].astype(Real), want, where, case.rearranged and chain)
            cells[case.name] = cells[case.name].merge(cell)
    return cells
