"""Runs mutate.py's parts on small.cpp and a suite of two tests: python3 small.py FOLDER"""
import pathlib
import subprocess
import sys

import report
import suite
import tree

ROOT = pathlib.Path(__file__).resolve().parents[3]
SMALL = "test/Mutation/Inputs/small.cpp"
SITE = """
import lit.formats
config.name = "Theria"
config.test_format = lit.formats.ShTest(False)
config.suffixes = [".test"]
config.test_source_root = {0!r}
config.test_exec_root = {1!r}
config.substitutions.append(("%small", {1!r} + "/small"))
"""


def main(folder):
    site = folder / "tree" / "build" / "test"
    site.mkdir(parents=True)
    tests = folder / "tree" / "test"
    tests.mkdir()
    (site / "lit.site.cfg.py").write_text(SITE.format(str(tests), str(site)), encoding="utf-8")
    for name, line in (("plain", "RUN: %small 3 2 + | grep -x 5"), ("negative", "RUN: %small 3 2 - | grep -x -- -5")):
        (tests / f"{name}.test").write_text(line + "\n", encoding="utf-8")
    mutants, sources = tree.find_mutants(ROOT, folder, folder, {SMALL: "difference"}, 1)
    subprocess.run(["clang++-22", "-std=c++20", f"-I{ROOT}", "-x", "c++", "-", "-o", site / "small"],
                   input=sources[SMALL].encode(), check=True)
    mutants = [mutant for mutant in mutants if mutant["line"] >= 16 or mutant["kind"] == "sign"]
    runs = suite.Suite(folder, 1)
    runs.measure("small")
    report.apply_reasons(mutants, [{"file": SMALL, "function": "difference", "before": "value + 0.0", "after": "value",
                                    "reason": "x + 0 = x"}])
    found = report.Report(mutants, suite.run_all(runs, mutants, folder / "results", 1), len(mutants))
    found.show()
    page = folder / "page.md"
    page.write_text(f"Before.\n{report.BEGIN}\n{report.END}\nAfter.\n", encoding="utf-8")
    found.write_page(page)
    print(page.read_text(encoding="utf-8"))


main(pathlib.Path(sys.argv[1]).resolve())
