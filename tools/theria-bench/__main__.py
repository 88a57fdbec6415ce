"""theria-bench: python3 tools/theria-bench --help"""

import json
import os
import pathlib
import signal
import sys
import tempfile

import bench
import chart
import environment
import files
import gpu_page
import machine
import options as command_line
import pack
import page
import process
import table
from failure import Failure


def measure(options):
    process.require("theria-run", options.theria_run)
    if options.peers or options.install:
        python, missing = environment.prepare(options.environment, options.peers)
        for peer, reason in missing.items():
            print(f"{peer}: not available: {reason}", file=sys.stderr)
    else:
        python, missing = None, {}
    if options.install:
        return 1 if missing else 0
    # Every program that is timed may use these processors, and finds as many.
    os.sched_setaffinity(0, options.processors)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(options.threads)
    # The yardstick is what OpenBLAS does for this processor, not for one that the caller names.
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)

    versions = machine.versions(command_line.ROOT, environment.versions(options.environment) if python else {})
    with tempfile.TemporaryDirectory(prefix="theria-bench-") as folder:
        run = bench.Bench(options, python, missing, pathlib.Path(folder))
        records = run.run()
    bench.finish(records, run.probes)
    results = {
        "format": pack.FORMAT,
        "date": machine.date(),
        "machine": machine.describe(),
        "threads": options.threads,
        "versions": versions,
        "yardstick": {
            "library": run.library,
            "size": bench.QUICK_SIZE if options.quick else bench.SIZE,
            "gflops": max(run.probes, default=None),
            "probes": run.probes,
        },
        "peers": options.peers,
        "missing": missing,
        "measurements": records,
    }
    text = table.tables(results)
    files.write_all(
        {
            options.output / "results.json": json.dumps(results, indent=1, ensure_ascii=False) + "\n",
            options.output / "table.md": text,
            options.output / "growth.svg": chart.growth(results),
        }
    )
    print(text)
    print(f"Written: results.json, table.md and growth.svg in {options.output}")
    failed = [record for record in records if record.get("failed")]
    for record in failed:
        print(f"failed: {bench.named(record)}: {bench.said(record)}", file=sys.stderr)
    return 1 if failed else 0


def read_results(path):
    try:
        results = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(
            f"expected results that can be read, but {path}: {error.strerror}; give a results.json"
        ) from error
    except ValueError as error:
        raise Failure(f"expected JSON, but {path} is not ({error}); give a results.json of theria-bench") from error
    if not isinstance(results, dict) or results.get("format") != pack.FORMAT:
        raise Failure(f"expected results of format {pack.FORMAT}, but found others in {path}; run theria-bench again")
    return results


def write_page(options):
    results = read_results(options.page)
    try:
        contents = {
            options.output / "performance.md": page.page(results, pathlib.Path(options.page).name),
            options.output / "performance" / "growth.svg": chart.growth(results),
        }
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Failure(
            f"expected whole results of theria-bench, but {options.page} has not all of them ({error!r}); "
            "run theria-bench again"
        ) from error
    files.write_all(contents)
    return 0


def write_gpu_page(options):
    path = pathlib.Path(options.gpu_page)
    files.write_all({options.output / "performance" / (path.stem + ".md"): gpu_page.page(read_results(path), path.name)})
    return 0


def main(arguments):
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        options = command_line.parse(arguments)
        if options.pack:
            return pack.pack(options)
        if options.gpu_page:
            return write_gpu_page(options)
        return write_page(options) if options.page else measure(options)
    except Failure as error:
        print(f"theria-bench: error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ntheria-bench: interrupted; no results were written", file=sys.stderr)
        return 130


sys.exit(main(sys.argv[1:]))
