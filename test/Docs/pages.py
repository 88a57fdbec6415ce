"""Checks that what a page shows is what happens: python3 pages.py ROOT BUILD SCRATCH PAGE…

- A block ```mlir below a line that ends in `docs/examples/NAME.mlir`: is that file, to the letter.
- In a block ```console each line `$ COMMAND` is run and must succeed, and what stands below it is what it prints, where
  … stands for any text within a line and, alone on a line, for any lines.
- In an example, PAGE.mlir, each command in a comment, `//   theria-run …`, is run and must succeed.

Commands run in a folder with the project's docs and build beside them.
"""
import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"(?P<before>[^\n]*)\n+```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLE = re.compile(r"^//   (theria-\w+ (?:[^\n\\]|\\\n//)*)", re.MULTILINE)
FILE = re.compile(r"`(docs/examples/[\w/.-]+)`:$")


def pattern(shown):
    """The regular expression of what a page shows."""
    lines = [r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n" for line in shown]
    return re.compile("".join(lines))


def console(body, scratch):
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        while command.endswith("\\"):
            command = command[:-1] + shown.pop(0)
        run = subprocess.run(
            command, shell=True, cwd=scratch, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if run.returncode != 0:
            yield f"expected {command!r} to succeed, but it ended with {run.returncode} and printed:\n{run.stdout}"
        elif not pattern(shown).fullmatch(run.stdout):
            yield f"expected {command!r} to print what the page shows, but it printed:\n{run.stdout}"


def example(text, scratch):
    for command in EXAMPLE.findall(text):
        yield from console("$ " + command.replace("\\\n//", "") + "\n…\n", scratch)


def problems(page, root, scratch):
    for block in BLOCK.finditer(page):
        named = FILE.search(block["before"])
        if block["kind"] == "mlir" and named and block["body"] != (root / named[1]).read_text(encoding="utf-8"):
            yield f"expected the block below {named[1]} to be that file; copy the file into the page"
        if block["kind"] == "console":
            yield from console(block["body"], scratch)


def main(root, build, scratch, *pages):
    scratch.mkdir(parents=True, exist_ok=True)
    for name, target in (("docs", root / "docs"), ("build", build)):
        link = scratch / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
    bad = 0
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for problem in example(text, scratch) if page.suffix == ".mlir" else problems(text, root, scratch):
            print(f"{page.name}: {problem}", file=sys.stderr)
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*(pathlib.Path(argument).resolve() for argument in sys.argv[1:])))
