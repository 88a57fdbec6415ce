"""Writes values/ and the test programs beside it.

    pip install jax==0.10.2 mpmath
    python make_golden.py && python check_golden.py

Directions (tangents and cotangents) depend on their shape and place alone, so
that cases of one size share their files.
"""

import pathlib
import shutil
from collections import Counter

import jax
import numpy as np

import attention
import cases
import chains
import programs

HERE = pathlib.Path(__file__).parent
VALUES = HERE / "values"
ORDERS = "jvp", "vjp", "hvp"


def shape_name(shape):
    return "x".join(map(str, shape)) or "scalar"


class Files:
    """Arrays by file name, each written once."""

    def __init__(self):
        self.arrays = {}

    def add(self, name, array):
        array = np.asarray(array)
        old = self.arrays.setdefault(name, array)
        assert old.dtype == array.dtype and np.array_equal(old, array, equal_nan=True)
        return name

    def write(self):
        for name, array in self.arrays.items():
            path = VALUES / name
            path.parent.mkdir(parents=True, exist_ok=True)
            np.save(path, array)
        return sum(p.stat().st_size for p in VALUES.rglob("*.npy"))


def base_function(case, x):
    names = list(x)
    smooth = lambda a: np.issubdtype(a.dtype, np.floating)

    def call(*values):
        return attention.attention(case.clauses, dict(zip(names, values)))

    return chains.Function(
        call,
        [chains.Value(n, smooth(x[n])) for n in names],
        [chains.Value("out"), chains.Value("lse")],
    )


def dead_entries(case, x):
    """Role to the entries that no live pair reads: those whose gradient is
    exactly zero, and the rows without a live key."""
    f = base_function(case, x)
    y = f.call(*x.values())
    cotangents = [cases.numbers(r.shape, f"probe{n}") for n, r in enumerate(y)]
    pulled = chains.vjp(f).call(*x.values(), *cotangents)[2:]
    names = [a.role for a in f.arguments if a.smooth]
    dead = {n: np.asarray(g) == 0 for n, g in zip(names, pulled)}
    row = np.asarray(y[1]) == -np.inf
    dead["lse"] = row
    dead["out"] = np.broadcast_to(row[..., None], y[0].shape)
    return dead


def poison(array, dead):
    """NaN and both infinities in turn; a bias of -inf keeps removing its key."""
    if not dead.any():
        return array
    values = np.resize([np.nan, np.inf, -np.inf], array.shape)
    return np.where(dead & (array != -np.inf), values, array)


SHARED = ("q", "k", "v", "scale")  # primals that depend on their shape alone


def arguments(case, f, x, dead, files):
    """The arguments of a derived function: (values, file names)."""
    values, names, places = [], [], Counter()
    y = jax.eval_shape(base_function(case, x).call, *x.values())
    shapes = {n: a.shape for n, a in x.items()}
    shapes |= {"out": y[0].shape, "lse": y[1].shape}
    for n, argument in enumerate(f.arguments):
        role = argument.role
        shape, unused = shapes[role], dead.get(role, np.False_)
        if n < len(x):
            array, stem = x[role], role
            shared = role in SHARED and not unused.any()
        else:
            stem = f"d{places[shape]}"
            places[shape] += 1
            array, shared = cases.numbers(shape, f"{stem}{shape}"), not unused.any()
            stem = stem if shared else f"{role}-{stem}"
        folder = "inputs" if shared else case.name
        written = poison(array, unused)
        name = f"{folder}/{stem}-{shape_name(shape)}.npy"
        values.append(cleaned(name, written))
        names.append(files.add(name, written))
    return values, names


def cleaned(name, array):
    """An argument as it was before poison()."""
    if array.dtype.kind != "f":
        return array
    keep = np.isneginf(array) if "/bias-" in name and "/bias-d" not in name else False
    return np.where(np.isfinite(array) | keep, array, 0)


def result_files(case, chain, results, files, known):
    names = []
    for n, result in enumerate(map(np.asarray, results)):
        for name, array in known.items():
            if array.shape == result.shape and np.allclose(
                array, result, rtol=1e-14, atol=1e-15
            ):
                break
        else:
            name = f"{case.name}/{chain.replace(',', '-') or 'forward'}.{n}.npy"
            files.add(name, result)
            known[name] = result
        assert not np.isnan(result).any(), name
        names.append(name)
    return names


def runs(case, files):
    """Chain to (input files, result files), written to `files`."""
    x, known = cases.primals(case), {}
    dead = dead_entries(case, x) if case.poisoned else {}
    f = base_function(case, x)
    table = {}
    for chain in ("", *ORDERS, case.third):
        g = chains.derive(f, chain)
        values, inputs = arguments(case, g, x, dead, files)
        results = jax.jit(g.call)(*values)
        table[chain] = inputs, result_files(case, chain, results, files, known)
    return table


TITLE = "Values and derivatives against an independent implementation"
POISON = "Nothing read outside the live pairs: NaN and infinity everywhere else"

# Case: the dimensions of B, H, Hk, N, M, D, Dv that are dynamic.
DYNAMIC = {
    "plain": (1, 1, 1, 1, 1, 1, 1),
    "causal-bottom-right": (0, 0, 0, 1, 1, 0, 0),
    "softcap": (0, 0, 0, 0, 0, 1, 1),
    "mask": (1, 1, 0, 1, 1, 0, 0),
    "score-table": (0, 0, 0, 1, 0, 0, 0),
    "lengths-bottom-right-window-bias": (1, 0, 0, 1, 1, 0, 1),
    "everything": (1, 1, 1, 1, 1, 1, 1),
    "every-mask": (1, 0, 0, 0, 1, 0, 0),
}
TYPES = {
    "plain": ("f32", "bf16", "f16"),
    "scale-causal-softcap-bias-alibi": ("f32", "bf16"),
    "score-temperature": ("bf16", "f16"),
    "mask": ("f32", "f16"),
    "everything": ("f32", "bf16"),
    "every-mask": ("bf16",),
}


def program_path(case, suffix=""):
    folder = "Masking" if case.poisoned else "Golden"
    return HERE.parent / folder / f"{case.name}{suffix}.mlir"


# The programs of other types and shapes stop at second order, to take less time.
EXPLICIT = ("plain", "scale-causal-softcap-bias-alibi", "everything", "every-mask")


def write_programs(case, table):
    title = POISON if case.poisoned else TITLE

    def write(suffix, *options, **more):
        text = programs.program(*options, **more)
        path = program_path(case, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        assert text.count("\n") < 100, f"{path} is long"

    def attention(*options):
        return programs.function(case, programs.Types(case, *options))

    write("", title, table, attention())
    low = {chain: table[chain] for chain in ("", *ORDERS)}
    if case.name in DYNAMIC:
        text = attention("f64", DYNAMIC[case.name])
        write("-dynamic", f"{title}, dynamic shapes", low, text)
    for element in TYPES.get(case.name, ()):
        text = attention(element)
        write(f"-{element}", f"{title}, {element}", low, text, element)
    for op in ORDERS if case.name in EXPLICIT else ():
        text = programs.explicit_function(case, op)
        run = {op: table[op]}
        write(f"-sdpa-{op}", f"{title}, by theria.sdpa_{op}", run, text, derive=False)


def early_rows(files):
    """Of a causal case, what rows before 3 give when later keys are poisoned."""
    for name in list(files.arrays):
        folder, stem = name.split("/")
        array = files.arrays[name]
        if folder == "causal" and stem.startswith(("forward", "jvp")):
            files.add(f"causal-pairs/{stem}", array[:, :, :3])
    for role, width in ("k", 3), ("v", 4):
        for stem in role, "d0":
            shape = (1, 2, 7, width)
            array = files.arrays[f"inputs/{stem}-{shape_name(shape)}.npy"]
            late = np.arange(7)[:, None] >= 3
            late = np.broadcast_to(late, shape)
            files.add(f"causal-pairs/{role}-{stem}.npy", poison(array, late))


def main():
    files = Files()
    for case in cases.CASES:
        write_programs(case, runs(case, files))
        print(case.name, flush=True)
    early_rows(files)
    shutil.rmtree(VALUES, ignore_errors=True)
    print(files.write(), "bytes in", len(files.arrays), "files")


if __name__ == "__main__":
    main()
