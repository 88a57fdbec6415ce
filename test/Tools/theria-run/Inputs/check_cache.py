"""Checks the cache of compiled programs: python3 check_cache.py THERIA_RUN PROGRAM.mlir FOLDER"""
import json
import pathlib
import shutil
import subprocess
import sys

TOOL, PROGRAM = shutil.which(sys.argv[1]), sys.argv[2]
FOLDER = pathlib.Path(sys.argv[3])
HEADER = len("theria-run compiled program 1\n")
DIGEST, KEY, LENGTH = 32, 32, 8


def start(*options, tool=TOOL, program=PROGRAM, name="run"):
    report, output = FOLDER.with_name(f"{name}.json"), FOLDER.with_name(f"{name}.npy")
    command = [tool, str(program), "--fill=normal:1", f"--cache={FOLDER}", f"--report={report}", f"--output=@{output}"]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    return process, report, output


def finish(process, report, output):
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    said = json.loads(report.read_text(encoding="utf-8"))
    return said["compile"]["cache"], output.read_bytes(), errors, said["totals"]


def run(*options, **how):
    return finish(*start(*options, **how))


def entries():
    return sorted(FOLDER.glob("llvmcache-*"))


# A miss, then a hit: the same bits, the same report, and nothing lowered.
state, bits, errors, totals = run()
assert (state, errors) == ("miss", ""), (state, errors)
assert run() == ("hit", bits, "", totals)
[entry] = entries()
good = entry.read_bytes()

# Any damage is a miss, is said, and is repaired.
record = HEADER + DIGEST + KEY + LENGTH
damages = [good[:0], good[: HEADER - 3], good[: record - 1], good[:-1], good + b"\0"]
for place in (0, HEADER, HEADER + DIGEST, HEADER + DIGEST + KEY, record, record + 900, len(good) // 2, len(good) - 1):
    damages.append(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
for damaged in damages:
    entry.write_bytes(damaged)
    state, again, errors, _ = run()
    assert (state, again) == ("miss", bits) and "the file is damaged; compiling it anew" in errors, (state, errors)
    assert entry.read_bytes() == good
assert run()[0] == "hit"

# Another program, option, function or build misses.
assert run("--tile=3x5")[0] == "miss"
assert run("--path=reference")[0] == "miss"
assert run("--derive=jvp")[0] == "miss"
moved = FOLDER.with_name("moved.mlir")
moved.write_text(pathlib.Path(PROGRAM).read_text(encoding="utf-8"), encoding="utf-8")
assert run(program=moved)[0] == "miss"
assert run("--threads=2")[0] == "hit"
other = FOLDER.with_name("theria-run")
shutil.copy(TOOL, other)
with open(other, "ab") as file:
    file.write(b"\0")
assert run(tool=str(other))[0] == "miss"
assert run(tool=str(other))[0] == "hit"

# Several processes at once, from nothing.
shutil.rmtree(FOLDER)
for state, again, errors, _ in [finish(*one) for one in [start(name=f"run{number}") for number in range(4)]]:
    assert (again, errors) == (bits, ""), errors
assert run()[:2] == ("hit", bits)
assert len(entries()) == 1 and not list(FOLDER.glob("*.tmp"))

# What is not used goes first: files of half a MiB, of which one MiB is kept.
for number in range(4):
    (FOLDER / f"llvmcache-{number}").write_bytes(bytes(1 << 19))
assert run("--tile=5x7", "--cache-size=1")[0] == "miss"
assert sum(file.stat().st_size for file in entries()) <= 1 << 20
assert run("--tile=5x7")[0] == "hit"
