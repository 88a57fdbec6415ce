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


def run(program, chain, folder, flags, seed):
    inputs, outputs = program.inputs(chain, seed)
    path = pathlib.Path(folder) / "program.mlir"
    path.write_text(program.text(), encoding="utf-8")
    files = [f"{folder}/out{number}.npy" for number in range(len(outputs))]
    derive = [f"--derive={','.join(chain)}"] if chain else []
    command = ["theria-run", str(path), *derive, *flags, *inputs, *(f"--output=@{file}" for file in files)]
    subprocess.run(command, check=True)
    return [npy.load(file)[2] for file in files]


def same(a, b, absolute, relative):
    if not math.isfinite(a) or not math.isfinite(b):
        return a == b or (math.isnan(a) and math.isnan(b))
    return abs(a - b) <= absolute + relative * abs(b)


def check(program, chain, folder, tile, seed=1, schedule="strips"):
    """Whether both paths agree; says so where not."""
    chain = chain.split(",") if chain else []
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    _, outputs = program.inputs(chain)
    flags = ["--path=streaming", f"--tile={tile}", f"--schedule={schedule}", "--threads=2"]
    streaming = run(program, chain, folder, flags, seed)
    reference = run(program, chain, folder, ["--path=reference"], seed)
    name = f"{program} {','.join(chain) or 'forward'} by tiles of {tile}, schedule {schedule}, seed {seed}"
    epsilon = min(ROUNDING[program.type], ROUNDING["f32"])
    terms = (sum(program.sizes[3:]) + 16) * 4 ** len(chain)
    for number, (got, want, output) in enumerate(zip(streaming, reference, outputs)):
        absolute = epsilon * terms * max([1.0, *(abs(x) for x in want if math.isfinite(x))])
        relative = 2 * ROUNDING[program.element(output)]
        wrong = [i for i, (a, b) in enumerate(zip(got, want, strict=True)) if not same(a, b, absolute, relative)]
        if wrong:
            at = wrong[0]
            print(f"{name}: result {number} ({output}): {len(wrong)} of {len(want)} elements differ; element {at} is "
                  f"{got[at]}, but {want[at]} on the reference path, ±{absolute + relative * abs(want[at])}")
            return False
    return True
