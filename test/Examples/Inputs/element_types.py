"""Runs an example in smaller types, streaming: element_types.py EXAMPLE FUNCTION FOLDER TYPE….

Every type gets the same inputs, which are exact in all of them, and is compared with f64. Pairs are computed in f32, so
what a derivative loses by them is as in orders.py, with ε of f32. Arithmetic without pairs rounds to the type: of n
operations in a row on numbers of size s at most n·ε·s; the examples have fewer than 16, and numbers of a derivative grow by
at most 4 an order.
"""
import math
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tools/theria-run/Inputs"))
import npy
import programs
from orders import norm, spaces

ROUNDING = {"f32": 2.0**-24, "bf16": 2.0**-8, "f16": 2.0**-11}
CHAINS = {"f32": ["", "jvp", "vjp", "vjp,jvp", "vjp,vjp", "vjp,jvp,jvp"], "bf16": ["", "vjp", "jvp"], "f16": ["", "vjp", "jvp"]}
DTYPES = {"f64": "<f8", "f32": "<f4", "bf16": "<f4", "f16": "<f2"}


def run(text, function, folder, kind, chain, inputs):
    program = pathlib.Path(folder, f"{kind}.mlir")
    program.write_text(text.replace("f64", kind), encoding="utf-8")
    shapes, results = inputs[0], inputs[1]
    command = ["theria-run", str(program), f"--function={function}", "--tile=4x5"] + ([f"--derive={chain}"] if chain else [])
    for number, (shape, values) in enumerate(zip(shapes, inputs[2], strict=True)):
        npy.save(f"{folder}/in{number}.npy", DTYPES[kind], shape, values)
        command.append(f"--input=@{folder}/in{number}.npy")
    command += [f"--output=@{folder}/out{number}.npy" for number in range(len(results))]
    subprocess.run(command, check=True)
    return [npy.load(f"{folder}/out{number}.npy")[2] for number in range(len(results))]


def main(example, function, folder, *kinds):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    name, text = pathlib.Path(example).stem, pathlib.Path(example).read_text(encoding="utf-8")
    rng = random.Random(5)
    for kind in kinds:
        for chain in CHAINS[kind]:
            steps = chain.split(",") if chain else []
            shapes, results = spaces(steps, *programs.SHAPES[name])
            values = [[rng.randint(-64, 64) / 64 for _ in range(math.prod(shape))] for shape in shapes]
            want = run(text, function, folder, "f64", chain, (shapes, results, values))
            got = run(text, function, folder, kind, chain, (shapes, results, values))
            for number, (a, b) in enumerate(zip(got, want, strict=True)):
                error, bound = max(abs(x - y) for x, y in zip(a, b)), 16 * ROUNDING[kind] * 4 ** len(steps) * max(1, norm([b]))
                assert error <= bound, f"{name} {chain} {kind}: result {number} is {error} from f64's, more than {bound}"
            print(f"{name} {chain or 'forward'} {kind} agrees")


if __name__ == "__main__":
    main(*sys.argv[1:])
