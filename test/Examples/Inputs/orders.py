"""Runs an example to third order, streaming and on the reference path: orders.py EXAMPLE FUNCTION FOLDER [CHAIN@TILE…].

What a derivative returns, R, is compared with an implementation of the forward function alone (programs.py), paired with
weights W, for which no reverse mode is needed: with F the derivative one step lower,

  <jvp F (X, Ẋ), (W, Ẇ)> = <F(X), W> + d/de <F(X + e·Ẋ), Ẇ>
  <vjp F (X, Ȳ), (W, U)> = <F(X), W> + d/de <F(X + e·U), Ȳ>

and d/de is exact (jets.py). Both paths must also agree in every element.

Tolerance: a sum of n terms is within n·ε of Σ|terms|, and lengths of nested sums add up; each order takes at most four times
as many terms (a product of four factors has four). So ε·(sum of all sizes + 16)·4^order, relative to the norms of R
and W, where 16 stands for the functions and products of one pair.
"""
import math
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tools/theria-run/Inputs"))
import jets
import npy
import programs

EPSILON = 2.0**-52
# Each order in all its forms, each tile at several orders; 128x128 is the default.
CHAINS = ("@2x3 @128x128 jvp@5x4 vjp@2x3 vjp@128x128 jvp,jvp@2x3 jvp,vjp@5x4 vjp,jvp@2x3 vjp,vjp@5x4 "
          "vjp,jvp,jvp@2x3 vjp,vjp,jvp@5x4")


def spaces(chain, inputs, outputs):
    """The shapes of a derivative's inputs and outputs."""
    for step in chain:
        inputs, outputs = (inputs + inputs, outputs + outputs) if step == "jvp" else (inputs + outputs, outputs + inputs)
    return inputs, outputs


def pairing(program, chain, inputs, weights):
    """<F(X), W> for the derivative F."""
    if not chain:
        results = getattr(programs, program)(*inputs)
        return programs.total(programs.dot(result, weight) for result, weight in zip(results, weights, strict=True))
    *lower, step = chain
    shapes, results = spaces(lower, *programs.SHAPES[program])
    point, extra = inputs[:len(shapes)], inputs[len(shapes):]
    first, last = weights[:len(results)], weights[len(results):]
    direction, seeds = (extra, last) if step == "jvp" else (last, extra)
    e = jets.Jet({1 << len(lower): 1.0})
    moved = [[x + e * d for x, d in zip(xs, ds)] for xs, ds in zip(point, direction, strict=True)]
    slope = pairing(program, lower, moved, seeds).slope(len(lower))
    return pairing(program, lower, point, first) + slope


def run(command, program, folder, chain, inputs):
    shapes, results = spaces(chain, *programs.SHAPES[program])
    command = command + ([f"--derive={','.join(chain)}"] if chain else [])
    for number, (shape, values) in enumerate(zip(shapes, inputs, strict=True)):
        npy.save(f"{folder}/in{number}.npy", "<f8", shape, values)
        command.append(f"--input=@{folder}/in{number}.npy")
    command += [f"--output=@{folder}/out{number}.npy" for number in range(len(results))]
    subprocess.run(command, check=True)
    return [npy.load(f"{folder}/out{number}.npy")[2] for number in range(len(results))]


def norm(arrays):
    return math.sqrt(sum(x * x for values in arrays for x in values))


def check(command, program, folder, chain, tile):
    shapes, results = spaces(chain, *programs.SHAPES[program])
    rng = random.Random(7)
    inputs, weights = [[[rng.gauss(0, 1) for _ in range(math.prod(shape))] for shape in part] for part in (shapes, results)]
    sizes = sum(size for shape in programs.SHAPES[program][0] for size in shape)
    tolerance = EPSILON * (sizes + 16) * 4 ** len(chain)
    streaming = run([*command, "--path=streaming", f"--tile={tile}"], program, folder, chain, inputs)
    reference = run([*command, "--path=reference"], program, folder, chain, inputs)
    name = f"{program} {','.join(chain) or 'forward'} by tiles of {tile}"
    for number, (a, b) in enumerate(zip(streaming, reference, strict=True)):
        error, bound = max(abs(x - y) for x, y in zip(a, b)), 2 * tolerance * norm([b])
        assert error <= bound, f"{name}: result {number} is {error} from the reference path's, more than {bound}"
    want = pairing(program, chain, [[jets.lift(x) for x in xs] for xs in inputs], weights).real()
    got = math.fsum(x * w for xs, ws in zip(streaming, weights) for x, w in zip(xs, ws, strict=True))
    error, bound = abs(got - want), tolerance * norm(streaming) * norm(weights)
    assert error <= bound, f"{name}: {got} is {error} from {want}, more than {bound}"
    print(f"{name}: {error / bound:.3f} of the tolerance")


def main(example, function, folder, *chains):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    for item in chains or CHAINS.split():
        chain, tile = item.split("@")
        command = ["theria-run", example, f"--function={function}"]
        check(command, pathlib.Path(example).stem, folder, chain.split(",") if chain else [], tile)


if __name__ == "__main__":
    main(*sys.argv[1:])
