"""Puts the examples of docs/Dialect.md into programs: python3 dialect-examples.py docs/Dialect.md PROGRAMS

In PROGRAMS, a line `// EXAMPLE theria.op` stands for the example of that operation. Prints the programs; fails where an
operation has no example, or an example no program.
"""
import pathlib
import re
import sys

SECTION = re.compile(r"^#### `(theria\.\w+)`\n(.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE)
EXAMPLE = re.compile(r"^```mlir\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PLACE = re.compile(r"^ *// EXAMPLE (\S+)\n", re.MULTILINE)


def main(page, programs):
    sections = dict(SECTION.findall(pathlib.Path(page).read_text(encoding="utf-8")))
    examples = {operation: "".join(EXAMPLE.findall(text)) for operation, text in sections.items()}
    text = pathlib.Path(programs).read_text(encoding="utf-8")
    places = PLACE.findall(text)
    bad = [f"expected an example of {op} in its description, but found none" for op in examples if not examples[op]]
    bad += [f"expected a program for the example of {op}, but found none" for op in examples if op not in places]
    bad += [f"expected the operation {op} in the reference, but found none" for op in places if op not in examples]
    print("\n".join(bad), end="", file=sys.stderr)
    print(PLACE.sub(lambda place: examples.get(place[1], ""), text))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
