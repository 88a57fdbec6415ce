"""Writes the handwritten digits beside this script: keys.npy, key_labels.npy, queries.npy, query_labels.npy.

Needs NumPy and scikit-learn, which ships the digits and downloads nothing:  python3 make_data.py
The images are shuffled by a fixed seed; the first 1000 are keys and the other 797 queries. Pixels are the integers
0 … 16 of the data set, so that what a program makes of them (÷ 16, unit norm) is exact in every float type.
"""
import pathlib

import numpy as np
from sklearn.datasets import load_digits

KEYS = 1000

digits = load_digits()
order = np.random.default_rng(0).permutation(len(digits.target))
pixels = digits.data[order].astype(np.int8)
labels = np.eye(10, dtype=np.int8)[digits.target[order]]
assert (pixels == digits.data[order]).all(), "expected integer pixels"

folder = pathlib.Path(__file__).parent
np.save(folder / "keys.npy", pixels[:KEYS])
np.save(folder / "key_labels.npy", labels[:KEYS])
np.save(folder / "queries.npy", pixels[KEYS:])
np.save(folder / "query_labels.npy", labels[KEYS:])
