"""Times Theria's programs beside PyTorch's kernels on this machine's GPU: python3 measure.py --help.

Needs this folder, which `theria-bench-cuda pack` has made, NVIDIA's driver, and PyTorch.
"""

import argparse
import functools
import json
import pathlib
import statistics
import subprocess
import sys
import time

import torch

import attention
import library

FOLDER = pathlib.Path(__file__).resolve().parent
INPUTS = {"forward": "qkv", "jvp": "qkvabc", "vjp": "qkvg", "hvp": "qkvgabc"}  # a, b, c: the tangents
ELEMENTS = {"bf16": torch.bfloat16, "f16": torch.float16, "f32": torch.float32}
# Above this many scores of a head a reference in f64 does not fit a GPU.
MOST_SCORES = 1 << 27


def seconds_of(run, budget):
    """Times between events on the stream, in seconds: at least 3 runs after the first, as many as fit the budget."""
    run()
    torch.cuda.synchronize()
    times = []
    end = time.monotonic() + budget
    while len(times) < 3 or (time.monotonic() < end and len(times) < 100):
        start, stop = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        run()
        stop.record()
        stop.synchronize()
        times.append(start.elapsed_time(stop) / 1e3)
    return times


def error_of(results, wanted):
    """The largest of the results' relative errors in norm, for the head that the reference has."""

    def error(result, want):
        return float((result[:1, :1].double() - want).norm() / want.norm())

    errors = [error(result, want) for result, want in zip(results, wanted, strict=True)]
    return errors if all(found == found for found in errors) else None


def measure(bind, inputs, wanted, budget):
    try:
        run = bind(inputs)
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        results = run()
        torch.cuda.synchronize()
        record = {"peak_mib": (torch.cuda.max_memory_allocated() - before) / 2**20}
        if wanted:
            errors = error_of(results, wanted)
            record["errors"] = errors
        del results
        times = seconds_of(run, budget)
        return record | {"median_s": statistics.median(times), "min_s": min(times), "runs": len(times)}
    except torch.OutOfMemoryError:
        return {"unavailable": "out of memory"}
    except RuntimeError as why:
        return {"unavailable": str(why).splitlines()[0]}


def subjects(case, program, chosen):
    """Theria's program, then PyTorch's ways of it."""
    own = library.programs(FOLDER / case["library"])[program]
    yield "theria", "", own.bind
    causal = case["clause"] == "causal"
    for way in attention.WAYS[program] if "torch" in chosen else ():
        function = attention.peer(program, way, causal)
        yield "torch", way, lambda inputs, function=function: functools.partial(function, *inputs)


def run_case(case, options):
    torch.manual_seed(7)
    named = {
        name: torch.randn(case["shape"], device="cuda", dtype=ELEMENTS[case["element"]]) for name in "qkvgabc"
    }
    for program in options.programs:
        inputs = [named[name] for name in INPUTS[program]]
        wanted = None
        if case["shape"][2] ** 2 <= MOST_SCORES:
            wanted = attention.reference(program, case["clause"] == "causal", inputs)
        for subject, way, bind in subjects(case, program, options.subjects):
            record = {key: case[key] for key in ("shape", "clause", "element")}
            record |= {"program": program, "subject": subject, "way": way}
            yield record | measure(bind, inputs, wanted, options.seconds)


def describe_machine():
    device = torch.cuda.get_device_properties(0)
    query = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    driver = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return {
        "gpu": device.name,
        "multiprocessors": device.multi_processor_count,
        "memory_gib": round(device.total_memory / 2**30, 1),
        "driver": driver[0] if driver else "unknown",
    }


def said(record):
    what = record.get("unavailable") or f"{record['median_s'] * 1e3:9.3f} ms"
    errors = record.get("errors")
    if errors:
        what += "  errors " + " ".join(f"{error:.1e}" for error in errors)
    shape = "x".join(map(str, record["shape"]))
    return f"{shape} {record['clause']:6} {record['element']:4} {record['program']:7} {record['subject']} {record['way']}: {what}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--output", default="results.json", help="where results are written (%(default)s)")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long a case is repeated (%(default)s)")
    parser.add_argument("--programs", type=lambda text: text.split(","), default=list(INPUTS), help="of forward,jvp,vjp,hvp")
    parser.add_argument("--subjects", type=lambda text: text.split(","), default=["theria", "torch"], help="of theria,torch")
    parser.add_argument("--cases", type=lambda text: [int(part) for part in text.split(",")], help="by number, from 0")
    parser.add_argument("--minutes", type=float, default=60.0, help="after which no case is begun (%(default)s)")
    options = parser.parse_args()
    packed = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))
    cases = packed.pop("cases")
    results = packed | {
        "machine": describe_machine(),
        "versions": packed["versions"] | {"torch": torch.__version__, "cudnn": torch.backends.cudnn.version()},
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "measurements": [],
    }
    end = time.monotonic() + 60 * options.minutes
    for number, case in enumerate(cases):
        if (options.cases is not None and number not in options.cases) or time.monotonic() > end:
            continue
        for record in run_case(case, options):
            results["measurements"].append(record)
            print(said(record), flush=True)
            pathlib.Path(options.output).write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


sys.exit(main())
