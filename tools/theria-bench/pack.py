"""A folder that is carried to a machine with a GPU and times Theria beside PyTorch's kernels there."""

import json
import pathlib
import shutil
import subprocess
import tempfile

import machine
import process
import programs
from failure import Failure

ROOT = pathlib.Path(__file__).resolve().parents[2]
CARRIED = pathlib.Path(__file__).resolve().parent / "carried"
# Shapes, clauses and types that are published for kernels of derivatives, and f32.
CASES = (
    ((1, 12, 8192, 64), "", "bf16"),
    ((1, 12, 8192, 64), "causal", "bf16"),
    ((1, 24, 8192, 128), "", "bf16"),
    ((1, 24, 8192, 128), "causal", "bf16"),
    ((1, 12, 32768, 64), "causal", "bf16"),
    ((1, 12, 4096, 64), "", "f32"),
)
# Of results, as theria-bench reads them.
FORMAT = 1
QUICK = (((1, 2, 256, 64), "causal", "bf16"),)


def library_of(shape, clause, element):
    return "-".join(("x".join(map(str, shape)), clause or "full", element)) + ".so"


def compile_library(options, folder, case, bundle):
    """The first library brings the runtime with it, as a bundle."""
    source = folder / "module.mlir"
    source.write_text(programs.module(*case), encoding="utf-8")
    made = folder / "made"
    where = f"--bundle={made}" if bundle else f"-o={made / 'module.so'}"
    command = [options.theria_compile, str(source), *(f"--function={name}" for name in programs.PROGRAMS)]
    done = subprocess.run(
        [*command, f"--chip={options.chip}", "--cpu=x86-64", where], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failure(f"expected theria-compile to succeed, but it failed: {done.stderr.strip()}")
    (made / ("made.so" if bundle else "module.so")).rename(made / library_of(*case))
    for header in made.glob("m*.h"):
        header.unlink()


def pack(options):
    process.require("theria-compile", options.theria_compile)
    target = pathlib.Path(options.pack)
    if target.exists():
        raise Failure(f"expected a new folder, but found {target}; choose another --pack")
    chosen = QUICK if options.quick else CASES
    with tempfile.TemporaryDirectory(prefix="theria-bench-", dir=target.parent) as name:
        folder = pathlib.Path(name)
        for number, case in enumerate(chosen):
            print(f"[{number + 1}/{len(chosen)}] {library_of(*case)}", flush=True)
            compile_library(options, folder, case, bundle=number == 0)
        for file in CARRIED.glob("*.py"):
            shutil.copy(file, folder / "made")
        listed = [
            {"shape": shape, "clause": clause, "element": element, "library": library_of(shape, clause, element)}
            for shape, clause, element in chosen
        ]
        described = {"format": FORMAT, "chip": options.chip, "versions": {"theria": machine.commit(ROOT)}, "cases": listed}
        (folder / "made" / "cases.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
        (folder / "made").rename(target)
    print(f"Written: {target}; carry it to a machine with a GPU and PyTorch, and run python3 measure.py there")
    return 0
