"""Random programs against exact values: python3 tools/theria-fuzz --help."""

import argparse
import concurrent.futures
import pathlib
import signal
import subprocess
import sys
import time

from program import Program

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# What is shown of each program: a run on the streaming path and one on the reference path against exact values, the
# derivatives against differences, and the stages against each other.
LINES = "accuracy,differences,stages,bits"
# What the streaming path says of programs that it does not take (docs/Streaming.md).
REFUSALS = ("expected a sum of pairs over a batch dimension to be a result", "expected each dimension of connected pair tensors")


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="theria-fuzz",
        description="Writes random programs over the whole language, runs each with a derivative and certifies it with "
        "theria-run --check: streaming, reference and oracle must agree at every stage. Exit status 1 where one fails; "
        "each failing program is kept, with the command that shows it.",
    )
    parser.add_argument("--seed", type=int, default=1, help="the first program's number (%(default)s)")
    parser.add_argument("--programs", type=int, help="how many programs, at most")
    parser.add_argument("--minutes", type=float, default=2.0, help="how long, at most (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="programs at a time (%(default)s)")
    parser.add_argument("--limit-seconds", type=float, default=60, help="what takes longer fails (%(default)s)")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "fuzz",
                        help="where failing programs are kept (%(default)s)")
    parser.add_argument("--theria-run", type=pathlib.Path, default=ROOT / "build" / "bin" / "theria-run")
    parser.add_argument("--show", action="store_true", help="print the program of --seed and its command, and run nothing")
    return parser.parse_args()


REFUSED = "refused"


def command(options, program, path):
    return [str(options.theria_run), str(path), *program.options(), f"--check-lines={LINES}", "--check", "--cache=off",
            "--threads=1"]


def examine(options, seed):
    """The seed, what is wrong with its program (nothing where all is well), and its command."""
    program = Program(seed)
    path = options.folder / f"{seed}.mlir"
    path.write_text(program.text())
    run = command(options, program, path)
    try:
        done = subprocess.run(run, capture_output=True, text=True, timeout=options.limit_seconds)
        fault = "" if done.returncode == 0 else describe(done)
        if any(refusal in done.stderr for refusal in REFUSALS):
            fault = REFUSED
    except subprocess.TimeoutExpired:
        fault = f"no end within {options.limit_seconds:g} s"
    if fault in ("", REFUSED):
        path.unlink()
    return seed, fault, run


def describe(done):
    if done.returncode < 0:
        return f"ended by {signal.Signals(-done.returncode).name}: {done.stderr.strip()[:400]}"
    failing = [line.strip() for line in done.stdout.splitlines() if " FAILS " in line]
    return "; ".join(failing) or done.stderr.strip()[:400] or f"exit status {done.returncode}"


def report(seed, fault, run):
    print(f"program {seed}: {fault}\n  {' '.join(run)}", flush=True)


def main():
    options = parse_arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.show:
        program = Program(options.seed)
        print(program.text())
        print("// " + " ".join(command(options, program, f"{options.seed}.mlir")))
        return 0
    if not options.theria_run.exists():
        sys.exit(f"theria-fuzz: error: expected theria-run at {options.theria_run}, but found nothing; build it or give "
                 "--theria-run")
    end = time.monotonic() + 60 * options.minutes
    done = failed = refused = 0
    seed = options.seed
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting = set()
        while True:
            more = time.monotonic() < end and (options.programs is None or seed < options.seed + options.programs)
            while more and len(waiting) < 2 * options.jobs:
                waiting.add(pool.submit(examine, options, seed))
                seed += 1
                more = options.programs is None or seed < options.seed + options.programs
            if not waiting:
                break
            finished, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in finished:
                found = future.result()
                done += 1
                refused += found[1] == REFUSED
                if found[1] not in ("", REFUSED):
                    failed += 1
                    report(*found)
                elif done % 50 == 0:
                    print(f"{done} programs, {failed} failed", flush=True)
    print(f"{done} programs from seed {options.seed}, {refused} refused by the streaming path, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
