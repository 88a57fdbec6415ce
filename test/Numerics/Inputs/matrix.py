"""The stability matrix of docs/Numerics.md: python3 matrix.py --help."""
import argparse
import pathlib
import re
import sys

import measure
import runs
from cases import CASES, KEYS, TYPES

PATHS = ("streaming", "reference")
CELL = re.compile(r"(\d+ ∞/NaN)|exact|([\d.e+-]+) ≤ ([\d.e+-]+)")


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="matrix.py", description="Measures attention and its derivatives where floating point is at its worst. Exit "
        "status 1 where an error is above its bound, or the page shows something else.")
    parser.add_argument("folder", help="where arrays and compiled programs go")
    parser.add_argument("--types", default=",".join(TYPES), help="%(default)s")
    parser.add_argument("--orders", default=",".join(measure.ORDERS), help="%(default)s")
    parser.add_argument("--cases", default="", help="only those whose name matches this regular expression")
    parser.add_argument("--oracle", action="store_true", help="check the exact values themselves, against the oracle")
    parser.add_argument("--page", type=pathlib.Path, help="compare with the tables of this page")
    parser.add_argument("--write", action="store_true", help="write the tables into the page instead")
    parser.add_argument("--theria-run", default="theria-run", help="the tool, and options for it")
    return parser.parse_args()


def groups(cases, alone):
    """Cases that one run may take: of one program and one shape. The oracle's time grows with the square of the inputs."""
    found = {}
    for case in cases:
        found.setdefault(case.name if alone else (case.program, case.rows, case.keys), []).append(case)
    return found.values()


def measure_order(runner, cases, order, type, path):
    cells = {case.name: measure.Cell() for case in cases}
    for chain in measure.ORDERS[order]:
        if path == "oracle":
            # Its derivatives are differences: one along each input, and none of NaN.
            cases = [case for case in cases if not chain or (case.keys <= KEYS and case.is_finite(type))]
        for group in groups(cases, path == "oracle"):
            for name, cell in measure.measure(runner, group, chain, type, path).items():
                cells[name] = cells[name].merge(cell)
    return cells


def show(cells):
    """One cell of the page, of both paths."""
    spread = max(cell.spread for cell in cells)
    parts = [f"{spread} ∞/NaN"] if spread else []
    if all(cell.bound == 0 for cell in cells):
        return "; ".join(parts or ["exact"])
    return "; ".join([*parts, *(f"{cell.error:.2g} ≤ {cell.bound:.2g}" for cell in cells)])


def table(rows):
    """Rows by name of cells by order."""
    orders = list(next(iter(rows.values())))
    lines = [f"| | {' | '.join(orders)} |", "| --- |" + " --- |" * len(orders)]
    lines += [f"| {name} | {' | '.join(cells[order] for order in orders)} |" for name, cells in rows.items()]
    return "\n".join(lines)


def section(type):
    return re.compile(rf"(?<=^### {type}\n\n)\|.*?(?=\n\n)", re.DOTALL | re.MULTILINE)


def agrees(cell, shown):
    """Whether a page may show this: errors differ between machines, but neither bounds nor what is exact."""
    got, want = CELL.findall(cell), CELL.findall(shown)
    if [(exact, bool(bound)) for exact, _, bound in got] != [(exact, bool(bound)) for exact, _, bound in want]:
        return False
    # The last digit of a bound may be rounded otherwise.
    return all(not bound or (abs(float(bound) / float(limit) - 1) < 0.15 and float(error) <= float(limit))
               for (_, _, bound), (_, error, limit) in zip(got, want))


def check_page(text, type, rows, chosen):
    """What is not as the page shows it, of the cases that were chosen."""
    found = section(type).search(text)
    if not found:
        return [f"expected a table below '### {type}' in the page, but found none"]
    header, _, *lines = [line.strip("| ").split(" | ") for line in found[0].splitlines()]
    shown = {line[0]: dict(zip(["", *header], line)) for line in lines}
    missing = [f"expected a row of '{name}' for {type}, but found none" for name in rows if name not in shown]
    missing += [f"expected no row of '{name}' for {type}: it is not measured" for name in shown
                if name not in rows and re.search(chosen, name)]
    return missing + [f"expected '{cell}' for {name}, {order}, {type}, but the page shows '{shown[name].get(order)}'"
                      for name, cells in rows.items() if name in shown
                      for order, cell in cells.items() if not agrees(cell, shown[name].get(order, ""))]


def main():
    options = parse_arguments()
    cases = [case for case in CASES if re.search(options.cases, case.name)]
    runner = runs.Runner(options.theria_run.split(), options.folder)
    wrong = []
    for type in options.types.split(","):
        rows = {case.name: {} for case in cases}
        for order in options.orders.split(","):
            paths = ("oracle",) if options.oracle else PATHS
            measured = [measure_order(runner, cases, order, TYPES[type], path) for path in paths]
            for name, row in rows.items():
                cells = [one[name] for one in measured]
                wrong += [problem for cell in cells for problem in cell.wrong]
                row[order] = show(cells)
        print(f"### {type}\n\n{table(rows)}\n", flush=True)
        if options.page:
            text = options.page.read_text(encoding="utf-8")
            if options.write:
                options.page.write_text(section(type).sub(lambda _: table(rows), text), encoding="utf-8")
            else:
                wrong += check_page(text, type, rows, options.cases)
    for problem in wrong:
        print(problem, file=sys.stderr)
    print(f"{len(cases)} cases, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
