"""Runs golden tests on the streaming path: python3 goldens.py SCHEDULE TEST..., patterns of files below test/.

Every theria-run of a test that compares with golden values runs again with --path=streaming and tiles of 2x3, so small
that even these shapes have several blocks, and blocks that are cut off.
"""
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


def commands(text, file):
    """The RUN lines of a test, with its own definitions and %s, %root replaced."""
    lines = re.sub(r"\\\n// (RUN|DEFINE):", " ", text)
    names = {"%s": str(file), "%root": str(ROOT)}
    for name, value in re.findall(r"^// DEFINE: (%\{\w+\}) = (.*)$", lines, re.MULTILINE):
        names[name] = value
    for line in re.findall(r"^// RUN: ((?:theria-run|%\{)[^|\n]*--expect=[^|\n]*)$", lines, re.MULTILINE):
        while any(name in line for name in names):
            for name, value in names.items():
                line = line.replace(name, value)
        yield shlex.split(line)


def main(schedule, *patterns):
    count = 0
    for file in sorted(file for pattern in patterns for file in (ROOT / "test").glob(pattern)):
        for command in commands(file.read_text(encoding="utf-8"), file):
            command[1:1] = ["--tile=16x16"] if schedule == "emulated" else ["--path=streaming", "--tile=2x3", f"--schedule={schedule}"]
            command[0] = "theria-emulate" if schedule == "emulated" else command[0]
            done = subprocess.run(command, cwd=ROOT / "test/Golden/values", check=False, capture_output=True, text=True)
            assert done.returncode == 0, (shlex.join(command), done.stderr)
            count += 1
    assert count, patterns
    print(f"{count} runs agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
