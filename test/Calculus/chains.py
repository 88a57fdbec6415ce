"""Every composition of jvp and vjp up to fourth order against central differences of the composition one order lower.

chains.py THERIA_RUN PROGRAM FOLDER ORDER [STEP…]

Checks the orders up to ORDER of the chains that begin with the given steps.

With g the lower derivative and u a direction in the space of its differentiable inputs, central differences give J·u to a
relative (ε/h + h²) ≈ ε^(2/3) for the step h = ε^(1/3). jvp g must return J·u, and the cotangents of vjp g along w must
satisfy ⟨w, J·u⟩ = ⟨Jᵀw, u⟩. The constant before ε^(2/3) ≈ 3.7e-11 is the third derivative's size: 1000 is allowed for.
"""
import itertools
import pathlib
import struct
import subprocess
import sys

EPSILON = 2.0**-52
STEPS = ("jvp", "vjp")
STEP = EPSILON ** (1 / 3)
TOLERANCE = 1000 * EPSILON ** (2 / 3)


class Derivative:
    """A composition of derivatives of the program's function, as a map from arrays to arrays."""

    def __init__(self, run, program, folder, chain):
        self.command = [run, program] + ([f"--derive={','.join(chain)}"] if chain else [])
        self.folder = pathlib.Path(folder)
        rows = subprocess.run(self.command + ["--signature"], check=True, capture_output=True, text=True).stdout.splitlines()
        self.inputs = [row.split()[-1] for row in rows if row.startswith("input")]
        self.outputs = [row.split()[-1] for row in rows if row.startswith("output")]

    def __call__(self, inputs):
        ins = [self.folder / f"in{number}.npy" for number in range(len(inputs))]
        outs = [self.folder / f"out{number}.npy" for number in range(len(self.outputs))]
        for path, values, kind in zip(ins, inputs, self.inputs, strict=True):
            save(path, shape(kind), values)
        flags = [f"--input=@{path}" for path in ins] + [f"--output=@{path}" for path in outs]
        subprocess.run(self.command + flags, check=True)
        return [load(path) for path in outs]


def shape(kind):
    """The sizes in a type as tensor<2x3xf64>; a scalar has none."""
    return [int(size) for size in kind.removeprefix("tensor<").split("x")[:-1]]


def save(path, sizes, values):
    header = repr({"descr": "<f8", "fortran_order": False, "shape": tuple(sizes)}).encode() + b"\n"
    path.write_bytes(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(values)}d", *values))


def load(path):
    data = path.read_bytes()
    data = data[10 + int.from_bytes(data[8:10], "little"):]
    return list(struct.unpack(f"<{len(data) // 8}d", data))


def values(kind, seed):
    """Reproducible numbers in [-1, 1), none of them special."""
    count = 1
    for size in shape(kind):
        count *= size
    return [((seed * 7919 + index * 104729 + 31) * 48271 % 2147483647) / 2**30 - 1 for index in range(count)]


def flat(arrays):
    return list(itertools.chain.from_iterable(arrays))


def dot(a, b):
    return sum(x * y for x, y in zip(flat(a), flat(b), strict=True))


def norm(arrays):
    return dot(arrays, arrays) ** 0.5


def differences(lower, point, direction):
    def moved(amount):
        return lower([[x + amount * d for x, d in zip(xs, ds)] for xs, ds in zip(point, direction)])

    return [[(a - b) / (2 * STEP) for a, b in zip(up, down)] for up, down in zip(moved(STEP), moved(-STEP))]


def check(name, error, scale):
    relative = error / max(scale, 1e-300)
    print(f"{name:24s} relative error {relative:.1e}")
    return relative <= TOLERANCE


def main(run, program, folder, order, *first):
    good = True
    for length in range(len(first), int(order)):
        for rest in itertools.product(STEPS, repeat=length - len(first)):
            chain = first + rest
            lower = Derivative(run, program, folder, chain)
            point = [values(kind, number) for number, kind in enumerate(lower.inputs)]
            direction = [values(kind, 100 + number) for number, kind in enumerate(lower.inputs)]
            weights = [values(kind, 200 + number) for number, kind in enumerate(lower.outputs)]
            slope = differences(lower, point, direction)
            tangent = Derivative(run, program, folder, (*chain, "jvp"))(point + direction)[len(slope):]
            error = norm([[a - b for a, b in zip(got, want)] for got, want in zip(tangent, slope)])
            good &= check(",".join((*chain, "jvp")), error, norm(slope))
            cotangent = Derivative(run, program, folder, (*chain, "vjp"))(point + weights)[len(slope):]
            want = dot(weights, slope)
            good &= check(",".join((*chain, "vjp")), abs(dot(cotangent, direction) - want), norm(weights) * norm(slope))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
