"""Runs the cases of a plan and collects what was measured."""

import dataclasses
import pathlib
import shutil
import sys

import plan
import programs
from failure import Failure
from peers import Peers
from process import Exceeded
from table import quantity
from theria import Theria, wanted

SIZE, QUICK_SIZE = 3072, 256
# Ways of a peer this much slower than its best one are not followed to larger sizes.
HOPELESS = 2.0


class Bench:
    def __init__(self, options, python, missing, folder):
        self.options = options
        self.python = python
        self.missing = missing
        self.theria = Theria(options, folder)
        self.peers = Peers(options, python, folder)
        self.probes = []
        self.library = None
        self.records = []
        # Of the growth: the last record of a way, by peer, program and way.
        self.last = {}
        # What took too long to prepare, by peer, program, way and depth: it would again.
        self.unprepared = {}
        self.inputs = (None, None)

    def probe(self):
        """The yardstick, again and again, so that a machine whose speed drifts is seen."""
        if "openblas" not in self.options.peers or "openblas" in self.missing:
            return
        size = QUICK_SIZE if self.options.quick else SIZE
        fields = self.peers.yardstick(size)
        if "unavailable" in fields:
            self.missing["openblas"] = fields["unavailable"]
            return
        self.library = fields["library"]
        self.probes.append(round(2 * size**3 / fields["seconds"] / 1e9, 2))

    def folder_of(self, case):
        """The inputs of a case; those of the shape before are removed."""
        key = case.shape or "clauses"
        if self.inputs[0] != key:
            if self.inputs[1]:
                shutil.rmtree(self.inputs[1])
            self.inputs = (key, self.theria.inputs(case.shape) if case.shape else self.theria.clause_inputs())
        return self.inputs[1]

    def hopeless(self, case):
        """Why a way of a peer is not tried at a larger size; None where it is."""
        last = self.last.get((case.subject, case.program, case.way))
        if case.experiment != "growth" or not last:
            return None
        if "unavailable" in last:
            return last["unavailable"]
        factor = (case.shape[2] / last["shape"][2]) ** 2
        if (seconds := last["median_s"] * factor) > self.options.limit_seconds:
            return f"one call would need about {seconds:.0f} s, by the size before"
        if (size := last["peak_mib"] / 1024 * factor) > self.options.limit_gib:
            return f"would need about {size:.0f} GiB, by the size before"
        others = [self.last.get((case.subject, case.program, way)) for way in self.ways(case)]
        best = min((other for other in others if other and "median_s" in other), key=lambda other: other["median_s"])
        if last["shape"][2] >= 1024 and last["median_s"] > HOPELESS * best["median_s"]:
            return f"slower than {best['way']}"
        return None

    @staticmethod
    def ways(case):
        return plan.WAYS[case.subject][case.program]

    def measure_peer(self, case, folder):
        if case.subject in self.missing:
            return {"unavailable": self.missing[case.subject]}
        files = wanted(case.program, folder)
        if case.experiment != "compile" and not pathlib.Path(files[0]).exists():
            return {"unavailable": "not run: there is no result of Theria to compare with"}
        if reason := self.hopeless(case):
            return {"unavailable": reason}
        formula = (case.subject, case.program, case.way, case.shape[-1:])
        if formula in self.unprepared:
            return self.unprepared[formula]
        if case.experiment == "compile":
            return self.peers.first_call(case.subject, case.program, case.way, folder, self.times())
        fields = self.peers.measure(case, folder, files)
        if fields.pop("unprepared", False):
            self.unprepared[formula] = fields
        return fields

    def times(self):
        return 1 if self.options.quick else 3

    def measure(self, case):
        try:
            folder = self.folder_of(case)
            if case.subject != "theria":
                return self.measure_peer(case, folder)
            for path in wanted(case.program, folder):
                pathlib.Path(path).unlink(missing_ok=True)
            if case.experiment == "compile":
                return self.theria.first_call(case.program, folder, self.times())
            return self.theria.measure(case, folder, max(self.probes, default=None))
        except (Failure, Exceeded) as error:
            return {"unavailable": str(error), "failed": True}

    def run(self):
        cases = list(plan.cases(self.options))
        group = None
        for number, case in enumerate(cases, 1):
            if case.beside() != group:
                group = case.beside()
                self.probe()
            print(f"[{number:3d}/{len(cases)}] {case.title()} … ", end="", file=sys.stderr, flush=True)
            record = dataclasses.asdict(case) | {"shape": list(case.shape)} | self.measure(case)
            self.judge(record)
            print(said(record), file=sys.stderr, flush=True)
            self.records.append(record)
            if case.experiment == "growth":
                self.last[(case.subject, case.program, case.way)] = record
        self.probe()
        return self.records

    @staticmethod
    def judge(record):
        """Adds whether a peer's result is beyond its tolerance."""
        if "error" in record:
            record["failed"] = record["error"] > record["tolerance"]


def named(record):
    return plan.Case(**{field.name: record[field.name] for field in dataclasses.fields(plan.Case)}).title()


def said(record):
    if "unavailable" in record:
        return record["unavailable"]
    words = []
    if "median_s" in record:
        median, least = (quantity(1e3 * record[field]) for field in ("median_s", "min_s"))
        words.append(f"{median} ms (min {least}), {quantity(record['peak_mib'])} MiB")
    if "first_s" in record:
        words.append(f"first call {record['first_s']:.3g} s")
    if record.get("failed"):
        words.append(f"DISAGREES with Theria by {record['error']:.1e}, more than {record['tolerance']:.1e}")
    return ", ".join(words)


def finish(records, probes):
    """Adds useful products and rates, by the least times: the yardstick is the least time of several too."""
    best = max(probes, default=None)
    for record in records:
        if "min_s" not in record:
            continue
        shape, program = record["shape"], record["program"]
        record["products"] = programs.PROGRAMS[program].products
        gflops = programs.useful_flop(program, shape, record["clause"]) / record["min_s"] / 1e9
        record["gflops"] = round(gflops, 2)
        record["share"] = round(gflops / best, 4) if best else None
