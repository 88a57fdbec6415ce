"""Whatever the system does to the tools: every.py BUILD [PART…], all parts if none is named.

Each line says what was done and how many ends were not as docs/Faults.md promises; exit status 1 where one was not.
"""

import argparse
import pathlib
import signal
import sys
import tempfile

import allocations
import files
import interrupts
from process import SCENARIOS, Place

# Each allocation of the small ones fails; of the others, one for each path of 16 frames by which it is reached.
SMALL = ("oracle", "warm", "opt")
LARGE = ("forward", "derivative", "threads", "check", "cold")
DEPTH = 16
WRITING = ("forward", "report", "check", "opt", "cold", "warm")
LARGEST_ARRAY = 4096


class Total:
    def __init__(self, options):
        self.options, self.wrong = options, 0
        self.folder = pathlib.Path(options.folder or tempfile.mkdtemp(prefix="theria-faults-"))

    def place(self, name):
        return Place(self.options.build, SCENARIOS[name], self.folder / name)

    def scenarios(self, names):
        wanted = self.options.scenario
        return [self.place(name) for name in names if not wanted or name in wanted]

    def tell(self, what, done, wrong):
        self.wrong += wrong
        print(f"{what}: {done} faults, {wrong} wrong", flush=True)


def allocation(total):
    """One allocation fails, or it and all that follow."""
    for place in total.scenarios(SMALL + LARGE):
        name = place.scenario.name
        depth = 0 if name in SMALL else DEPTH
        found, wrong = allocations.sweep(place, total.options.stride, depth)
        total.tell(f"allocation, {name}", found.calls, wrong)
        if total.options.verbose:
            for text, number in found.said.most_common():
                print(f"  {number} {text}")
    for place in total.scenarios(("derivative", "oracle", "opt")):
        found, wrong = allocations.sweep(place, total.options.stride, DEPTH, after="+")
        total.tell(f"allocations from one on, {place.scenario.name}", found.calls, wrong)


def data(total):
    """Each array, and each piece of memory for code."""
    for place in total.scenarios(("arrays", "built")):
        total.tell(f"array, {place.scenario.name}", *allocations.fail_arrays(place, LARGEST_ARRAY, print))
    for place in total.scenarios(("forward",)):
        total.tell("memory for code", *allocations.fail_maps(place, print))


def disk(total):
    """Calls that write fail, and disks fill up."""
    for place in total.scenarios(WRITING):
        total.tell(f"calls that write, {place.scenario.name}", *files.fail_calls(place, print))
        step = total.options.stride if total.options.stride > 1 else 97
        total.tell(f"room on the disk, {place.scenario.name}", *files.fill_disk(place, step, print))
        full = files.fill_real_disk(place, print)
        if full:
            total.tell(f"a file system that is full, {place.scenario.name}", *full)
        else:
            print("a file system that is full: not tried, since mount is not permitted here")


def kill(total):
    """The process ends at each of its calls that write."""
    for place in total.scenarios(WRITING):
        total.tell(f"ended while writing, {place.scenario.name}",
                   *files.kill(place, (signal.SIGKILL, signal.SIGTERM, signal.SIGINT), print))


def interrupt(total):
    """The process is told to end while it works."""
    build = pathlib.Path(total.options.build).resolve()
    done, wrong, longest = interrupts.interrupt_all(build, total.folder / "interrupts", total.options.rounds, print)
    total.tell("told to end while working", done, wrong)
    if total.options.verbose:
        print(f"  at most {longest:.2f} s until the end")


PARTS = {part.__name__: part for part in (allocation, data, disk, kill, interrupt)}


def main():
    parser = argparse.ArgumentParser(prog="every.py", description=__doc__)
    parser.add_argument("build", help="the build folder")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--scenario", action="append", help="only this one; may be given again")
    parser.add_argument("--stride", type=int, default=1, help="only each so many-th allocation or byte of room")
    parser.add_argument("--rounds", type=int, default=8, help="how often each tool is told to end (%(default)s)")
    parser.add_argument("--folder", help="for the files of the runs")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    total = Total(options)
    for name in options.parts or PARTS:
        PARTS[name](total)
    return 1 if total.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
