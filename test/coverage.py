"""Prints what the profiles of a suite cover: python3 test/coverage.py BUILD

BUILD holds suite.profdata and the programs in bin. Prints a table of lines and regions of each folder, then the lines that
never ran of each file below the aim; BUILD/uncovered.txt has those of all files, and BUILD/html every count. The exit status
is 1 where a folder of dialect/ or lib/ has fewer of its lines run than the aim; the others are for information.
"""
import itertools
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("dialect", "lib", "runtime", "tools")
AIMED_AT = ("dialect", "lib")
AIM = 95


class Coverage:
    """llvm-cov on all programs at once; what is generated below BUILD is no source of these folders."""

    def __init__(self, build):
        programs = sorted(path for path in (build / "bin").iterdir() if path.is_file())
        objects = [str(programs[0]), *(f"-object={program}" for program in programs[1:])]
        self.options = [f"-instr-profile={build}/suite.profdata", f"-compilation-dir={build}", *objects]
        self.sources = [str(ROOT / folder) for folder in FOLDERS]

    def __call__(self, command, *options):
        run = subprocess.run(
            ["llvm-cov-22", command, *options, *self.options, *self.sources], capture_output=True, text=True
        )
        # Its warnings are of functions that a program holds but never calls: they have no counters there.
        if run.returncode:
            sys.exit(run.stderr)
        return run.stdout

    def summaries(self):
        """Lines and regions, (run, all) of each, by file."""
        files = json.loads(self("export", "-format=text", "-summary-only"))["data"][0]["files"]
        return {
            relative(file["filename"]): [(file["summary"][of]["covered"], file["summary"][of]["count"]) for of in KINDS]
            for file in files
        }

    def uncovered(self):
        """The numbers of the lines that never ran, by file."""
        lines = {}
        for line in self("export", "-format=lcov").splitlines():
            tag, _, value = line.partition(":")
            if tag == "SF":
                current = lines.setdefault(relative(value), [])
            elif tag == "DA" and value.split(",")[1] == "0":
                current.append(int(value.split(",")[0]))
        return lines


KINDS = ("lines", "regions")


def relative(path):
    return pathlib.Path(path).resolve().relative_to(ROOT)


def folder_of(file):
    return file.parent


def total(summaries):
    return [tuple(map(sum, zip(*counts))) for counts in zip(*summaries)]


def share(counts):
    covered, count = counts
    return 100 * covered / count if count else 100


def row(name, counts):
    cells = (f"{covered} of {count} | {share((covered, count)):.1f} %" for covered, count in counts)
    return f"| {name} | {' | '.join(cells)} |"


def ranges(numbers):
    """1, 2, 3, 5 is "1-3, 5"."""
    groups = itertools.groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in group] for _, group in groups]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def main(build):
    coverage = Coverage(build)
    summaries, uncovered = coverage.summaries(), coverage.uncovered()
    coverage("show", "-format=html", f"-output-dir={build}/html")

    print("| folder | lines run | | regions run | |\n| --- | ---: | ---: | ---: | ---: |")
    below = []
    for folder, files in itertools.groupby(sorted(summaries, key=folder_of), folder_of):
        counts = total([summaries[file] for file in files])
        print(row(f"{folder}/", counts))
        if folder.parts[0] in AIMED_AT and share(counts[0]) < AIM:
            below.append(folder)
    aimed_at = [counts for file, counts in summaries.items() if file.parts[0] in AIMED_AT]
    print(row(" and ".join(f"{folder}/" for folder in AIMED_AT), total(aimed_at)), end="\n\n")

    text = {file: f"{file}:{ranges(lines)}\n" for file, lines in sorted(uncovered.items()) if lines}
    (build / "uncovered.txt").write_text("".join(text.values()), encoding="utf-8")
    listed = [file for file in text if file.parts[0] in AIMED_AT and share(summaries[file][0]) < AIM]
    print(f"Files below {AIM} %, and the lines of them that never ran:" if listed else f"No file is below {AIM} %.")
    print("".join(f"  {share(summaries[file][0]):.1f} %  {text[file]}" for file in listed))
    print(f"The lines of every file: {relative(build)}/uncovered.txt; every count: {relative(build)}/html/index.html")
    for folder in below:
        print(f"{folder}: expected {AIM} % of its lines to run, but found fewer; test or remove the others", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
