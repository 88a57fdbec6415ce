"""Writes what libFuzzer starts from: seeds.py FUZZER FOLDER DICTIONARY

Seeds come from the inputs of other tests, so that they follow the language, and the dictionary from words of the seeds.
"""
import collections
import pathlib
import re
import shlex
import sys

TEST = pathlib.Path(__file__).resolve().parent.parent
RUN_INPUTS = TEST / "Tools" / "theria-run" / "Inputs"
# A seed that is long takes long, and most of its changes change little.
LONGEST = 2000


def programs():
    """The functions of the tests of the dialect and of derivatives, without comments; then the examples."""
    for path in sorted([*TEST.glob("Dialect/*.mlir"), *TEST.glob("Calculus/*.mlir"), *TEST.glob("Masking/*.mlir")]):
        for part in re.split(r"^// -----.*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            text = re.sub(r"^\s*//.*\n|\s+//.*$", "", part, flags=re.MULTILINE).strip() + "\n"
            aliases = re.findall(r"^[!#]\w+ =.*\n", text, flags=re.MULTILINE)
            for function in re.split(r"^(?=func\.func)", re.sub(r"^[!#]\w+ =.*\n", "", text, flags=re.MULTILINE),
                                     flags=re.MULTILINE):
                used = [alias for alias in aliases if re.search(re.escape(alias.split()[0]) + r"\b", function)]
                yield ("".join(used) + function).encode()
    for path in sorted((TEST.parent / "docs" / "examples").glob("*.mlir")):
        yield re.sub(r"^\s*//.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE).encode()


def arrays():
    """Files of the tests of the .npy reader, broken ones and whole ones."""
    sys.path.insert(0, str(RUN_INPUTS))
    import hostile
    import npy

    for content, _ in hostile.CASES.values():
        yield content
    for dtype in ("<f2", ">f4", "=f8", "|i1", "<i8", ">u2", "|b1"):
        for shape in ((), (3,), (2, 3), (0, 5)):
            for fortran in (False, True):
                count = 1
                for size in shape:
                    count *= size
                yield npy.header(npy.describe(dtype, shape, fortran)) + bytes(count * int(dtype[2:]))


def command_lines():
    """What tests give to theria-run, an argument a line."""
    for path in sorted((TEST / "Tools" / "theria-run").glob("*.mlir")):
        for line in re.findall(r"RUN: .*?theria-run (.*)", path.read_text(encoding="utf-8")):
            command = re.split(r"\s(?:\||&&|\d?>)|;", line)[0]
            try:
                yield "\n".join(shlex.split(command)).encode()
            except ValueError:
                pass  # A line that goes on in the next one.


SEEDS = {"parser": programs, "compiler": programs, "npy": arrays, "arguments": command_lines}


def main(fuzzer, folder, dictionary):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    seeds = {seed for seed in SEEDS[fuzzer]() if seed.strip() and len(seed) <= LONGEST}
    seeds = sorted(seeds, key=lambda seed: (len(seed), seed))
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number:04}").write_bytes(seed)
    word = re.compile(rb"-{0,2}[A-Za-z_][\w.]+|->|[<>]f\d")
    counts = collections.Counter(found for seed in seeds for found in set(word.findall(seed)))
    common = sorted(found.decode() for found, count in counts.items() if count >= 2)
    pathlib.Path(dictionary).write_text("".join(f'"{word}"\n' for word in common), encoding="ascii")
    print(f"{len(seeds)} seeds of {sum(map(len, seeds))} bytes, {len(common)} words")


if __name__ == "__main__":
    main(*sys.argv[1:])
