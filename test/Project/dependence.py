"""Checks what includes what: python3 dependence.py ROOT

The floors are dialect ← lib ← tools. The rooms of lib stand side by side on dialect, and only lib/Pipelines knows them
all. runtime is linked into generated code and knows nobody. The engine names no operation of attention.
"""
import pathlib
import re
import sys

from sources import sources

INCLUDE = re.compile(r'^\s*#?\s*include\s+[<"]([^">]+)[">]', re.MULTILINE)
# What a file of each floor may include of the project; lib is refined to rooms below.
FLOORS = {
    "dialect": {"dialect"},
    "include": {"include", "dialect"},
    "runtime": {"runtime"},
    "lib": {"dialect", "include", "lib", "runtime"},
    "tools": {"dialect", "include", "lib", "runtime", "tools"},
}
ENGINE = ("lib/Calculus/", "lib/Simplify/")
NAMED = re.compile(r"sdpa|attention|softmax", re.IGNORECASE)


def floor(path):
    first = path.split("/")[0]
    return "include" if first == "theria" else first if first in FLOORS else None


def problems(file, text):
    room = file.split("/")[1]
    for header in INCLUDE.findall(text):
        if header.startswith("."):
            yield f"expected a path from the project's root, but found a relative include of {header}"
        elif (found := floor(header)) is None:
            continue
        elif found not in FLOORS[floor(file)]:
            yield f"expected includes of {' and '.join(sorted(FLOORS[floor(file)]))} only, but found {header}"
        elif found == "lib" and floor(file) == "lib" and room != "Pipelines" and header.split("/")[1] != room:
            yield f"expected a room of lib to know itself alone, but found {header}; only lib/Pipelines knows all"
    if file.startswith(ENGINE) and (named := NAMED.search(text)):
        yield f"expected an engine that names no operation, but found {named.group()!r}"


def main(root):
    bad = 0
    for path in sources(root, ".cpp", ".h", ".td"):
        file = path.as_posix()
        if floor(file) is None:
            continue
        for problem in problems(file, pathlib.Path(root, path).read_text(encoding="utf-8")):
            print(f"{file}: {problem}", file=sys.stderr)
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
