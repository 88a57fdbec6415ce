"""Registers and spills of attention's sweeps, as ptxas says: the tables of docs/GPU.md.

python3 registers.py THERIA_OPT [CHIP...]; needs ptxas of the CUDA Toolkit on the path. Exit status 1 where a sweep spills.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = """
func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {{
  %o, %l = theria.sdpa %q, %k, %v {clause} : (!x, !x, !x) -> (!x, !l)
  return %o : !x
}}
func.func @forward(%q: !x, %k: !x, %v: !x) -> !x {{
  %y = call @attention(%q, %k, %v) : (!x, !x, !x) -> !x
  return %y : !x
}}
func.func @jvp(%q: !x, %k: !x, %v: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x) {{
  %y, %t = theria.jvp @attention(%q, %k, %v) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x)
  return %y, %t : !x, !x
}}
func.func @vjp(%q: !x, %k: !x, %v: !x, %g: !x) -> (!x, !x, !x, !x) {{
  %y, %a, %b, %c = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  return %y, %a, %b, %c : !x, !x, !x, !x
}}
func.func private @gradient(%q: !x, %k: !x, %v: !x, %g: !x) -> (!x, !x, !x) {{
  %y, %a, %b, %c = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  return %a, %b, %c : !x, !x, !x
}}
func.func @gradient_hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x, !x, !x, !x) {{
  %d:6 = theria.jvp @gradient(%q, %k, %v, %g) tangents(%tq, %tk, %tv) wrt = [0, 1, 2]
    : (!x, !x, !x, !x) -> (!x, !x, !x, !x, !x, !x)
  return %d#0, %d#1, %d#2, %d#3, %d#4, %d#5 : !x, !x, !x, !x, !x, !x
}}
"""
USAGE = re.compile(r"properties for (sweep\d+)\n.*?(\d+) bytes spill stores.*?Used (\d+) registers", re.DOTALL)


def compile_to_ptx(opt, program, function, chip):
    module = subprocess.run([opt, "-", f"--theria-nvvm=function={function} chip={chip}"], input=program, text=True,
                            capture_output=True, check=True).stdout
    text = re.search(r'assembly = "((?:[^"\\]|\\.)*)"', module)[1]
    return re.sub(r"\\([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), text)


def usage(ptx, chip, folder):
    """What the sweeps need, one after the other."""
    (folder / "kernels.ptx").write_text(ptx, encoding="utf-8")
    said = subprocess.run(["ptxas", f"-arch={chip}", "-v", "kernels.ptx", "-o", "kernels.cubin"], cwd=folder, check=True,
                          capture_output=True, text=True).stderr
    return "; ".join(f"{registers}, spills {spills}" if int(spills) else registers
                     for _, spills, registers in USAGE.findall(said))


def table(opt, chip, folder):
    """Prints a row for each type, number of features and mask; returns the sweeps that spill."""
    print(f"\n| {chip} | features | causal | forward | JVP | VJP | gradient and HVP |")
    print("| --- | ---: | --- | --- | --- | --- | --- |")
    spilling = []
    for element in ("bf16", "f32"):
        for features in (64, 128):
            for clause in ("", "causal"):
                types = f"!x = tensor<1x2x256x{features}x{element}>\n!l = tensor<1x2x256xf32>\n"
                program = types + CALLS.format(clause=clause)
                cells = [usage(compile_to_ptx(opt, program, function, chip), chip, folder)
                         for function in ("forward", "jvp", "vjp", "gradient_hvp")]
                spilling += [cell for cell in cells if "spills" in cell]
                print("|", " | ".join([element, str(features), "yes" if clause else "no", *cells]), "|", flush=True)
    return spilling


def main(opt, *chips):
    if not shutil.which("ptxas"):
        sys.exit("error: expected ptxas, but found none on the path; install the CUDA Toolkit")
    with tempfile.TemporaryDirectory() as folder:
        spilling = [cell for chip in chips or ("sm_90a",) for cell in table(opt, chip, pathlib.Path(folder))]
    return 1 if spilling else 0


sys.exit(main(*sys.argv[1:]))
