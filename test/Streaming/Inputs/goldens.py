"""Runs the golden tests whose names start with PREFIX on the streaming path: python3 goldens.py TILE PREFIX...

Every theria-run of a golden test runs again with --path=streaming --tile=TILE, with tiles so small that even these
shapes have several blocks, and blocks that are cut off.
"""
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "test" / "Golden"


def commands(text, file):
    """The RUN lines of a test, with its own definitions and %s, %root replaced."""
    lines = re.sub(r"\\\n// (RUN|DEFINE):", " ", text)
    names = {"%s": str(file), "%root": str(ROOT)}
    for name, value in re.findall(r"^// DEFINE: (%\{\w+\}) = (.*)$", lines, re.MULTILINE):
        names[name] = value
    for line in re.findall(r"^// RUN: (theria-run.*|%\{.*)$", lines, re.MULTILINE):
        while any(name in line for name in names):
            for name, value in names.items():
                line = line.replace(name, value)
        yield shlex.split(line)


def main(tile, *prefixes):
    count = 0
    for file in sorted(GOLDEN.glob("*.mlir")):
        if not file.name.startswith(prefixes):
            continue
        for command in commands(file.read_text(encoding="utf-8"), file):
            command[1:1] = ["--path=streaming", f"--tile={tile}"]
            done = subprocess.run(command, cwd=GOLDEN / "values", check=False, capture_output=True, text=True)
            assert done.returncode == 0, (shlex.join(command), done.stderr)
            count += 1
    assert count, prefixes
    print(f"{count} runs agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
