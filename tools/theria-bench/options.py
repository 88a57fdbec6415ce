"""What the command line says."""

import argparse
import os
import pathlib

import plan
from failure import Failure
from peers import TITLES
from programs import PROGRAMS

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHAPES = "1x8x2048x64,1x2x8192x64,1x8x512x128,32x4x64x32"
GROWTH = "256,512,1024,2048,4096,8192,16384,32768"
QUICK = {"shapes": "1x2x64x16", "growth": "32,64", "peers": "none", "seconds": 0.05}
PEERS = ("openblas", *TITLES)

DESCRIPTION = """\
Times Theria beside OpenBLAS, PyTorch, JAX and KeOps on attention and its derivatives (f32, on the CPU), each case in a
process of its own, and compares every peer's results with Theria's.

Writes results.json, table.md and growth.svg into --output. The first run makes a virtual environment and installs the
peers with pip; a peer that cannot be installed is named in the table with the reason.
"""
EPILOG = """\
programs     forward      O = softmax(q·kᵀ/√D)·v                                      2 useful products
             jvp          O and its tangent along tangents of q, k and v              6
             vjp          O and its cotangents of q, k and v, for a cotangent of O    6
             hvp          the gradient in q, k, v and its tangent along q̇, k̇, v̇       13
experiments  shapes       every program on every shape
             growth       one head, D = 64, for each size of --growth
             clauses      causal and a window beside no mask, Theria alone
             compile      the first call of attention with every clause, Theria beside JAX

Exit status: 0; 1 where anything is wrong, Theria fails or a peer's result disagrees; 130 where interrupted.
"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}; see --help")


def parser():
    made = Parser(
        prog="theria-bench",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = made.add_argument
    add("--peers", metavar="LIST", help=f"of {','.join(PEERS)}; none for Theria alone (all)")
    add("--programs", metavar="LIST", default=",".join(PROGRAMS), help="of the programs below (%(default)s)")
    add("--experiments", metavar="LIST", default=",".join(plan.EXPERIMENTS), help="of those below (%(default)s)")
    add("--shapes", metavar="BxHxNxD,…", help=f"batch, heads, rows and keys, depth ({SHAPES})")
    add("--growth", metavar="N,…", help=f"sizes of the growth ({GROWTH})")
    add("--threads", metavar="T", help="processors that every program may use (all)")
    add("--seconds", metavar="S", help="how long a case is repeated, at least 3 times unless one takes 10 s (2)")
    add("--limit-seconds", metavar="S", default="60", help="a case whose call takes longer is left out (%(default)s)")
    add("--limit-gib", metavar="G", default="16", help="a case that takes more memory is left out (%(default)s)")
    add("--theria-run", metavar="FILE", default=str(ROOT / "build/bin/theria-run"), help="the tool that is timed")
    add("--environment", metavar="DIR", default=str(ROOT / "build/bench-venv"), help="the virtual environment")
    add("--pack", metavar="DIR", help="compile programs for a GPU into a new folder, with what times them there")
    add("--chip", metavar="NAME", default="sm_90a", help="of --pack: the GPU's (%(default)s)")
    add("--theria-compile", metavar="FILE", default=str(ROOT / "build/bin/theria-compile"), help="of --pack")
    add("--output", metavar="DIR", help="where the files are written (build/bench; with --page or --gpu-page, docs)")
    add("--quick", action="store_true", help="tiny shapes, Theria alone: whether it works, not how fast it is")
    add("--install", action="store_true", help="install the peers, and run nothing")
    add(
        "--page",
        metavar="JSON",
        help="write performance.md and performance/growth.svg from the results of an earlier run, and run nothing",
    )
    add(
        "--gpu-page",
        metavar="JSON",
        help="write performance/NAME.md from the results NAME.json of a run on a GPU, and run nothing",
    )
    return made


def names(text, what, known):
    """Distinct names of a list; none is the empty list."""
    found = [] if text == "none" else text.split(",")
    for name in found:
        if name not in known:
            raise Failure(f"expected {what} of {', '.join(known)}, but found '{name}'; give one or more with commas")
    if len(set(found)) != len(found):
        raise Failure(f"expected each of --{what} once, but found '{text}'; leave out the repeated one")
    return found


def number(text, flag, kind, least, most):
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or not least <= value <= most:
        raise Failure(f"expected a number from {least} to {most} for --{flag}, but found '{text}'; give such a number")
    return value


def shape(text):
    parts = text.split("x")
    if len(parts) != 4:
        raise Failure(f"expected a shape BxHxNxD for --shapes, but found '{text}'; give one such as 1x8x2048x64")
    return tuple(number(part, "shapes", int, 1, 2**20) for part in parts)


def parse(arguments):
    options = parser().parse_args(arguments)
    for name, value in {"peers": ",".join(PEERS), "shapes": SHAPES, "growth": GROWTH, "seconds": 2}.items():
        if getattr(options, name) is None:
            setattr(options, name, QUICK[name] if options.quick else value)
    processors = sorted(os.sched_getaffinity(0))
    options.peers = names(options.peers, "peers", PEERS)
    options.programs = names(options.programs, "programs", tuple(PROGRAMS))
    options.experiments = names(options.experiments, "experiments", plan.EXPERIMENTS)
    options.shapes = [shape(text) for text in options.shapes.split(",")]
    options.growth = [number(text, "growth", int, 1, 2**20) for text in options.growth.split(",")]
    options.threads = number(options.threads or len(processors), "threads", int, 1, len(processors))
    options.processors = processors[: options.threads]
    options.seconds = number(options.seconds, "seconds", float, 0.01, 600)
    options.limit_seconds = number(options.limit_seconds, "limit-seconds", float, 1, 3600)
    options.limit_gib = number(options.limit_gib, "limit-gib", float, 0.125, 4096)
    options.output = pathlib.Path(options.output or ROOT / ("docs" if options.page or options.gpu_page else "build/bench"))
    return options
