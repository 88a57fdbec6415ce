"""Random programs against exact values: python3 tools/theria-fuzz --help."""

import argparse
import concurrent.futures
import dataclasses
import pathlib
import signal
import sys
import time

from examine import RUNNING, command, examine
from program import Program
from reduce import reduce

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="theria-fuzz",
        description="Writes random programs over the whole language, runs each with a derivative and certifies it with "
        "theria-run --check: streaming, reference and oracle must agree at every stage. Undecided in part is one with a line "
        "of which nothing can be said, as a rule at a kink. Exit status 1 where one fails; each failing program is kept, with "
        "the command that shows it, and made smaller by theria-reduce.",
    )
    parser.add_argument("--seed", type=int, default=1, help="the first program's number (%(default)s)")
    parser.add_argument("--programs", type=int, help="how many programs, at most")
    parser.add_argument("--minutes", type=float, default=2.0, help="how long, at most (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="programs at a time (%(default)s)")
    parser.add_argument("--limit-seconds", type=int, default=60,
                        help="of a processor; a program that takes more fails (%(default)s)")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "fuzz",
                        help="where failing programs are kept (%(default)s)")
    parser.add_argument("--theria-run", type=pathlib.Path, default=ROOT / "build" / "bin" / "theria-run",
                        help="%(default)s")
    parser.add_argument("--theria-reduce", type=pathlib.Path, default=ROOT / "build" / "bin" / "theria-reduce",
                        help="%(default)s")
    parser.add_argument("--no-reduce", dest="reduce", action="store_false", help="keep failing programs as they are")
    parser.add_argument("--show", action="store_true", help="print the program of --seed and its command, and run nothing")
    return parser.parse_args()


def report(options, seed, outcome, run):
    print(f"program {seed}: {outcome.text}\n  {' '.join(run)}", flush=True)
    if options.reduce:
        print(reduce(options, run, outcome), flush=True)


@dataclasses.dataclass
class Count:
    """Of programs."""

    done: int = 0
    failed: int = 0
    refused: int = 0
    undecided: int = 0

    def text(self, options):
        return (f"{self.done} programs from seed {options.seed}, {self.refused} refused by the streaming path, "
                f"{self.undecided} undecided in part, {self.failed} failed")


def run_all(options, pool, count):
    """Runs programs until there are enough."""
    end = time.monotonic() + 60 * options.minutes
    seed = options.seed
    waiting = set()
    while True:
        more = time.monotonic() < end and (options.programs is None or seed < options.seed + options.programs)
        while more and len(waiting) < 2 * options.jobs:
            waiting.add(pool.submit(examine, options, seed))
            seed += 1
            more = options.programs is None or seed < options.seed + options.programs
        if not waiting:
            return
        finished, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
        for future in finished:
            found = future.result()
            outcome = found[1]
            count.done += 1
            count.refused += outcome.refused
            count.undecided += outcome.undecided
            if outcome.failed:
                count.failed += 1
                report(options, *found)
            elif count.done % 50 == 0:
                print(f"{count.done} programs, {count.failed} failed", flush=True)


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
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    count = Count()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        try:
            run_all(options, pool, count)
        except KeyboardInterrupt:
            RUNNING.stop()
            pool.shutdown(cancel_futures=True)
            print(f"\ntheria-fuzz: interrupted; {count.text(options)}", file=sys.stderr)
            return 130
    print(count.text(options))
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
