"""Einsums against their definition: python3 einsum.py FOLDER

Each case runs through theria-run with static and with dynamic sizes and is compared with the sum over all labels,
written out below. Integers between −3 and 3 make every sum exact. With a mask, operands are NaN wherever no live
tuple reads them.
"""
import itertools
import math
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Tools" / "theria-run" / "Inputs"))
import npy  # noqa: E402

SIZES = dict(a=2, b=3, c=4, d=5, e=1)
# Operands, result, mask (None: no mask).
CASES = [
    ("ab", "ba", None), ("abc", "b", None), ("a", "cab", None), ("", "a", None), ("ab,bc", "ac", None),
    ("abc,adc", "abd", None), ("ab,bc,cd", "ad", None), ("a,a,a", "", None), ("a,b,c,d", "dcba", None),
    ("ab,cd", "e", None), ("ab,bc", "ca", "b"), ("ab,cb,cd", "ad", "ac"), ("ab", "ab", "b"), ("a", "ab", "ab"),
    ("ab,ac", "", "bc"), ("ab,b,ad", "ad", "ab"), ("abc,ab,c,bd,a", "dc", "cba"), ("ab,bc", "ac", ""),
    ("a,b,c,d,ab", "c", "da"),
]


def tuples(labels):
    return itertools.product(*(range(SIZES[label]) for label in labels))


def pick(point, labels):
    return tuple(point[label] for label in labels)


def evaluate(inputs, result, where, operands, mask):
    """The definition: a sum of products over every tuple of labels."""
    labels = sorted(set("".join(inputs) + result))
    sums = {position: 0.0 for position in tuples(result)}
    for values in tuples(labels):
        point = dict(zip(labels, values))
        if mask is None or mask[pick(point, where)]:
            sums[pick(point, result)] += math.prod(o[pick(point, i)] for o, i in zip(operands, inputs))
    return sums


def live(inputs, result, where, mask, number):
    """The positions of one operand that a live tuple reads."""
    labels = sorted(set("".join(inputs) + result))
    points = (dict(zip(labels, values)) for values in tuples(labels))
    return {pick(point, inputs[number]) for point in points if mask[pick(point, where)]}


def type_of(labels, element, dynamic):
    sizes = "".join("?x" if dynamic else f"{SIZES[label]}x" for label in labels)
    return f"tensor<{sizes}{element}>"


def program(inputs, result, where, dynamic):
    types = [type_of(labels, "f64", dynamic) for labels in inputs]
    names = [f"%x{number}" for number in range(len(inputs))]
    new = [label for label in result if label not in "".join(inputs)] if dynamic else []
    mask = f' where "{where}" %m' if where is not None else ""
    masks = [type_of(where, "i1", dynamic)] if where is not None else []
    arguments = [f"{n}: {t}" for n, t in zip(names + ["%m"] * len(masks), types + masks)]
    arguments += [f"%n{label}: index" for label in new]
    sizes = f" sizes({', '.join(f'%n{label}' for label in new)})" if new else ""
    out = type_of(result, "f64", dynamic)
    return f"""func.func @f({', '.join(arguments)}) -> {out} {{
  %r = theria.einsum "{','.join(inputs)}->{result}" {', '.join(names)}{mask}{sizes} : ({', '.join(types + masks)}) -> {out}
  return %r : {out}
}}
""", [SIZES[label] for label in new]


def check(folder, inputs, result, where, dynamic):
    draw = random.Random(f"{inputs}{result}{where}")
    mask = {position: draw.random() < 0.5 for position in tuples(where)} if where is not None else None
    operands = []
    for number, labels in enumerate(inputs):
        read = live(inputs, result, where, mask, number) if mask else None
        operands.append({position: float(draw.randint(-3, 3)) if read is None or position in read else math.nan
                         for position in tuples(labels)})
    want = evaluate(inputs, result, where, operands, mask)
    text, sizes = program(inputs, result, where, dynamic)
    (folder / "einsum.mlir").write_text(text)
    arrays = [("<f8", labels, operand) for labels, operand in zip(inputs, operands)]
    arrays += [("|b1", where, mask)] if mask else []
    flags = []
    for number, (dtype, labels, array) in enumerate(arrays + [("<f8", result, want)]):
        npy.save(folder / f"{number}.npy", dtype, [SIZES[label] for label in labels], list(array.values()))
        flags.append(f"--{'input' if number < len(arrays) else 'expect'}=@{folder}/{number}.npy")
    flags += [f"--input={size}" for size in sizes]
    run = subprocess.run(["theria-run", folder / "einsum.mlir", "--rtol=0", "--atol=0", *flags], check=False)
    assert run.returncode == 0, text


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for inputs, result, where in CASES:
        for dynamic in (False, True):
            check(folder, inputs.split(","), result, where, dynamic)


if __name__ == "__main__":
    main(sys.argv[1])
