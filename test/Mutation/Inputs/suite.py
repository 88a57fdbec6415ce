"""Runs the suite on the copy: once to learn which mutants each test comes to, then for each mutant until a test fails."""
import concurrent.futures
import hashlib
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import threading
import time

LIT = "/usr/lib/llvm-22/bin/lit"
# Left out: texts of the project itself, and what measures time. No mutant is caught by a page that shows a rule.
LEFT_OUT = (r"^(Project|Docs|Bench|Mutation|Tools|Codegen|Numerics|Fuzz|Examples)/|^Dialect/rule-kinds"
            r"|^Rules/(table|rules)\.test")
BUDGETS = (6, 25, 100)  # Seconds of tests that one run of lit gets, in turn; the last goes on.
MEMORY = 10 << 30

CONFIG = """
import lit.formats
lit_config.load_config(config, {site!r})
config.test_exec_root = {root!r}
if lit_config.params.get("mutant"):
    config.environment["THERIA_MUTANT"] = lit_config.params.get("mutant")
if lit_config.params.get("reach"):
    config.test_format = lit.formats.ShTest(False, preamble_commands=["export THERIA_MUTANTS_REACHED=%t.reached"])
"""


def limit(seconds):
    """What lit leaves behind where it ends a test that takes too long, a mutant without an end, ends by itself."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


class Suite:
    def __init__(self, folder, jobs, chosen="", limit=None):
        self.folder, self.jobs, self.chosen, self.limit = folder, jobs, chosen, limit or float("inf")
        self.seconds, self.reached = {}, {}

    def prepare(self, slot):
        home = self.folder / f"slot-{slot}"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        site = self.folder / "tree" / "build" / "test" / "lit.site.cfg.py"
        (home / "lit.site.cfg.py").write_text(CONFIG.format(site=str(site), root=str(home / "run")), encoding="utf-8")
        return home

    def lit(self, slot, names, *options, timeout=300):
        """Runs tests in a folder of the slot's own; yields each name, its verdict and its seconds."""
        home, output = self.prepare(slot), self.folder / f"slot-{slot}.json"
        output.unlink(missing_ok=True)
        tests = [str(home / name) for name in names]
        subprocess.run([LIT, "-q", "--order=lexical", "--skip-test-time-recording", f"--timeout={timeout}", "--output",
                        str(output), *options, *tests], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       stdin=subprocess.DEVNULL, preexec_fn=lambda: limit(timeout))
        if not output.exists():
            sys.exit("error: expected lit to run, but it gave no results; run the suite of the project first")
        for test in json.loads(output.read_text(encoding="utf-8"))["tests"]:
            yield test["name"].removeprefix("Theria :: "), test["code"], test["elapsed"] or 0

    def stamp(self, name):
        """What a test is made of: its own file and the Inputs beside it."""
        file = self.folder / "tree" / "test" / name
        inputs = sorted(path for path in (file.parent / "Inputs").rglob("*") if path.is_file() and path.suffix != ".pyc")
        return hashlib.sha256(b"".join(path.read_bytes() for path in (file, *inputs) if path.exists())).hexdigest()

    def measure(self, state):
        """Runs tests without a mutant: how long each takes, whether it passes, and which mutants it comes to. Those that
        have not changed since are not run again where the sources have the same state."""
        known = self.folder / "tests.json"
        saved = json.loads(known.read_text(encoding="utf-8")) if known.exists() else {}
        tests = saved.get("tests", {}) if saved.get("state") == state else {}
        home = self.prepare("suite")
        listed = subprocess.run([LIT, "--show-tests", str(home)], check=True, capture_output=True, text=True)
        names = [name for name in re.findall(r"^\s+Theria :: (.*)", listed.stdout, re.M)
                 if re.search(self.chosen, name) and not re.search(LEFT_OUT, name)]
        changed = [name for name in names if tests.get(name, {}).get("stamp") != self.stamp(name)]
        print(f"running {len(changed)} of {len(names)} tests without a mutant", flush=True)
        for name, code, seconds in self.lit("suite", changed, f"-j{self.jobs}", "--param=reach=1") if changed else []:
            file = home / "run" / pathlib.Path(name).parent / "Output" / (pathlib.Path(name).name + ".tmp.reached")
            reached = sorted({int(line) for line in file.read_text().split()}) if file.exists() else []
            tests[name] = {"stamp": self.stamp(name), "code": code, "seconds": seconds, "reached": reached}
        known.write_text(json.dumps({"state": state, "tests": tests}), encoding="utf-8")
        failed = [name for name in names if tests[name]["code"] not in ("PASS", "UNSUPPORTED")]
        if failed:
            print(f"warning: these fail without a mutant, and are left out: {', '.join(failed)}", flush=True)
        for name in names:
            if tests[name]["code"] == "PASS":
                self.seconds[name], self.reached[name] = tests[name]["seconds"], set(tests[name]["reached"])

    def run(self, slot, number, order):
        """The first test that fails under a mutant, and how: the likely ones first, in growing lots."""
        order = [name for name in order if number in self.reached[name]]
        spent, budgets = 0, list(BUDGETS)
        while order and spent < self.limit:
            budget = budgets.pop(0) if len(budgets) > 1 else budgets[0]
            lot, cost = [], 0
            while order and (not lot or cost + self.seconds[order[0]] <= min(budget, self.limit - spent)):
                cost += self.seconds[order[0]]
                lot.append(order.pop(0))
            spent += cost
            timeout = int(60 + 10 * max(self.seconds[name] for name in lot))
            for name, code, _ in self.lit(slot, lot, "-j1", "--max-failures=1", f"--param=mutant={number}", timeout=timeout):
                if code in ("FAIL", "TIMEOUT", "UNRESOLVED", "XPASS"):
                    return name, code
        return None, None


class Order:
    """Tests by how many mutants they have caught for their time, learnt as mutants run."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.caught = dict.fromkeys(seconds, 0)

    def of(self, mutant):
        home = pathlib.Path(mutant["file"]).parts
        near = {"Rules": ("Rules/", "Calculus/"), "Simplify": ("Simplify/",), "Streaming": ("Streaming/",)}.get(
            home[1], ("Dialect/", "Rules/"))
        def worth(name):
            return (1 + self.caught[name]) * (20 if name.startswith(near) else 1) / (0.2 + self.seconds[name])
        return sorted(self.seconds, key=worth, reverse=True)


def file_of(mutant, folder):
    return folder / (re.sub(r"\W", "-", mutant["file"]) + "-" + mutant["digest"] + ".json")


def known(mutants, folder):
    """The verdicts of earlier runs, by key."""
    return {mutant["key"]: json.loads(file_of(mutant, folder).read_text(encoding="utf-8"))
            for mutant in mutants if file_of(mutant, folder).exists()}


def run_all(suite, mutants, folder, jobs):
    """The verdict of each mutant by its key. Not run again is what was caught before, and what survived with a reason."""
    folder.mkdir(exist_ok=True)
    order, lock, slots = Order(suite.seconds), threading.Lock(), list(range(jobs))
    results, begin, done = {}, time.time(), 0

    def one(mutant):
        nonlocal done
        path = file_of(mutant, folder)
        if path.exists():
            result = json.loads(path.read_text(encoding="utf-8"))
            if result["test"] in suite.seconds or result["verdict"] == "survived" and "reason" in mutant:
                with lock:
                    results[mutant["key"]], done = result, done + 1
                    if result["test"]:
                        order.caught[result["test"]] += 1
                return
        with lock:
            slot, tests = slots.pop(), order.of(mutant)
        start = time.time()
        test, code = suite.run(slot, mutant["number"], tests)
        reached = any(mutant["number"] in own for own in suite.reached.values())
        result = {"verdict": "killed" if test else "survived", "test": test, "how": code, "reached": reached,
                  "seconds": round(time.time() - start, 1)}
        path.write_text(json.dumps(result), encoding="utf-8")
        with lock:
            slots.append(slot)
            results[mutant["key"]], done = result, done + 1
            if test:
                order.caught[test] += 1
            left = (time.time() - begin) / done * (len(mutants) - done) / 60
            print(f"[{done}/{len(mutants)}, {left:.0f} min left] {mutant['file']}:{mutant['line']} {mutant['kind']}: "
                  f"{'killed by ' + test if test else 'SURVIVED'} ({result['seconds']} s)", flush=True)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        try:
            list(pool.map(one, mutants))
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return results
