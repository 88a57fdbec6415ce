"""Prints what docs/examples/c/gradient prints of its results, as theria-run computes them.

gradient.py FOLDER PROGRAM.mlir
"""
import subprocess
import sys

import numpy as np

folder, program = sys.argv[1:]
index = np.arange(48.0).reshape(1, 2, 6, 4)
inputs = [np.sin(index), np.cos(index), np.sin(3 * index)]


def run(arrays, derive, results):
    command = ["theria-run", program, "--function=attention", "--path=reference", *derive]
    for number, array in enumerate(arrays):
        np.save(f"{folder}/input{number}.npy", array)
        command.append(f"--input=@{folder}/input{number}.npy")
    command += [f"--output=@{folder}/output{number}.npy" for number in range(results)]
    subprocess.run(command, check=True)
    return [np.load(f"{folder}/output{number}.npy") for number in range(results)]


forward = run(inputs, [], 1)
for name, array in zip(["attention", "gradient in q", "gradient in k", "gradient in v"],
                       run(inputs + forward, ["--derive=vjp"], 4)):
    print(f"{name:13}  norm {np.linalg.norm(array):.12f}")
