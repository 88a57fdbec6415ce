"""Checks that the project speaks of itself alone: python3 words.py ROOT

No folder of one machine or person and no number of a tracker stands in a text that a reader gets.
"""
import pathlib
import re
import sys

from sources import sources

PRIVATE = re.compile(r"(?<![\w.%}-])/(work|home|root|Users|mnt|scratch)/\w|\b[Ii]ssue #?\d|\blocalhost\b")
SUFFIXES = (".cpp", ".h", ".td", ".py", ".sh", ".md", ".mlir", ".test", ".txt", ".in")


def main(root):
    files = list(sources(root, *SUFFIXES))
    files += [path.relative_to(root) for path in pathlib.Path(root).iterdir() if path.suffix in SUFFIXES]
    bad = 0
    for path in files:
        for number, line in enumerate(pathlib.Path(root, path).read_text(encoding="utf-8").splitlines(), 1):
            if found := PRIVATE.search(line):
                print(f"{path}:{number}: expected no word of one machine, but found {found.group()!r}", file=sys.stderr)
                bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
