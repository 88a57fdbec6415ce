"""Each operation with a rule, compiled, against the oracle: its values, its gradient, and the tangents of both.

operations.py THERIA_RUN FOLDER PROGRAM…

A program's first line may say where its arguments lie: `// range 0.4 2, -2 3`, or that only a VJP exists.
"""
import pathlib
import random
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Calculus"))
from chains import save, shape


def ranges(text, count):
    found = re.search(r"^// range (.*)$", text, re.M)
    pairs = [tuple(map(float, part.split())) for part in found[1].split(",")] if found else []
    return pairs + [pairs[-1] if len(pairs) == 1 else (-1.0, 1.0)] * (count - len(pairs))


def inputs(run, program, folder):
    """Files for the floating-point arguments of @f, all of them f64, and zeros for others."""
    signature = subprocess.run([run, program, "--function=f", "--signature"], check=True, capture_output=True, text=True)
    kinds = [line.split()[-1] for line in signature.stdout.splitlines() if line.startswith("input")]
    numbers = random.Random(program.name)
    for position, (kind, (low, high)) in enumerate(zip(kinds, ranges(program.read_text(), len(kinds)))):
        if "f64" not in kind:
            yield "--input=_"
            continue
        sizes = shape(kind) if kind.startswith("tensor") else []
        count = 1
        for size in sizes:
            count *= size
        path = folder / f"{program.stem}.{position}.npy"
        save(path, sizes, [numbers.uniform(low, high) for _ in range(count)])
        yield f"--input=@{path}"


def main():
    run, folder, *programs = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for program in map(pathlib.Path, programs):
        given = list(inputs(run, program, folder))
        # Its results are the operation's own, its gradient, and the tangents of both.
        chain = "vjp" if "// vjp only" in program.read_text() else "vjp,jvp"
        command = [run, program, "--function=f", *given, "--fill=normal:7", f"--derive={chain}", "--check",
                   "--check-lines=accuracy,differences,stages"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            wrong += 1
            print(f"{program.name} {chain}: {done.stdout}{done.stderr}")
    print(f"{len(programs)} operations, {wrong} wrong")


if __name__ == "__main__":
    main()
