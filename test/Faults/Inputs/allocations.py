"""Every allocation of a run fails in turn: once in a copy of the process, and where that goes on, in a whole run."""

import collections
import dataclasses
import pathlib
import re

from process import CRASH, ERROR


@dataclasses.dataclass
class Sweep:
    """What the file of THERIA_FAULT_SWEEP says: calls, what they say, and files that are there meanwhile."""

    calls: int = 0
    said: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    open: list = dataclasses.field(default_factory=list)


def is_end(status, text, removed, files):
    """A copy that ended as promised by itself; any other is run again."""
    return (status == 1 and len(ERROR.findall(text)) == 1 and not CRASH.search(text) and files <= removed)


def read(path):
    """The sweep, and the numbers of its calls that did not end the copy as promised."""
    sweep, files = Sweep(), set()
    number, lines, removed = None, [], set()
    with open(path, errors="replace", encoding="utf-8") as file:
        for line in file:
            word, _, rest = line.rstrip("\n").partition(" ")
            if word == "call" and rest.isdigit():
                number, lines, removed = int(rest), [], set()
            elif word == "end" and re.fullmatch(r"\d+ -?\d+", rest):
                text = "\n".join(lines)
                sweep.calls += 1
                if is_end(int(rest.split()[1]), text, removed, files):
                    sweep.said[message(text)] += 1
                else:
                    sweep.open.append(number)
                number = None
            elif word == "made" and number is None:
                files |= {rest} if rest.endswith(".tmp") else set()
            elif word == "gone":
                (files.discard if number is None else removed.add)(rest)
            elif number is not None and line.strip():
                lines.append(line.rstrip("\n"))
    return sweep


def message(text):
    """The error without its numbers."""
    line = ERROR.search(text)
    return re.sub(r"\d+", "N", text[line.start():].splitlines()[0])


def sweep(place, stride, depth, after="", report=print):
    """Each call that is reached by a path of its own fails, or with `depth` 0 each call, and of these each stride-th;
    `after` is "+" where all that follow do too."""
    log = pathlib.Path(f"{place.folder}.sweep")
    log.unlink(missing_ok=True)
    place.clear()
    end = place.run(limit_seconds=None, fault=f"allocation:{stride}{after}", sweep=log, depth=depth)
    found = read(log)
    assert end == place.right, (end, place.right)
    wrong = 0
    for number in found.open:
        place.clear()
        end = place.run(fault=f"allocation:{number}{after}")
        what = place.wrong(end)
        found.said[message(end.err) if end.status == 1 and not what else "went on, results right" if not what else what] += 1
        if what:
            wrong += 1
            report(f"  FAILS allocation:{number}{after}: {what[:2000]}")
    return found, wrong


def count_and_fail(place, kind, wanted, report, **options):
    """Each call of a kind fails, which must be an error that says `wanted`."""
    done = wrong = 0
    for number in range(1, place.count(kind, **options) + 1):
        place.clear()
        end = place.run(fault=f"{kind}:{number}", **options)
        what = place.wrong(end, fatal=True)
        if not what and not re.search(wanted, end.err):
            what = f"expected {wanted}, but found {end.err}"
        done += 1
        if what:
            wrong += 1
            report(f"  FAILS {kind}:{number}: {what[:2000]}")
    return done, wrong


def fail_arrays(place, least, report):
    """Each array of the tool's own and of generated code, which has at least so many bytes."""
    return count_and_fail(place, "allocation", r"no room for \d+ bytes|expected memory for \d+ bytes", report,
                          least=least, caller=place.scenario.command[0])


def fail_maps(place, report):
    return count_and_fail(place, "map", "expected to load the compiled program, but", report)
