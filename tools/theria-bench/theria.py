"""Times theria-run."""

import re
import time

import clauses
import programs
from failure import Failure
from process import Exceeded, child, last_error, lines

TIMES = re.compile(rb"time: median (\S+) ms, min (\S+) ms of .* (\S+) MiB beyond inputs and results$")
SEED = "normal:7"
# How many runs fit a budget is found from half of the yardstick's rate; where that is not known, from this one.
GUESS_GFLOPS = 100.0
# A call that takes longer is timed once, not three times: as the peers' are.
SLOW = 10.0


class Theria:
    def __init__(self, options, folder):
        self.executable = options.theria_run
        self.threads = options.threads
        self.limit = options.limit_seconds
        self.most_bytes = options.limit_gib * 2**30
        self.budget = options.seconds
        self.folder = folder
        # Compiled programs that an earlier run left must not be found.
        self.environment = {"XDG_CACHE_HOME": str(folder / "cache")}

    def run(self, module, function, names, folder, *more, environment=None):
        command = [self.executable, module, f"--function={function}", f"--threads={self.threads}"]
        command += [f"--input=@{folder / name}.npy" for name in names]
        return child(command + list(more), self.environment | (environment or {}))

    def output(self, process, limit):
        end = time.monotonic() + limit
        said = list(lines(process, lambda: (end, f"needs more than {limit:.0f} s"), self.most_bytes))
        if process.returncode != 0:
            raise Failure(f"expected theria-run to succeed, but it failed: {last_error(process)}")
        return said

    def make(self, module, text, names):
        """A folder with the module and the inputs that its function @inputs returns."""
        folder = self.folder / module
        folder.mkdir()
        path = folder / "module.mlir"
        path.write_text(text, encoding="utf-8")
        outputs = [f"--output=@{folder / name}.npy" for name in names]
        with self.run(path, "inputs", (), folder, f"--fill={SEED}", *outputs) as process:
            self.output(process, self.limit)
        return folder

    def inputs(self, shape):
        return self.make("x".join(map(str, shape)), programs.module(shape), programs.INPUTS)

    def clause_inputs(self):
        folder = self.make("clauses", clauses.module(), clauses.FILLED)
        clauses.write_small(folder)
        return folder

    def module(self, case, folder):
        if not case.clause:
            return folder / "module.mlir"
        path = folder / (re.sub(r"\W+", "-", case.clause) + ".mlir")
        path.write_text(programs.module(case.shape, case.clause), encoding="utf-8")
        return path

    def measure(self, case, folder, gflops):
        """Median, min and peak; results are left in the folder, for others to compare with."""
        seconds = programs.useful_flop(case.program, case.shape, case.clause) / (0.5e9 * (gflops or GUESS_GFLOPS))
        runs = max(1 if seconds > SLOW else 3, min(200, int(self.budget / seconds)))
        module, names = self.module(case, folder), programs.PROGRAMS[case.program].arguments
        outputs = [f"--output=@{path}" for path in wanted(case.program, folder)]
        with self.run(module, case.program, names, folder, f"--time={runs}", *outputs) as process:
            try:
                said = self.output(process, self.limit * (runs + 1))
            except Exceeded as why:
                return {"unavailable": str(why)}
        if not (found := TIMES.match(said[0])):
            raise Failure(f"expected times and memory of theria-run, but found {said[0].decode(errors='replace')!r}")
        median, least, peak = map(float, found.groups())
        return {"median_s": median / 1e3, "min_s": least / 1e3, "runs": runs, "peak_mib": peak}

    def first_call(self, program, folder, times):
        """The least time of a whole process: start, reading, compiling, one run, writing."""
        names = clauses.inputs(program)
        outputs = [f"--output=@{folder}/{program}.{index}.npy" for index in range(clauses.RESULTS[program])]
        seconds = []
        for attempt in range(times):
            fresh = {"XDG_CACHE_HOME": str(self.folder / f"cache-{program}-{attempt}")}
            start = time.monotonic()
            with self.run(folder / "module.mlir", program, names, folder, *outputs, environment=fresh) as process:
                self.output(process, self.limit)
            seconds.append(time.monotonic() - start)
        return {"first_s": min(seconds)}


def wanted(program, folder):
    """Theria's results, as files."""
    return [str(folder / f"{program}.{index}.npy") for index in range(programs.PROGRAMS[program].results)]
