"""Refuses Python files named as modules of Python's own: python3 modules.py ROOT

A script finds those beside it first, and so do the modules of Python that it imports.
"""
import sys

from sources import sources


def main(root):
    bad = [file for file in sources(root, ".py") if file.stem in sys.stdlib_module_names]
    for file in bad:
        print(f"{file}: expected a name that no module of Python has, but found {file.stem}; choose another")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
