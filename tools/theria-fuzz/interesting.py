#!/usr/bin/env python3
"""For theria-reduce: does a program fail as another did? interesting.py WANTED.json PROGRAM.mlir; 1 means that it does."""

import json
import pathlib
import sys

from examine import observe


def main():
    wanted = json.loads(pathlib.Path(sys.argv[1]).read_text())
    run = [wanted["run"][0], sys.argv[2], *wanted["run"][2:]]
    outcome = observe(run, wanted["limit_seconds"])
    return 1 if set(outcome.faults) & set(wanted["faults"]) else 0


if __name__ == "__main__":
    sys.exit(main())
