"""Checks that every source carries its name and the licence: python3 licence.py ROOT"""
import pathlib
import sys

from sources import sources

LICENCE = """
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
"""


def main(root):
    bad = 0
    for path in sources(root, ".cpp", ".h", ".td"):
        title, rest = pathlib.Path(root, path).read_text(encoding="utf-8").split("\n", 1)
        if not title[2:].startswith(f"===- {path.name} - ") or not ("\n" + rest).startswith(LICENCE):
            print(f"{path}: expected a first line '//===- {path.name} - …' and the licence below it", file=sys.stderr)
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
