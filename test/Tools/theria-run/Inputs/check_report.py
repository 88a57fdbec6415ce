"""Checks reports of one program with sizes and with `?`: python3 check_report.py STATIC.json DYNAMIC.json"""
import json
import pathlib
import sys

ROWS, COLUMNS, FEATURES, HEADS = 96, 100, 16, 2

static, dynamic = (json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:])
for report in (static, dynamic):
    assert report["path"] == "streaming"
    assert [stage["name"] for stage in report["compile"]["stages"]] == ["parse", "calculus", "streaming", "code", "LLVM", "load"]
    assert report["totals"]["product_count"] == 6
    assert report["totals"]["flop"] == 6 * 2 * HEADS * ROWS * COLUMNS * FEATURES
    [stream] = report["streams"]
    sizes = {axis["name"]: axis["size"] for axis in stream["axes"]}
    assert (sizes["rows"], sizes["columns"]) == (ROWS, COLUMNS), sizes
    [sweep] = stream["sweeps"]
    rows, columns = sweep["tile"]
    blocks = HEADS * -(-ROWS // rows) * -(-COLUMNS // columns)
    assert sweep["blocks"] == blocks, sweep
    assert sweep["strip_bytes"] == 4 * rows * columns * -(-COLUMNS // columns) * sweep["strip_count"], sweep
    assert sweep["bytes_moved"] > 4 * blocks * columns * 2 * FEATURES, sweep
    assert len(sweep["products"]) == sweep["product_count"] == 6
