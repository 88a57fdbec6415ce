"""The digits' example with fewer images: few_digits.py EXAMPLES FOLDER writes the program and its arrays.

Exact values of all 1,797 images take minutes, and the program is the same for any number of them. A query is answered by
keys of its own digit, so there are some of each.
"""
import pathlib
import sys

import numpy

OF_EACH = 2


def main(examples, folder):
    folder.mkdir(parents=True, exist_ok=True)
    text = (examples / "digits.mlir").read_text(encoding="utf-8")
    for images, labels in (("keys", "key_labels"), ("queries", "query_labels")):
        digits = numpy.load(examples / "digits" / f"{labels}.npy")
        chosen = numpy.concatenate([numpy.flatnonzero(column)[:OF_EACH] for column in digits.T])
        text = text.replace(str(len(digits)), str(len(chosen)))
        numpy.save(folder / f"{labels}.npy", digits[chosen])
        numpy.save(folder / f"{images}.npy", numpy.load(examples / "digits" / f"{images}.npy")[chosen])
    (folder / "digits.mlir").write_text(text, encoding="utf-8")


main(*map(pathlib.Path, sys.argv[1:]))
