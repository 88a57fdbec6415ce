"""Checks the parts of results of theria-bench: python3 check-results.py results.json"""

import json
import pathlib
import sys

results = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
assert {"format", "date", "machine", "threads", "versions", "yardstick", "peers", "missing"} < set(results), results
assert {"cpu", "cores", "vectors", "memory_gib", "system"} <= set(results["machine"])
# 2 programs: on a shape, at a size, with 4 clauses, and compiled.
measurements = results["measurements"]
assert len(measurements) == 2 + 2 + 8 + 2, len(measurements)
for record in measurements:
    assert record["subject"] == "theria" and "unavailable" not in record, record
    if record["experiment"] == "compile":
        assert record["first_s"] > 0
        continue
    assert 0 < record["min_s"] <= record["median_s"] and record["peak_mib"] >= 0, record
    batch, heads, size, depth = record["shape"]
    products = {"forward": 2, "hvp": 13}[record["program"]]
    # The window reaches over all of the tiny sizes.
    pairs = size * (size + 1) // 2 if record["clause"] else size * size
    flop = products * 2 * batch * heads * pairs * depth
    assert record["products"] == products and record["share"] is None
    assert abs(record["gflops"] - flop / record["min_s"] / 1e9) < 0.01, record
