"""Answers handwritten digits with attention and prints what came out: python3 digits.py THERIA_RUN EXAMPLES

Everything is computed by EXAMPLES/digits.mlir; here stand only the commands that run it and the table. Needs no NumPy.
"""
import array
import pathlib
import subprocess
import sys
import tempfile
import time

START = 16.0
# Central differences of f64: truncation and rounding are both below 1e-9 of the values here at this step.
STEP = 1e-4
TOLERANCE = 1e-8


class Program:
    """The functions of digits.mlir, run on the digits."""

    def __init__(self, theria_run, examples):
        self.command = [theria_run, str(examples / "digits.mlir")]
        data = ("keys", "key_labels", "queries", "query_labels")
        self.printed = ""  # by the last run
        self.data = [f"--input=@{examples / 'digits' / name}.npy" for name in data]

    def __call__(self, function, scale, results, *flags, after=()):
        """Results of a function of (scale, keys, their labels, queries, their labels, after…), each a list of floats."""
        with tempfile.TemporaryDirectory() as folder:
            files = [pathlib.Path(folder, f"{index}.npy") for index in range(results)]
            run = subprocess.run(
                [*self.command, f"--function={function}", *flags, f"--input={scale!r}", *self.data]
                + [f"--input={value!r}" for value in after]
                + [f"--output=@{file}" for file in files],
                stdout=subprocess.PIPE,
                text=True,
            )
            self.printed = run.stdout
            if run.returncode != 0:
                sys.exit(run.returncode)
            return [read_npy(file) for file in files]


def read_npy(file):
    """The values of a file that theria-run wrote: f64, little endian, version 1."""
    content = file.read_bytes()
    values = array.array("d")
    values.frombytes(content[10 + int.from_bytes(content[8:10], "little") :])
    return list(values)


def relative(value, want):
    return abs(value - want) / abs(want)


def main(theria_run, examples):
    program = Program(theria_run, examples)
    print("\nAttention reads 1,000 handwritten digits and answers 797 that it has not seen.")
    print("Newton's method finds the scale of the scores that answers best:\n", flush=True)

    began = time.monotonic()
    scales, losses, slopes = program("newton", START, 3, "--report")
    report = program.printed.partition("\n")[0]
    seconds = time.monotonic() - began
    print("  step         scale          loss          slope")
    for step, (scale, loss, slope) in enumerate(zip(scales, losses, slopes)):
        print(f"  {step:4d}  {scale:12.6f}  {loss:12.9f}  {slope:13.3e}")
    [[before], _] = program("evaluate", START, 2)
    [[after], _] = program("evaluate", scales[-1], 2)
    print(f"\n  accuracy {before:.1%} at scale {START:g}, {after:.1%} at scale {scales[-1]:.9f}")
    print(f"  {seconds:.1f} s for the {len(scales) - 1} steps, compiling included")
    print(f"  {report}")

    print(f"\nThe derivatives at scale {START:g}, each found in two ways:\n", flush=True)
    [_, [jvp]] = program("loss", START, 2, "--derive=jvp", "--wrt=0", after=[1.0])
    [_, [vjp]] = program("loss", START, 2, "--derive=vjp", "--wrt=0", after=[1.0])
    [[hvp]] = program("loss", START, 1, "--derive=hvp", "--wrt=0", after=[1.0, 1.0])
    [[up], [slope_up]] = program("loss", START + STEP, 2, "--derive=vjp", "--wrt=0", after=[1.0])
    [[down], [slope_down]] = program("loss", START - STEP, 2, "--derive=vjp", "--wrt=0", after=[1.0])
    rows = [
        ("slope", "JVP", jvp, "VJP", vjp, 1e-12),
        ("slope", "JVP", jvp, "differences", (up - down) / (2 * STEP), TOLERANCE),
        ("second derivative", "HVP", hvp, "differences", (slope_up - slope_down) / (2 * STEP), TOLERANCE),
    ]
    agree = True
    for what, one, value, other, want, tolerance in rows:
        error = relative(value, want)
        agree &= error <= tolerance
        verdict = "agree" if error <= tolerance else "DIFFER"
        print(f"  {what:17s}  {one} {value:+.12f}  {other:11s} {want:+.12f}  {verdict} (relative {error:.0e})")
    print()
    return 0 if agree else 1


sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
