"""The arrays that a case is run on, from the .npy files that Theria reads too."""

import pathlib

import numpy


def load(folder, names):
    return [numpy.load(pathlib.Path(folder, f"{name}.npy")) for name in names]
