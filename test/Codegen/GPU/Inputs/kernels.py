"""Kernels of attention and its derivatives, as PTX."""
import re
import subprocess

FUNCTIONS = {"forward": "forward", "jvp": "JVP", "vjp": "VJP", "gradient_hvp": "gradient and HVP"}
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


def program(element, features, clause, length=256, heads=2):
    statistic = "f64" if element == "f64" else "f32"
    types = f"!x = tensor<1x{heads}x{length}x{features}x{element}>\n!l = tensor<1x{heads}x{length}x{statistic}>\n"
    return types + CALLS.format(clause=clause)


def compile_to_module(opt, program, function, chip):
    """The host program and its kernels."""
    return subprocess.run([opt, "-", f"--theria-nvvm=function={function} chip={chip}"], input=program, text=True,
                          capture_output=True, check=True).stdout


def ptx_of(module):
    text = re.search(r'assembly = "((?:[^"\\]|\\.)*)"', module)[1]
    return re.sub(r"\\([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), text)


def blocks_of(module):
    """How many blocks of threads each sweep is launched with."""
    return {name: int(count) for name, count in re.findall(r"@(sweep\d+) blocks in \(%c(\d+)", module)}


def columns_of(module):
    """Of a tile of each sweep, which the report has in their order."""
    names = sorted(blocks_of(module), key=lambda name: int(name.removeprefix("sweep")))
    return dict(zip(names, map(int, re.findall(r"tile = \[\d+, (\d+)\]", module)), strict=True))
