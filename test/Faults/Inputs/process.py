"""Runs of a tool in which something goes wrong, and what must be true of their ends."""

import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = HERE / "programs.mlir"
# What no end may say: LLVM's report of a crash, or that a file of the cache was left damaged.
CRASH = re.compile(r"PLEASE submit|Stack dump|terminate called|is damaged")
ERROR = re.compile(r"^(\S+:\d+:\d+|[\w.-]+): error: ", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Scenario:
    """A command, in a folder of its own, and the files that it writes there; `prepared` runs once before."""

    name: str
    command: tuple
    files: tuple = ()
    prepared: bool = False

    def has_cache(self):
        return any(word.startswith("--cache=") for word in self.command)


def theria_run(name, function, *options, files=(), prepared=False):
    command = ("theria-run", str(PROGRAMS), f"--function={function}", "--fill=normal:7", *options)
    return Scenario(name, command, files, prepared)


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        theria_run("forward", "attention", "--output=@a.npy", "--output=@b.npy", files=("a.npy", "b.npy")),
        theria_run("derivative", "smooth", "--path=reference", "--derive=vjp", "--output=@a.npy", files=("a.npy",)),
        theria_run("threads", "smooth", "--derive=jvp", "--threads=2", "--output=@a.npy", files=("a.npy",)),
        theria_run("oracle", "smooth", "--path=oracle", "--output=@a.npy", files=("a.npy",)),
        theria_run("check", "smooth", "--path=reference", "--check-lines=accuracy,differences", "--check=c.json",
                   files=("c.json",)),
        theria_run("report", "smooth", "--report=r.json", "--output=@a.npy", files=("a.npy", "r.json")),
        theria_run("arrays", "long", "--input=600x16xf64=normal:1", "--input=700x16xf64=normal:2", "--threads=2",
                   "--output=@a.npy", files=("a.npy",)),
        theria_run("built", "long", "--input=50x16xf64=normal:1", "--input=70x16xf64=normal:2", "--path=reference",
                   "--output=@a.npy", files=("a.npy",)),
        theria_run("cold", "smooth", "--path=reference", "--cache=programs"),
        theria_run("warm", "smooth", "--cache=programs", prepared=True),
        Scenario("opt", ("theria-opt", str(PROGRAMS), "--theria-stream", "-o", "o.mlir"), ("o.mlir",)),
    )
}


NO_END = 1000


def heed_signals():
    """A shell has what it runs in the background ignore SIGINT, and the tools keep to that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclasses.dataclass(frozen=True)
class End:
    status: int
    out: str
    err: str


class Place:
    """A folder for the runs of a scenario, and what a run without a fault gives."""

    def __init__(self, build, scenario, folder):
        self.build, self.scenario, self.folder = pathlib.Path(build).resolve(), scenario, pathlib.Path(folder)
        self.library = self.build / "lib" / "libtheria_faults.so"
        self.command = [str(self.build / "bin" / scenario.command[0]), *scenario.command[1:]]
        self.clear()
        self.right = self.run()
        assert self.right.status == 0, self.right
        self.contents = {name: self.read(name) for name in scenario.files}

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.scenario.prepared:
            self.run()

    def read(self, name):
        content = (self.folder / name).read_bytes()
        # Times differ from run to run.
        return re.sub(rb'"seconds": [\d.e+-]+', b"", content) if name == "r.json" else content

    def environment(self, **fault):
        variables = {f"THERIA_FAULT_{name.upper()}" if name != "fault" else "THERIA_FAULT": str(value)
                     for name, value in fault.items()}
        preload = {"LD_PRELOAD": str(self.library)} if fault else {}
        return os.environ | {"THERIA_CACHE_DIR": "off", "LC_ALL": "C.UTF-8"} | variables | preload

    def run(self, limit_seconds=40, **fault):
        try:
            done = subprocess.run(self.command, cwd=self.folder, env=self.environment(**fault), capture_output=True,
                                  text=True, errors="replace", timeout=limit_seconds, stdin=subprocess.DEVNULL,
                                  check=False, preexec_fn=heed_signals)
        except subprocess.TimeoutExpired:
            return End(NO_END, "", f"no end within {limit_seconds} s")
        return End(done.returncode, done.stdout, done.stderr)

    def count(self, kind, **options):
        """How many calls of a kind a run makes."""
        number = self.folder.parent / f"{self.folder.name}.count"
        self.clear()
        self.run(fault=f"{kind}:0", count=number, **options)
        return int(number.read_text())

    def rests(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.tmp"))

    def wrong_files(self, all_or_none=True):
        """What is wrong with the files under their final names: each is whole, and all are there or none."""
        there = [name for name in self.scenario.files if (self.folder / name).exists()]
        for name in there:
            if self.read(name) != self.contents[name]:
                return f"{name} is not whole"
        if all_or_none and there and len(there) < len(self.scenario.files):
            return f"only {', '.join(there)}"
        return None

    def wrong_cache(self):
        """A cache in which something went wrong serves the next run."""
        if not self.scenario.has_cache():
            return None
        again = self.run()
        if again.status or again.err or again.out != self.right.out:
            return f"the next run on the cache: {again}"
        return None

    def wrong(self, end, fatal=False):
        """What is wrong with the end of a run in which a call failed; None where nothing is."""
        if end.status not in (0, 1):
            return f"status {end.status}: {end.err}"
        if CRASH.search(end.err):
            return f"said {end.err}"
        if self.rests():
            return f"left {self.rests()}"
        wrong = self.wrong_files() or self.wrong_cache()
        if wrong:
            return wrong
        there = all((self.folder / name).exists() for name in self.scenario.files)
        if end.status == 0:
            if end.out != self.right.out or not there or ERROR.search(end.err):
                return f"status 0, but not what a run gives: {end}"
            return "the error was not noticed" if fatal else None
        if len(ERROR.findall(end.err)) != 1:
            return f"expected one error, but found {end.err}"
        if there and self.scenario.files and "files are complete" not in end.err:
            return f"the files are there, but it says {end.err}"
        return None
