"""One program's run, and what is wrong with it."""

import dataclasses
import re
import resource
import signal
import subprocess

from program import Program

# What is shown of each program: a run on the streaming path and one on the reference path against exact values, the
# derivatives against differences, and the stages against each other.
LINES = "accuracy,differences,stages,bits"
# What the streaming path says of programs that it does not take (docs/Streaming.md).
REFUSALS = ("expected a sum of pairs over a batch dimension to be a result", "expected each dimension of connected pair tensors")
# A program that waits for nothing ends after this many times its limit, however busy the machine is.
WAITING = 20
UNDECIDED = re.compile(r"^ *\w+ +undecided ", re.MULTILINE)
FAILING_LINE = re.compile(r"^ *(\w+) +FAILS .*$", re.MULTILINE)


class Stopped(Exception):
    """The run was ended by stop()."""


class Running:
    """The commands that run, to end them together."""

    def __init__(self):
        self.processes, self.stopped = set(), False

    def run(self, command, timeout, **options):
        # A signal from a terminal is for this tool alone: what it ends would look like a program that fails.
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                              **options) as process:
            self.processes.add(process)
            try:
                if self.stopped:
                    raise Stopped
                out, err = process.communicate(timeout=timeout)
            finally:
                process.kill()
                self.processes.discard(process)
        if self.stopped:
            raise Stopped
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def stop(self):
        self.stopped = True
        for process in list(self.processes):
            process.kill()


RUNNING = Running()


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What is wrong, for people; `faults` names it so that a smaller program's can be compared."""

    text: str = ""
    faults: tuple = ()
    refused: bool = False
    undecided: bool = False

    @property
    def failed(self):
        return bool(self.faults)


def command(options, program, path):
    return [str(options.theria_run), str(path), *program.options(), f"--check-lines={LINES}", "--check", "--cache=off",
            "--threads=1"]


def observe(run, limit_seconds):
    """The outcome of a command that may take so many seconds of a processor: other work does not count."""
    endless = Outcome(f"no end within {limit_seconds:g} s of a processor", ("no end",))

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (limit_seconds, limit_seconds + 1))

    try:
        done = RUNNING.run(run, timeout=WAITING * limit_seconds, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        return endless
    if done.returncode == -signal.SIGXCPU:
        return endless
    if any(refusal in done.stderr for refusal in REFUSALS):
        return Outcome(refused=True)
    if done.returncode == 0:
        return Outcome(undecided=UNDECIDED.search(done.stdout) is not None)
    said = done.stderr.strip()[:400]
    if done.returncode < 0:
        name = signal.Signals(-done.returncode).name
        return Outcome(f"ended by {name}: {said}", (name,))
    lines = list(FAILING_LINE.finditer(done.stdout))
    if lines:
        return Outcome("; ".join(line[0].strip() for line in lines), tuple(line[1] for line in lines))
    # Without the place, the names and the numbers.
    sentence = re.sub(r"%[\w#]+|\d+|'[^']*'", "", said.partition("error: ")[2].partition("\n")[0])
    return Outcome(said or f"exit status {done.returncode}", (sentence or f"status {done.returncode}",))


def examine(options, seed):
    """The seed, the outcome of its program, and its command; what fails is kept."""
    program = Program(seed)
    path = options.folder / f"{seed}.mlir"
    path.write_text(program.text())
    run = command(options, program, path)
    try:
        outcome = observe(run, options.limit_seconds)
    except Stopped:
        path.unlink()
        raise
    if not outcome.failed:
        path.unlink()
    return seed, outcome, run
