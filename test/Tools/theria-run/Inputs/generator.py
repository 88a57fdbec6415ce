"""theria-run's random numbers, from docs/theria-run.md alone: generator.py FILE normal|uniform SEED [TOLERANCE]

Checks that the file holds the first numbers of the generator; the tolerance is relative. Without one, uniform numbers
are exact, and normal ones as near as the C library's logarithm.
"""
import math
import sys

import npy

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def splitmix64(state):
    while True:
        state = (state + GOLDEN) & MASK
        bits = state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
        yield bits ^ (bits >> 31)


def uniform(stream):
    return (next(stream) >> 11) * 2.0**-53


def normal(stream):
    while True:
        x = 2 * uniform(stream) - 1
        y = 2 * uniform(stream) - 1
        square = x * x + y * y
        if 0 < square < 1:
            return x * math.sqrt(-2 * math.log(square) / square)


def main(path, kind, seed, tolerance=None):
    draw = normal if kind == "normal" else uniform
    tolerance = float(tolerance) if tolerance else 1e-15 if kind == "normal" else 0
    _, _, values = npy.load(path)
    seeds = splitmix64(int(seed))
    for index, found in enumerate(values):
        wanted = draw(splitmix64(next(seeds)))
        assert abs(found - wanted) <= tolerance * abs(wanted), (index, wanted, found)


if __name__ == "__main__":
    main(*sys.argv[1:])
