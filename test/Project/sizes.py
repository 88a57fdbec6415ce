"""Checks that each file can be held in a reader's head at once: python3 sizes.py ROOT"""
import pathlib
import sys

from sources import sources

LIMITS = {".cpp": 400, ".h": 400, ".td": 200, ".py": 400, ".sh": 200}
TEST_LIMIT = 100
EXAMPLE_LIMIT = 200
ARRAYS_LIMIT = 1_000_000


def main(root):
    bad = 0
    for path in sources(root, *LIMITS, ".mlir", ".test"):
        limit = LIMITS.get(path.suffix, TEST_LIMIT if path.parts[0] == "test" else EXAMPLE_LIMIT)
        lines = len(pathlib.Path(root, path).read_text(encoding="utf-8").splitlines())
        if lines > limit:
            print(f"{path}: expected at most {limit} lines, but found {lines}; split it by idea", file=sys.stderr)
            bad += 1
    arrays = sum(pathlib.Path(root, path).stat().st_size for path in sources(root, ".npy") if path.parts[0] == "test")
    if arrays > ARRAYS_LIMIT:
        print(f"test: expected at most {ARRAYS_LIMIT} bytes of .npy files, but found {arrays}", file=sys.stderr)
        bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
