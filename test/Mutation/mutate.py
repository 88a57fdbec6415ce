"""Breaks each rule of differentiation and each simplification in turn, and reports what the suite does not notice.

python3 test/Mutation/mutate.py --help; what it does and what it found stand in docs/Mutation.md.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
import report  # noqa: E402
import suite  # noqa: E402
import tree  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What is broken: a source, and of its functions those that state a rule or a simplification. All of them where none is named.
DERIVATIVES = r"(^|::)(linearise|transpose|fold|canonicalize)$|ReductionBuilder|emptyReduction"
TARGETS = {
    **{f"dialect/Rules/{name}.cpp": "" for name in
       ("ArithRules", "MathRules", "TensorRules", "Elementwise", "Emission", "Expr", "Functions")},
    "dialect/Differentiation.cpp": "",
    "dialect/Folds.cpp": "",
    **{f"dialect/{name}.cpp": DERIVATIVES for name in ("Einsum", "Reductions", "IndexOps")},
    "dialect/SdpaCanonicalize.cpp": "",
    **{f"lib/Simplify/{name}.cpp": "" for name in
       ("EqualEinsums", "Fusion", "Product", "ProductBuild", "Reassociation", "RowConstants", "Shapes", "Signs", "Simplify",
        "Symmetrise", "Zeros")},
    **{f"lib/Streaming/{name}.cpp": "" for name in ("Normalisers", "ExpandRowSums", "SplitNormalisers", "RunningMaxima")},
}


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="mutate.py", description="Breaks rules and simplifications one place at a time, in a copy of the project, and "
        "runs the tests that come to that place until one fails. Exit status 1 where a mutant survives.")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="the build folder: %(default)s")
    parser.add_argument("--folder", type=pathlib.Path, help="where the copy and the results are kept: BUILD/mutation")
    parser.add_argument("--files", default="", help="sources to break, separated by commas: those of docs/Mutation.md")
    parser.add_argument("--tests", default="", help="only tests whose name matches this regular expression")
    parser.add_argument("--limit", type=float, help="seconds of tests that a mutant gets: as many as there are")
    parser.add_argument("--sample", type=int, help="as many mutants, by chance, at least one of each kind in a function")
    parser.add_argument("--seed", type=int, default=1, help="of the sample: %(default)s")
    parser.add_argument("--jobs", type=int, default=2, help="mutants at a time: %(default)s")
    parser.add_argument("--again", action="store_true", help="forget earlier results")
    parser.add_argument("--survivors", action="store_true", help="only what survived so far")
    parser.add_argument("--list", action="store_true", help="show the mutants and run nothing")
    parser.add_argument("--known", action="store_true", help="report what earlier runs found, and run nothing")
    parser.add_argument("--report", type=pathlib.Path, help="write what was found as JSON into this file")
    parser.add_argument("--page", type=pathlib.Path, help="write the tables into this page")
    options = parser.parse_args()
    options.folder = (options.folder or options.build / "mutation").resolve()
    return options


def chosen_targets(options):
    names = [name for name in options.files.split(",") if name]
    return {name: TARGETS.get(name, "") for name in names} if names else TARGETS


def sampled(mutants, count, seed):
    """One of each kind in each function, then others, in an order that the seed gives."""
    order = list(mutants)
    random.Random(seed).shuffle(order)
    seen = set()
    def is_first(mutant):
        place = mutant["file"], mutant["function"], mutant["kind"]
        return not (place in seen or seen.add(place))
    first = [mutant for mutant in order if is_first(mutant)]
    rest = [mutant for mutant in order if mutant not in first]
    return sorted((first + rest)[:max(count, len(first))], key=lambda mutant: mutant["number"])


def main():
    options = parse_arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    wanted = chosen_targets(options)
    # The copy holds all mutants, whichever run: it need not be built anew for others.
    targets = wanted if options.list else {**TARGETS, **wanted}
    mutants, sources = tree.find_mutants(ROOT, options.build.resolve(), options.folder, targets, options.jobs)
    chosen = [mutant for mutant in mutants if mutant["file"] in wanted]
    results = options.folder / "results"
    if options.sample is not None:
        chosen = sampled(chosen, options.sample, options.seed)
    if options.survivors:
        earlier = suite.known(chosen, results)
        chosen = [mutant for mutant in chosen if earlier.get(mutant["key"], {}).get("verdict") == "survived"]
    if options.list:
        for mutant in chosen:
            print(report.line(mutant))
        return 0
    equivalent = json.loads(pathlib.Path(__file__).with_name("equivalent.json").read_text(encoding="utf-8"))
    report.apply_reasons(chosen, equivalent)
    if options.known:
        results = suite.known(chosen, results)
        chosen = [mutant for mutant in chosen if mutant["key"] in results]
    else:
        tree.build(ROOT, options.folder, sources)
        tests = suite.Suite(options.folder, options.jobs, options.tests, options.limit)
        tests.measure(tree.state(options.folder))
        if options.again:
            shutil.rmtree(results, ignore_errors=True)
        results = suite.run_all(tests, chosen, results, options.jobs)
    summary = report.Report(chosen, results, len(mutants))
    summary.show()
    if options.report:
        options.report.write_text(summary.json(), encoding="utf-8")
    if options.page:
        summary.write_page(options.page)
    return 1 if summary.survivors() else 0


if __name__ == "__main__":
    sys.exit(main())
