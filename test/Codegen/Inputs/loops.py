"""Vectorised loops against their definition in Python: python3 loops.py FOLDER CPU

Products of matrices in every layout, sums and maxima of rows and columns, elementwise chains with broadcasts, masks,
indices and transposes, in code made for CPU. Integers between −3 and 3 make every sum exact, so that
results are equal whatever the order of the sums.
"""
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Tools" / "theria-run" / "Inputs"))
import npy  # noqa: E402

# Sizes of i, j and k: below, at and above numbers of lanes, and what blocks of rows and columns leave over.
SIZES = [(1, 1, 1), (5, 7, 17), (17, 33, 5), (33, 17, 1), (7, 133, 4), (16, 16, 16), (9, 1, 40), (0, 3, 2), (3, 5, 0)]
INPUTS = {"a": "ik", "at": "ki", "b": "kj", "bt": "jk", "x": "ij", "y": "ij", "z": "ji", "r": "i", "c": "j"}
PRODUCTS = [("a", "b", "ij"), ("a", "bt", "ij"), ("at", "b", "ij"), ("at", "bt", "ij"), ("a", "b", "ji"),
            ("at", "bt", "ji"), ("x", "c", "i"), ("x", "r", "j"), ("x", "y", "i"), ("x", "y", "j"), ("x", "z", "i"),
            ("r", "c", "ji"), ("x", "z", "ji"), ("x", "y", "")]
# The elementwise chain: in the language, where T is tensor<ijxF>, B of i1 and I of index, and in Python.
CHAIN = """
  %rows = theria.einsum "i->ij" %r SIZES(n) : (R) -> T
  %columns = theria.einsum "j->ij" %c SIZES(m) : (C) -> T
  %turned = theria.einsum "ji->ij" %z : (Z) -> T
  %product = arith.mulf %x, %rows : T
  %sum = arith.addf %product, %columns : T
  %most = arith.maximumf %sum, %turned : T
  %above = arith.cmpf ogt, %x, %y : T
  %i = theria.coord dim = 0 SIZES(m, n) : I
  %j = theria.coord dim = 1 SIZES(m, n) : I
  %before = arith.cmpi ule, %j, %i : I
  %live = arith.andi %above, %before : B
  %chosen = arith.select %live, %most, %y : B, T
  %top = theria.reduce_max %most dim = 1 : (T) -> R
  %side = theria.reduce_max %most dim = 0 : (T) -> C
  %kept = theria.einsum "ij,j->i" %x, %c where "ij" %live : (T, C, B) -> R"""
CHAINED = [("chosen", "T"), ("live", "B"), ("top", "R"), ("side", "C"), ("kept", "R")]


def expected(data, m, n, k):
    """The values of every result, in C order."""
    size = {"i": m, "j": n, "k": k}

    def at(name, point):
        labels = INPUTS[name]
        index = 0
        for label in labels:
            index = index * size[label] + point[label]
        return data[name][index]

    def points(labels, point):
        if not labels:
            yield dict(point)
            return
        for value in range(size[labels[0]]):
            yield from points(labels[1:], {**point, labels[0]: value})

    for left, right, result in PRODUCTS:
        summed = [label for label in "ijk" if label in INPUTS[left] + INPUTS[right] and label not in result]
        yield [sum(at(left, p) * at(right, p) for p in points(summed, q)) for q in points(result, {})]
    every = list(points("ij", {}))
    most = {(p["i"], p["j"]): max(at("x", p) * at("r", p) + at("c", p), at("z", p)) for p in every}
    live = {(p["i"], p["j"]): at("x", p) > at("y", p) and p["j"] <= p["i"] for p in every}
    yield [most[p["i"], p["j"]] if live[p["i"], p["j"]] else at("y", p) for p in every]
    yield list(live.values())
    yield [max((most[i, j] for j in range(n)), default=float("-inf")) for i in range(m)]
    yield [max((most[i, j] for i in range(m)), default=float("-inf")) for j in range(n)]
    yield [sum(at("x", {"i": i, "j": j}) * at("c", {"j": j}) for j in range(n) if live[i, j]) for i in range(m)]


def program(element, size, dynamic):
    def tensor(labels, kind=element):
        return "tensor<" + "".join(f"{'?' if dynamic else size[label]}x" for label in labels) + f"{kind}>"

    types = {"T": tensor("ij"), "B": tensor("ij", "i1"), "I": tensor("ij", "index"), "R": tensor("i"),
             "C": tensor("j"), "Z": tensor("ji")}
    lines, results = [], []
    for number, (left, right, result) in enumerate(PRODUCTS):
        operands = f"({tensor(INPUTS[left])}, {tensor(INPUTS[right])})"
        lines.append(f'  %p{number} = theria.einsum "{INPUTS[left]},{INPUTS[right]}->{result}" %{left}, %{right} : '
                     f"{operands} -> {tensor(result)}")
        results.append((f"%p{number}", tensor(result)))
    chain = CHAIN.replace("SIZES(m, n)", "sizes(%m, %n)" if dynamic else "")
    for name in "mn":
        chain = chain.replace(f"SIZES({name})", f"sizes(%{name})" if dynamic else "")
    words = [line.rsplit(" : ", 1) for line in chain.strip("\n").split("\n")]
    for text, signature in words:
        lines.append(text + " : " + "".join(types.get(letter, letter) for letter in signature))
    results += [(f"%{name}", types[kind]) for name, kind in CHAINED]
    arguments = ", ".join(f"%{name}: {tensor(labels)}" for name, labels in INPUTS.items())
    outs, out_types = (", ".join(part) for part in zip(*results))
    return (f"func.func @f({arguments}, %m: index, %n: index) -> ({out_types}) {{\n" + "\n".join(lines) +
            f"\n  return {outs} : {out_types}\n}}\n")


def check(folder, cpu, element, sizes, dynamic):
    draw = random.Random(f"{element}{sizes}")
    size = dict(zip("ijk", sizes))
    shape = lambda labels: [size[label] for label in labels]  # noqa: E731
    data, flags = {}, [f"--cpu={cpu}", "--rtol=0", "--atol=0"]
    dtype = {"f32": "<f4", "f64": "<f8"}[element]

    def save(name, kind, labels, values):
        npy.save(folder / f"{name}.npy", kind, shape(labels), values)
        return f"@{folder}/{name}.npy"

    for name, labels in INPUTS.items():
        count = 1
        for extent in shape(labels):
            count *= extent
        data[name] = [float(draw.randint(-3, 3)) for _ in range(count)]
        flags.append(f"--input={save(name, dtype, labels, data[name])}")
    flags += [f"--input={sizes[0]}", f"--input={sizes[1]}"]
    labels = [result for _, _, result in PRODUCTS] + ["ij", "ij", "i", "j", "i"]
    for number, (values, result) in enumerate(zip(expected(data, *sizes), labels, strict=True)):
        kind = "|b1" if number == len(PRODUCTS) + 1 else dtype
        flags.append(f"--expect={save(f'want{number}', kind, result, values)}")
    text = program(element, size, dynamic)
    (folder / "loops.mlir").write_text(text)
    run = subprocess.run(["theria-run", folder / "loops.mlir", *flags], check=False, capture_output=True, text=True)
    assert run.returncode == 0, (element, sizes, dynamic, run.stderr)


def main(folder, cpu):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for number, sizes in enumerate(SIZES):
        for element in ("f32", "f64"):
            check(folder, cpu, element, sizes, dynamic=number % 2 == (element == "f64"))


if __name__ == "__main__":
    main(*sys.argv[1:])
