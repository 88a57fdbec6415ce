"""Files that can't be written, and processes that end while they write."""

import pathlib
import signal
import subprocess
import sys

from process import SCENARIOS, Place

# Each of these calls fails in turn.
FAILING = ("create", "write", "sync", "close", "truncate", "rename")
# Before each of these, and in the middle of each write, the process ends.
ENDING = ("create", "write", "close", "rename")


def fail_calls(place, report):
    """How many calls failed, and how many of the ends were wrong."""
    done = wrong = 0
    for kind in FAILING:
        for number in range(1, place.count(kind) + 1):
            for after in ("", "+"):
                place.clear()
                what = place.wrong(place.run(fault=f"{kind}:{number}{after}"))
                done += 1
                wrong += tell(report, f"{kind}:{number}{after}", what)
    return done, wrong


def fill_disk(place, step, report):
    """The disk takes more and more bytes, until all of the files fit."""
    done = wrong = 0
    for room in range(0, 1 << 24, step):
        place.clear()
        end = place.run(fault=f"space:{room}")
        # A cache that finds no room is a warning, and what is in it already stays.
        what = place.wrong(end)
        done += 1
        wrong += tell(report, f"space:{room}", what)
        if end.status == 0 and not end.err:
            break
    return done, wrong


def kill(place, signals, report):
    """The process gets a signal at each of its calls that write; what had the names before stays whole."""
    done = wrong = 0
    for number in signals:
        for kind in ENDING:
            for call in range(1, place.count(kind) + 1):
                place.clear()
                before = put_former(place)
                end = place.run(fault=f"{kind}:{call}", then=int(number))
                done += 1
                wrong += tell(report, f"{number.name} at {kind}:{call}", wrong_after(place, number, end, before))
    return done, wrong


def put_former(place):
    former = {name: b"what was there before" for name in place.scenario.files[1:]}
    for name, content in former.items():
        (place.folder / name).write_bytes(content)
    return former


def wrong_after(place, number, end, former):
    """What is wrong with the files that a process left which a signal ended."""
    # 0: the signal came when all was done, or where a file had the name before there is no such call.
    if end.status not in (0, -number):
        return f"expected {number.name}, but found {end}"
    if number != signal.SIGKILL and place.rests():
        return f"left {place.rests()}"
    for name in place.scenario.files:
        path = place.folder / name
        if name in former and not path.exists():
            return f"{name} is lost"
        if path.exists() and path.read_bytes() != former.get(name) and place.read(name) != place.contents[name]:
            return f"{name} is not whole"
    # The next run works, and removes what a killed one left.
    again = place.run()
    if again.status or again.out != place.right.out or again.err:
        return f"the next run: {again}"
    if place.rests():
        return f"the next run leaves {place.rests()}"
    return place.wrong_files()


def tell(report, fault, what):
    if what:
        report(f"  FAILS {fault}: {what[:2000]}")
    return bool(what)


def fill_real_disk(place, report):
    """The same on a file system of memory that has a few pages; nothing where none can be mounted."""
    inner = [sys.executable, __file__, str(place.build), place.scenario.name, str(place.folder)]
    done = subprocess.run(["unshare", "--map-root-user", "--mount", *inner], capture_output=True, text=True, check=False)
    numbers = done.stdout.split()
    if done.returncode or len(numbers) != 2:
        return None
    if done.stderr:
        report(done.stderr)
    return tuple(int(number) for number in numbers)


def fill_mounted(build, name, folder):
    """Within a name space of mounts of its own."""
    target = pathlib.Path(folder).with_suffix(".full")
    target.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", target], check=True)
    place = Place(build, SCENARIOS[name], target / "runs")
    done = wrong = 0
    for pages in range(3, 40):
        place.clear()
        subprocess.run(["mount", "-o", f"remount,size={4 * pages}k", target], check=True)
        end = place.run()
        done += 1
        wrong += tell(lambda text: print(text, file=sys.stderr), f"{pages} pages", place.wrong(end))
        subprocess.run(["mount", "-o", "remount,size=64m", target], check=True)
        if end.status == 0 and not end.err:
            break
    print(done, wrong)


if __name__ == "__main__":
    fill_mounted(*sys.argv[1:])
