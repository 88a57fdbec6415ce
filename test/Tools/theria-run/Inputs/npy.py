"""Reads and writes .npy files with the standard library alone.

npy.py save FILE DTYPE SHAPE VALUE… [--fortran] [--version=2]   DTYPE such as '<f4', SHAPE such as 2x3 or scalar
npy.py show FILE…                                               prints dtype, shape and values, a line a file
"""
import itertools
import math
import struct
import sys

CODES = {"f2": "e", "f4": "f", "f8": "d", "b1": "?"}
CODES |= {f"{kind}{size}": code for size, (i, u) in {1: "bB", 2: "hH", 4: "iI", 8: "qQ"}.items()
          for kind, code in (("i", i), ("u", u))}


def order_code(dtype):
    return {"<": "<", ">": ">", "|": "=", "=": "="}[dtype[0]]


def header(text, version=1):
    """The magic string, the version and `text` as the header."""
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + length + text


def describe(dtype, shape, fortran=False):
    return repr({"descr": dtype, "fortran_order": fortran, "shape": tuple(shape)}).encode() + b"\n"


def save(path, dtype, shape, values, fortran=False, version=1):
    """Writes `values`, listed in C order."""
    if fortran:
        strides = [math.prod(shape[axis + 1:]) for axis in range(len(shape))]
        positions = itertools.product(*(range(size) for size in reversed(shape)))
        values = [values[sum(i * s for i, s in zip(reversed(p), strides))] for p in positions]
    data = struct.pack(f"{order_code(dtype)}{len(values)}{CODES[dtype[1:]]}", *values)
    with open(path, "wb") as file:
        file.write(header(describe(dtype, shape, fortran), version) + data)


def load(path):
    """(dtype, shape, values in C order) of a file in C order of version 1, as theria-run writes it."""
    with open(path, "rb") as file:
        assert file.read(8) == b"\x93NUMPY\x01\x00", path
        (length,) = struct.unpack("<H", file.read(2))
        assert (10 + length) % 64 == 0, path
        fields = eval(file.read(length).decode(), {})  # pylint: disable=eval-used
        assert sorted(fields) == ["descr", "fortran_order", "shape"] and not fields["fortran_order"], fields
        dtype, shape = fields["descr"], fields["shape"]
        values = struct.unpack(f"{order_code(dtype)}{math.prod(shape)}{CODES[dtype[1:]]}", file.read())
    return dtype, shape, values


def main(command, *words):
    flags = dict((word[2:] + "=").split("=")[:2] for word in words if word.startswith("--"))
    words = [word for word in words if not word.startswith("--")]
    if command == "show":
        for path in words:
            dtype, shape, values = load(path)
            print(dtype, shape, *values)
        return
    path, dtype, shape, *values = words
    shape = [] if shape == "scalar" else [int(size) for size in shape.split("x")]
    number = float if dtype[1] == "f" else int
    save(path, dtype, shape, [number(value) for value in values], "fortran" in flags, int(flags.get("version", 1)))


if __name__ == "__main__":
    main(*sys.argv[1:])
