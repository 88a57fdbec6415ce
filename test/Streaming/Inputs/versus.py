"""Streaming against the reference path, element by element.

Both compute sums of the same terms in different orders. A sum of n terms is within n·ε of Σ|terms|, lengths of nested sums
add up, and each order takes at most four times as many terms (a product of four factors has four). Inputs are of size 1,
so terms are no larger than max(1, largest result): elements may differ by ε·(D + Dv + N + M + 16)·4^order of that, where
16 stands for the functions of one pair, and by two roundings of the type that results are stored in. NaN and infinities
must stand in the same places.
"""
import math
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tools/theria-run/Inputs"))
import npy

ROUNDING = {"f64": 2.0**-52, "f32": 2.0**-23, "f16": 2.0**-10, "bf16": 2.0**-7}


def run(path, count, folder, flags, inputs):
    files = [f"{folder}/out{number}.npy" for number in range(count)]
    subprocess.run(["theria-run", str(path), *flags, *inputs, *(f"--output=@{file}" for file in files)], check=True)
    return [npy.load(file)[2] for file in files]


def same(a, b, absolute, relative):
    if not math.isfinite(a) or not math.isfinite(b):
        return a == b or (math.isnan(a) and math.isnan(b))
    return abs(a - b) <= absolute + relative * abs(b)


def compare(program, chain, folder, name, one, other, seed=1):
    """Whether two runs of a derivative, each a file and flags, agree; says so where not."""
    inputs, outputs = program.inputs(chain, seed)
    epsilon = min(ROUNDING[program.type], ROUNDING["f32"])
    terms = (sum(program.sizes[3:]) + 16) * 4 ** len(chain)
    results = [run(path, len(outputs), folder, flags, inputs) for path, flags in (one, other)]
    for number, (got, want, output) in enumerate(zip(*results, outputs, strict=True)):
        absolute = epsilon * terms * max([1.0, *(abs(x) for x in want if math.isfinite(x))])
        relative = 2 * ROUNDING[program.element(output)]
        wrong = [i for i, (a, b) in enumerate(zip(got, want, strict=True)) if not same(a, b, absolute, relative)]
        if wrong:
            at = wrong[0]
            print(f"{name}: result {number} ({output}): {len(wrong)} of {len(want)} elements differ; element {at} is "
                  f"{got[at]}, but {want[at]} on the reference path, ±{absolute + relative * abs(want[at])}")
            return False
    return True


def check(program, chain, folder, tile, seed=1, schedule="strips"):
    """Whether both paths agree; says so where not."""
    steps = chain.split(",") if chain else []
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    path = pathlib.Path(folder, "program.mlir")
    path.write_text(program.text(), encoding="utf-8")
    derive = [f"--derive={chain}"] if chain else []
    streaming = ["--path=streaming", f"--tile={tile}", f"--schedule={schedule}", "--threads=2"]
    name = f"{program} {chain or 'forward'} by tiles of {tile}, schedule {schedule}, seed {seed}"
    return compare(program, steps, folder, name, (path, [*derive, *streaming]), (path, [*derive, "--path=reference"]), seed)
