"""One case of one peer, in a process of its own: worker.py REQUEST, a JSON object. Runs in the virtual environment.

Prints a JSON object a line, one for each stage: ready (imported, inputs read, compiled where that is a step of its
own), first (the first call is done), done (the measurement, or why there is none).
"""

import ctypes
import gc
import importlib
import json
import pathlib
import statistics
import sys
import time

import numpy

MIB = 2.0**20
# Of malloc.h; and the bytes that may be kept.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT = 128 * 1024
# A first call that takes longer is run once more, not three times.
SLOW = 10.0


def say(stage, **fields):
    print(json.dumps({"stage": stage, **fields}), flush=True)


def status_mib(field):
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(field)) / 1024


def seconds_of(call):
    start = time.perf_counter()
    results = call()
    return time.perf_counter() - start, results


def growth_mib(call, result_bytes):
    """How far one call of a warm function makes the process grow, beyond inputs and results."""
    # Memory that the allocator keeps for later would hide what the call takes. From now on large buffers come from the
    # system and go back to it; what threads hold already goes back when a call frees something.
    libc = ctypes.CDLL(None)
    libc.mallopt(M_MMAP_THRESHOLD, KEPT)
    libc.mallopt(M_TRIM_THRESHOLD, KEPT)
    call()
    gc.collect()
    libc.malloc_trim(0)
    pathlib.Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = status_mib("VmRSS")
    call()
    return max(0.0, status_mib("VmHWM") - before - result_bytes / MIB)


def compare(results, wanted, tolerances):
    """The largest difference of a result, over the largest element of what is wanted, and its tolerance; the worst."""
    worst = {"error": 0.0, "tolerance": tolerances[0]}
    for result, path, tolerance in zip(results, wanted, tolerances, strict=True):
        want = numpy.load(path).astype(numpy.float64)
        if result.shape != want.shape:
            raise ValueError(f"expected a result of shape {want.shape}, but found {result.shape}")
        error = float(numpy.max(numpy.abs(result - want)) / numpy.max(numpy.abs(want)))
        if error != error:
            raise ValueError("expected numbers, but found NaN in its result or in Theria's")
        if error / tolerance > worst["error"] / worst["tolerance"]:
            worst = {"error": error, "tolerance": tolerance}
    return worst


def repeat(call, first, budget):
    times = []
    least = 3 if first < SLOW else 1
    start = time.perf_counter()
    while len(times) < least or (time.perf_counter() - start < budget and len(times) < 200):
        seconds, results = seconds_of(call)
        del results
        times.append(seconds)
    return times


def measure(request):
    peer = importlib.import_module(request["peer"] + "_peer").Peer(request)
    call = peer.way(request["program"], request["way"])
    if hasattr(peer, "prepare"):
        expected = peer.prepare(request["program"], request["way"])
        if expected > request["limit_seconds"]:
            return {"unavailable": f"one call would need about {expected:.0f} s, by a call on fewer rows"}
    say("ready")
    first, results = seconds_of(call)
    compared = compare([peer.to_numpy(result) for result in results], request["wanted"], request["tolerances"])
    say("first")
    del results
    if request["only_first"]:
        return {"first_s": first} | compared
    times = repeat(call, first, request["budget"])
    return {
        "first_s": first,
        "median_s": statistics.median(times),
        "min_s": min(times),
        "runs": len(times),
        "peak_mib": growth_mib(call, request["result_bytes"]),
    } | compared


def main(text):
    try:
        fields = measure(json.loads(text))
    except Exception as error:  # whatever a peer throws is a line of the table
        message = (str(error).strip() or type(error).__name__).splitlines()[0]
        fields = {"unavailable": message[:200]}
    say("done", **fields)


main(sys.argv[1])
