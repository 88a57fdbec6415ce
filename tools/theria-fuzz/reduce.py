"""A failing program made smaller by theria-reduce."""

import json
import pathlib
import subprocess

TEST = pathlib.Path(__file__).resolve().parent / "interesting.py"
# Reductions wait for as many runs as a program has values, or a few times that.
LIMIT_SECONDS = 600


def reduce(options, run, outcome):
    """Says where the smaller program is; `run` is the command that fails, of which the second word is the program."""
    program = pathlib.Path(run[1])
    if not options.theria_reduce.exists():
        return f"  not reduced: expected theria-reduce at {options.theria_reduce}, but found nothing"
    wanted = program.with_suffix(".json")
    wanted.write_text(json.dumps({"run": run, "faults": outcome.faults, "limit_seconds": options.limit_seconds}))
    smaller = program.with_suffix(".reduced.mlir")
    passes = "reduction-tree{test=%s test-arg=%s}" % (TEST, wanted)
    # The second time, functions are no longer called whose calls the first one left out.
    reducer = [str(options.theria_reduce), str(program), "-o", str(smaller), f"--pass-pipeline=builtin.module({passes},{passes})"]
    try:
        done = subprocess.run(reducer, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        return f"  not reduced within {LIMIT_SECONDS} s"
    finally:
        wanted.unlink()
    if done.returncode or not smaller.exists():
        return f"  not reduced: {done.stderr.strip()[:400]}"
    return f"  reduced to {smaller}"
