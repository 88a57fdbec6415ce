"""Runs an identity function on every form of .npy: formats.py THERIA_RUN PROGRAM FOLDER"""
import itertools
import os
import subprocess
import sys

import npy

# In the order of the program's arguments. Each has values at its type's ends.
TYPES = {
    "f2": [0.5, -2.0, 65504.0, 0.0, 5.960464477539063e-08, -1.0],
    "f4": [0.5, -2.0, 3.4028234663852886e38, 0.0, 1.401298464324817e-45, -1.0],
    "f8": [0.5, -2.0, 1.7976931348623157e308, 0.1, 5e-324, -1.0],
    "i1": [-128, 127, 0, 1, -1, 5],
    "i2": [-32768, 32767, 0, 1, -1, 5],
    "i4": [-2147483648, 2147483647, 0, 1, -1, 5],
    "i8": [-(1 << 63), (1 << 63) - 1, 0, 1, -1, 5],
    "index": [-(1 << 63), (1 << 63) - 1, 0, 1, -1, 5],
    "u1": [255, 128, 0, 1, 127, 5],
    "u2": [65535, 32768, 0, 1, 127, 5],
    "u4": [4294967295, 2147483648, 0, 1, 127, 5],
    "u8": [(1 << 64) - 1, 1 << 63, 0, 1, 127, 5],
    "b1": [True, False, False, True, True, False],
}


def wanted(name, values):
    """What comes out, in the machine's byte order, which is little endian."""
    if name[0] == "u":
        bits = 8 * int(name[1])
        name, values = "i" + name[1], [v - (1 << bits) if v >> (bits - 1) else v for v in values]
    if name == "index":
        name = "i8"
    return ("|" if name in ("i1", "b1") else "<") + name, (2, 3), tuple(values)


def main(tool, program, folder):
    os.makedirs(folder, exist_ok=True)
    forms = itertools.product("<>", (False, True), (1, 2, 3))
    for number, (order, fortran, version) in enumerate(forms):
        command = [tool, program]
        for name, values in TYPES.items():
            dtype = ("|" if name in ("i1", "u1", "b1") else order) + ("i8" if name == "index" else name)
            path = f"{folder}/{number}.{name}.npy"
            npy.save(path, dtype, (2, 3), values, fortran, version)
            command += [f"--input=@{path}", f"--output=@{folder}/{name}.out.npy"]
        subprocess.run(command, check=True)
        for name, values in TYPES.items():
            found = npy.load(f"{folder}/{name}.out.npy")
            assert found == wanted(name, values), (order, fortran, version, name, found)


if __name__ == "__main__":
    main(*sys.argv[1:])
