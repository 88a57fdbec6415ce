"""Tile programs on the reference path: tile_programs.py FOLDER.

theria-opt --theria-stream writes the tile program of a derivative, and the reference path runs it with scalar loops: what
differs from the program before streaming is streaming's fault, and no code generator's. Tolerances are those of versus.py.
"""
import pathlib
import subprocess
import sys

from programs import Sdpa
from versus import compare

PROGRAMS = [(Sdpa((1, 4, 2, 7, 11, 3, 2), "f64", ("causal", "softcap", "score", "bias")), "vjp", "recompute"),
            (Sdpa((1, 4, 2, 7, 11, 3, 2), "f64", ("bottom_right", "lengths", "where")), "vjp", "strips"),
            (Sdpa((2, 2, 1, 9, 5, 3, 4), "bf16", ("window", "mask")), "vjp", "strips"),
            (Sdpa((1, 2, 2, 9, 5, 3, 4), "f32", ("scale", "row_bias")), "jvp", "auto"),
            (Sdpa((1, 1, 1, 6, 0, 3, 2), "f64"), "vjp", "strips")]


def derivative(program, step):
    """The program with one derivative of it, in all that is a float, written out."""
    given = program.arguments()
    smooth = [name for name in given if program.element(name)[0] in "fb"]
    moved = smooth if step == "jvp" else ["out", "lse"]
    results = ["out", "lse"] + (["out", "lse"] if step == "jvp" else smooth)
    types = lambda names: ", ".join(program.tensor(name) for name in names)
    operands = ", ".join(f"%{name}" for name in given)
    directions = ", ".join(f"%d{number}" for number in range(len(moved)))
    seeds = f"tangents({directions})" if step == "jvp" else f"cotangents({directions} : {types(moved)})"
    arguments = [f"%{name}: {program.tensor(name)}" for name in given]
    arguments += [f"%d{number}: {program.tensor(name)}" for number, name in enumerate(moved)]
    return program.text().replace("func.func @attention", "func.func private @attention") + f"""
func.func @derivative({', '.join(arguments)}) -> ({types(results)}) {{
  %r:{len(results)} = theria.{step} @attention({operands}) {seeds} : ({types(given)}) -> ({types(results)})
  return {', '.join(f'%r#{number}' for number in range(len(results)))} : {types(results)}
}}
"""


def main(folder):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    before, after = pathlib.Path(folder, "before.mlir"), pathlib.Path(folder, "after.mlir")
    good = 0
    for program, step, schedule in PROGRAMS:
        before.write_text(derivative(program, step), encoding="utf-8")
        subprocess.run(["theria-opt", str(before), f"--theria-stream=row-tile=2 column-tile=3 schedule={schedule}", "-o",
                        str(after)], check=True)
        assert "#theria.pair" not in after.read_text(encoding="utf-8")
        good += compare(program, [step], folder, f"{program} {step}, {schedule}",
                        (after, ["--path=reference"]), (before, ["--path=reference"]))
    print(f"{len(PROGRAMS)} tile programs, {len(PROGRAMS) - good} differ")
    return 0 if good == len(PROGRAMS) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
