"""Inputs of a special kind: special.py FOLDER.

NaN and infinities in live places spread as on the reference path, and arrays in Fortran order give the same bits as in C order.
"""
import math
import pathlib
import random
import sys

from programs import Sdpa
from versus import check, npy, run


def arrays(program, folder, special, fortran=False):
    """Files of random numbers but for `special`, values by name and place; returns what to fill arguments with."""
    fills = {}
    for name in program.arguments():
        rng = random.Random(name)
        values = [rng.gauss(0, 1) for _ in range(math.prod(program.shape(name)))]
        for place, value in special.get(name, []):
            values[place] = value
        path = f"{folder}/{name}.npy"
        npy.save(path, "<f8", program.shape(name), values, fortran)
        fills[name] = f"@{path}"
    return fills


def main(folder):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    good = True
    # Element 7 of q lies in row 2, of k and v in column 2: live for some pairs, masked for others.
    specials = [{"q": [(7, math.nan)]}, {"k": [(7, math.inf)]}, {"v": [(7, -math.inf), (0, math.nan)]},
                {"bias": [(8, math.nan), (16, math.inf), (9, -math.inf)]}]
    for special, chain in zip(specials, ["vjp", "jvp,vjp", "vjp,jvp", "vjp"]):
        program = Sdpa((1, 1, 1, 7, 8, 3, 3), clauses=("causal", "bias"))
        program.fills = arrays(program, folder, special)
        for schedule in ("strips", "recompute"):
            good &= check(program, chain, folder, "2x3", schedule=schedule)
    path, results = pathlib.Path(folder, "program.mlir"), []
    for fortran in (False, True):
        program = Sdpa((2, 4, 2, 7, 5, 3, 4), clauses=("bias",))
        program.fills = arrays(program, folder, {}, fortran)
        path.write_text(program.text(), encoding="utf-8")
        inputs, outputs = program.inputs(["vjp"])
        results.append(run(path, len(outputs), folder, ["--derive=vjp", "--path=streaming", "--tile=2x3"], inputs))
    if results[0] != results[1]:
        print("arrays in Fortran order give other bits")
        good = False
    print("special inputs", "agree" if good else "differ")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
