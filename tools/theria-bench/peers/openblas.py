"""The yardstick: the rate of a large f32 matrix product of NumPy's OpenBLAS. Prints one JSON object.

openblas.py SIZE RUNS; the environment says how many threads.
"""

import json
import sys
import time

import numpy


def main(size, runs):
    blas = numpy.show_config(mode="dicts")["Build Dependencies"]["blas"]
    random = numpy.random.default_rng(7)
    a, b = (random.standard_normal((size, size), dtype=numpy.float32) for _ in range(2))
    out = numpy.empty_like(a)
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        numpy.matmul(a, b, out=out)
        times.append(time.perf_counter() - start)
    print(json.dumps({"stage": "done", "library": f"{blas['name']} {blas['version']}", "seconds": min(times[1:])}))


main(int(sys.argv[1]), int(sys.argv[2]))
