"""Registers and spills of attention's sweeps, as ptxas says: the tables of docs/GPU.md.

python3 registers.py THERIA_OPT [CHIP...]; needs ptxas of the CUDA Toolkit on the path. Exit status 1 where a sweep spills,
or where ptxas lets products by wgmma wait for each other: "serialized".
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import kernels

USAGE = re.compile(r"properties for (sweep\d+)\n.*?(\d+) bytes spill stores.*?Used (\d+) registers", re.DOTALL)


def usage(ptx, chip, folder):
    """What the sweeps need, one after the other."""
    (folder / "kernels.ptx").write_text(ptx, encoding="utf-8")
    said = subprocess.run(["ptxas", f"-arch={chip}", "-v", "kernels.ptx", "-o", "kernels.cubin"], cwd=folder, check=True,
                          capture_output=True, text=True).stderr
    cell = "; ".join(f"{registers}, spills {spills}" if int(spills) else registers
                     for _, spills, registers in USAGE.findall(said))
    return f"{cell}, serialized" if "serialized" in said else cell


def table(opt, chip, folder):
    """Prints a row for each type, number of features and mask; returns the sweeps that spill."""
    print(f"\n| {chip} | features | causal | {' | '.join(kernels.FUNCTIONS.values())} |")
    print("| --- | ---: | --- | --- | --- | --- | --- |")
    spilling = []
    for element in ("bf16", "f32", "f64"):
        for features in (64, 128):
            for clause in ("", "causal"):
                program = kernels.program(element, features, clause)
                cells = [usage(kernels.ptx_of(kernels.compile_to_module(opt, program, function, chip)), chip, folder)
                         for function in kernels.FUNCTIONS]
                spilling += [cell for cell in cells if "spills" in cell or "serialized" in cell]
                print("|", " | ".join([element, str(features), "yes" if clause else "no", *cells]), "|", flush=True)
    return spilling


def main(opt, *chips):
    if not shutil.which("ptxas"):
        sys.exit("error: expected ptxas, but found none on the path; install the CUDA Toolkit")
    with tempfile.TemporaryDirectory() as folder:
        spilling = [cell for chip in chips or ("sm_90a",) for cell in table(opt, chip, pathlib.Path(folder))]
    return 1 if spilling else 0


sys.exit(main(*sys.argv[1:]))
