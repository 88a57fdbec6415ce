"""Runs that are told to end while they work."""

import os
import re
import shutil
import signal
import subprocess
import time

from process import PROGRAMS, heed_signals

# Each would take minutes.
LONG = ["--function=long", "--threads=2", "--input=400000x16xf64=normal:1", "--input=400000x16xf64=normal:2"]
SHORT = ["--function=long", "--input=40x16xf64=normal:1", "--input=40x16xf64=normal:2"]
EXACT = ["--function=long", "--input=400x16xf64=normal:1", "--input=400x16xf64=normal:2"]
CASES = {
    "compile": ["theria-run", "--function=attention", "--fill=normal:7", "--derive=vjp,jvp,vjp,jvp,vjp", "--output=@a.npy"],
    "run": ["theria-run", *LONG, "--output=@a.npy"],
    "oracle": ["theria-run", *EXACT, "--path=oracle", "--precision=16384", "--output=@a.npy"],
    "check": ["theria-run", *EXACT, "--check=c.json", "--precision=16384", "--output=@a.npy"],
    "time": ["theria-run", *SHORT, "--time=1000000", "--output=@a.npy"],
    "opt": ["theria-opt", "-", "-o", "o.mlir"],
}
WORDS = {signal.SIGINT: "interrupted", signal.SIGTERM: "told to end", signal.SIGHUP: "told to end"}


def temporary_file_is_there(folder):
    return any(name.endswith(".tmp") for name in os.listdir(folder))


def wait_for(condition, process, limit_seconds=60):
    end = time.monotonic() + limit_seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def interrupt(build, folder, case, number, delay_seconds):
    """The seconds until the end, and what is wrong with it."""
    tool, *options = CASES[case]
    program = [] if tool == "theria-opt" else [str(PROGRAMS)]
    command = [str(build / "bin" / tool), *program, *options]
    environment = os.environ | {"THERIA_CACHE_DIR": "off"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, preexec_fn=heed_signals) as process:
        # theria-opt reads its program first, which here never ends.
        ready = tool == "theria-opt" or wait_for(lambda: temporary_file_is_there(folder), process)
        time.sleep(max(delay_seconds, 0.5 if tool == "theria-opt" else 0))
        begin = time.monotonic()
        process.send_signal(number)
        try:
            out, err = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            return 30.0, "no end"
    seconds = time.monotonic() - begin
    wanted = rf"{tool}: error: {WORDS[number]}; no file was written\n"
    if not ready or process.returncode != -number or out or not re.fullmatch(wanted, err):
        return seconds, f"expected {wanted!r}, but found status {process.returncode}, {out!r}, {err!r}"
    if os.listdir(folder):
        return seconds, f"left {os.listdir(folder)}"
    return seconds, None


def interrupt_all(build, folder, rounds, report):
    """How many runs were told to end, how many did not as they should, and the longest time until an end."""
    done = wrong = 0
    longest = 0.0
    # What an earlier run left would say that a process is at work.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for turn in range(rounds):
        for index, case in enumerate(CASES):
            number = list(WORDS)[(turn + index) % len(WORDS)]
            seconds, what = interrupt(build, folder, case, number, delay_seconds=0.3 * turn)
            longest = max(longest, seconds)
            done += 1
            if what:
                wrong += 1
                report(f"  FAILS {number.name} at {case} after {0.3 * turn:.1f} s: {what}")
    return done, wrong, longest
