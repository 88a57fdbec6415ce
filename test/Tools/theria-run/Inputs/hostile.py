"""Broken and hostile .npy files: hostile.py THERIA_RUN PROGRAM FOLDER

Each must be one error with exit status 1, found in little time and memory, whatever the file claims.
"""
import os
import resource
import subprocess
import sys

import npy

DATA = bytes(24)


def file(text, data=DATA, version=1):
    return npy.header(text.encode("latin-1"), version) + data


def fields(descr="'<f4'", order="False", shape="(2, 3)"):
    return file(f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}")


GOOD = fields()
CASES = {
    "empty": (b"", "expected a .npy file"),
    "not-npy": (b"PK\x03\x04" + DATA, "expected a .npy file"),
    "magic-cut": (GOOD[:4], "expected a .npy file"),
    "version-cut": (GOOD[:6], "expected a version"),
    "version": (b"\x93NUMPY\x09\x00" + GOOD[8:], "expected .npy version 1.0, 2.0 or 3.0, but found 9.0"),
    "length-cut": (GOOD[:9], "expected the header's length"),
    "header-cut": (GOOD[:30], "but the file ends after 20 of them"),
    "length-huge": (b"\x93NUMPY\x02\x00\xff\xff\xff\xff{", "expected a header of 4294967295 bytes"),
    "data-cut": (GOOD[:-1], "expected 24 bytes of data for shape 2x3 of 'f4', but found 23"),
    "data-long": (GOOD + b"x", "expected 24 bytes of data for shape 2x3 of 'f4', but found 25"),
    "header-empty": (file(""), "expected '{' in the header, but found the end at its byte 0"),
    "not-a-dictionary": (file("[1, 2]"), "expected '{' in the header, but found '[1, 2]' at its byte 0"),
    "no-end": (file("{'descr': '<f4'"), "expected ',' or '}' in the header"),
    "string-no-end": (file("{'descr"), "expected a string that ends"),
    "key-missing": (file("{'descr': '<f4', 'shape': (2, 3)}"), "not all three are there"),
    "key-unknown": (file("{'dtype': '<f4'}"), "each of the keys 'descr', 'fortran_order' and 'shape' once"),
    "key-twice": (file("{'shape': (2, 3), 'shape': (2, 3)}"), "each of the keys"),
    "key-number": (file("{1: 2}"), "expected a string in the header"),
    "colon": (file("{'descr' '<f4'}"), "expected ':' in the header"),
    "after": (file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} or exec('x')"), "expected nothing after"),
    "zero-byte": (file("{'descr': '<f4\0'}"), "expected an element type of f2, f4"),
    "order": (fields(order="Maybe"), "expected True or False in the header, but found 'Maybe"),
    "objects": (fields(descr="'|O'"), "but found Python objects, which are never read"),
    "structured": (fields(descr="[('a', '<f4')]"), "but found a structured one"),
    "complex": (fields(descr="'<c8'"), "but found '<c8'; convert it with .astype"),
    "string": (fields(descr="'<U4'"), "but found '<U4'"),
    "long-double": (fields(descr="'<f16'"), "but found '<f16'"),
    "no-type": (fields(descr="''"), "but found ''"),
    "negative": (fields(shape="(2, -3)"), "expected a dimension of at least 0 in the header, but found '-3"),
    "huge-dimension": (fields(shape="(99999999999999999999,)"), "expected a dimension that fits 64 bits"),
    "product": (fields(shape="(4294967296, 4294967296)"), "expected a size that fits 64 bits"),
    "product-empty": (fields(shape="(0, 4294967296, 4294967296)"), "expected a size that fits 64 bits"),
    "huge": (fields(shape="(1000000000000,)"), "expected 4000000000000 bytes of data"),
    "number": (fields(shape="(6)"), "expected ',' in the shape"),
    "not-a-tuple": (fields(shape="[2, 3]"), "expected '(' before the shape"),
    "nested": (fields(shape="(" * 60000), "expected a dimension of at least 0"),
    "ranks": (fields(shape="(" + "1, " * 65 + ")"), "expected at most 64 dimensions"),
    "float-dimension": (fields(shape="(2.0, 3)"), "expected ',' in the shape"),
}


def main(tool, program, folder):
    os.makedirs(folder, exist_ok=True)
    # A sanitizer takes terabytes of addresses for its own.
    memory = resource.RLIM_INFINITY if {"ASAN_OPTIONS", "TSAN_OPTIONS"} & os.environ.keys() else 1 << 32
    for name, (content, wanted) in CASES.items():
        path = f"{folder}/{name}.npy"
        with open(path, "wb") as out:
            out.write(content)
        run = subprocess.run([tool, program, f"--input=@{path}"], capture_output=True, text=True, timeout=60, check=False,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)))
        assert run.returncode == 1, (name, run)
        assert run.stderr.count("error:") == 1 and wanted in run.stderr and path in run.stderr, (name, wanted, run.stderr)
        assert not run.stdout, (name, run.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
