"""The project's own files: python3 sources.py ROOT SUFFIX… prints those with one of these suffixes."""
import pathlib
import sys

ROOMS = ("dialect", "include", "lib", "runtime", "tools", "test", "docs")


def sources(root, *suffixes):
    """Files below the rooms of the tree with one of the suffixes, sorted; relative to the root."""
    root = pathlib.Path(root)
    files = (path for room in ROOMS for path in (root / room).rglob("*") if path.suffix in suffixes)
    return sorted(path.relative_to(root) for path in files)


if __name__ == "__main__":
    for file in sources(*sys.argv[1:]):
        print(pathlib.Path(sys.argv[1], file))
