"""The programs that Theria is timed beside: what they are, and how one case of one is run."""

import contextlib
import json
import pathlib
import time

import clauses
import programs
from process import staged

HERE = pathlib.Path(__file__).parent / "peers"
TITLES = {"torch": "PyTorch", "jax": "JAX", "keops": "KeOps"}
ORDERS = ("forward-over-reverse", "reverse-over-reverse")
# Every way in which a peer may be asked for a program; the fastest counts.
WAYS = {
    "torch": {"forward": ("fused", "math"), "jvp": ("math",), "vjp": ("fused", "math"), "hvp": ORDERS},
    "jax": {"forward": ("xla",), "jvp": ("xla",), "vjp": ("xla",), "hvp": ORDERS},
    "keops": {"forward": ("lazy",), "jvp": ("lazy",), "vjp": ("lazy",), "hvp": ("lazy",)},
}
# Importing, reading, and for KeOps compiling a formula with the C++ compiler.
PREPARE_SECONDS = 240


class Peers:
    def __init__(self, options, python, folder):
        self.options = options
        self.python = python
        self.environment = {"XDG_CACHE_HOME": str(folder / "cache"), "JAX_PLATFORMS": "cpu"}
        self.build = pathlib.Path(options.environment).parent / "bench-keops"

    def run(self, peer, request):
        limit = self.options.limit_seconds
        stages = {
            "ready": (max(limit, PREPARE_SECONDS), "preparing it"),
            "first": (limit, "one call"),
            # The timed calls, of which one may start at the end of the budget, and the one that is measured for memory.
            "done": (limit * 3 + self.options.seconds, "timing it"),
        }
        request |= {
            "peer": peer,
            "threads": self.options.threads,
            "limit_seconds": limit,
            "budget": self.options.seconds,
            "build": str(self.build),
        }
        command = [self.python, HERE / "worker.py", json.dumps(request)]
        with self.formulas() as whole:
            fields = staged(command, self.environment, stages, self.options.limit_gib * 2**30)
            whole.append(not fields.get("unprepared"))
            return fields

    @contextlib.contextmanager
    def formulas(self):
        """The folder of compiled formulas; what a compiler that was ended left of one is removed."""
        self.build.mkdir(parents=True, exist_ok=True)
        start, whole = time.time(), []
        try:
            yield whole
        finally:
            for path in self.build.rglob("*") if whole != [True] else ():
                if path.is_file() and path.stat().st_mtime >= start:
                    path.unlink()

    def yardstick(self, size):
        """Run as the cases are, so that the system gives it as much of the processors."""
        limits = self.options.limit_gib * 2**30
        stages = {"ready": (max(self.options.limit_seconds, PREPARE_SECONDS), "the yardstick")}
        return staged([self.python, HERE / "openblas.py", size, 3], self.environment, stages, limits)

    def measure(self, case, folder, wanted):
        request = {
            "program": case.program,
            "way": case.way,
            "inputs": str(folder),
            "wanted": wanted,
            "tolerances": programs.tolerances(case.program, case.shape),
            "clauses": None,
            "only_first": False,
            "result_bytes": programs.result_bytes(case.program, case.shape),
        }
        return self.run(case.subject, request)

    def first_call(self, peer, program, way, folder, times):
        """The least time of a first call, compiling and one run, of all processes."""
        request = {
            "program": program,
            "way": way,
            "inputs": str(folder),
            "wanted": [f"{folder}/{program}.{index}.npy" for index in range(clauses.RESULTS[program])],
            "tolerances": clauses.tolerances(program),
            "only_first": True,
            "clauses": {
                "floats": [clauses.ARGUMENTS[index][0] for index in clauses.FLOATS],
                "softcap": clauses.SOFTCAP,
                "window": clauses.WINDOW,
                "unit": clauses.UNIT,
                "period": clauses.PERIOD,
                "dead": clauses.DEAD,
            },
        }
        found = [self.run(peer, dict(request)) for _ in range(times)]
        for fields in found:
            if "unavailable" in fields:
                return fields
        return min(found, key=lambda fields: fields["first_s"])
