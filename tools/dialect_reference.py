"""Prints docs/Dialect.md: python3 tools/dialect_reference.py [MLIR_TBLGEN]

The reference of the dialect, as mlir-tblgen writes it from the descriptions in dialect/*.td, in the words of a reader:
names of C++ classes, traits and interfaces are left out, the kind of each operation's differentiation rule stays.
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """<!-- Generated from dialect/*.td; change those, then run: ninja -C build theria-docs -->

# The dialect `theria`
"""
KIND = re.compile(r"`(\w+)Rule`")
ATTRIBUTE = re.compile(r"<tr><td><code>(\w+)</code></td><td>[^<]*</td><td>(.*?)</td></tr>", re.DOTALL)


def rule_kind(traits):
    kind = KIND.search(traits[0])
    return f"Rule kind: {kind[1].lower()}.\n" if kind else ""


def attribute_table(table):
    rows = [f"| `{name}` | {' '.join(text.split())} |" for name, text in ATTRIBUTE.findall(table[0])]
    return "\n".join(["| Attribute | Description |", "| :-------: | ----------- |", *rows])


def functional_type(directive):
    """Custom directives list the types of the operands and, last, of the result; ref(…) is no text."""
    *operands, result = [type for type in directive[1].split(", ") if not type.startswith("ref")]
    return f"`(` {' '.join(operands)} `)` `->` {result}"


def sorted_operations(group):
    """Operations by name; mlir-tblgen sorts them by their C++ class."""
    head, *operations = re.split(r"^(?=#### `theria)", group, flags=re.MULTILINE)
    return head + "".join(sorted(operations, key=lambda text: text.splitlines()[0].rstrip("`")))


def reference(page):
    page = page.split("# 'theria' Dialect\n", 1)[1].replace("[TOC]\n\n", "")
    page = re.sub(r"^(#+ `theria\.\w+`) \(::theria::\w+\)$", r"\1", page, flags=re.MULTILINE)
    page = re.sub(r"^Traits: .*\n", rule_kind, page, flags=re.MULTILINE)
    page = re.sub(r"^(Interfaces|Effects): .*\n\n?", "", page, flags=re.MULTILINE)
    page = re.sub(r"custom<\w+>\((.*)\)$", functional_type, page, flags=re.MULTILINE)
    page = "".join(map(sorted_operations, re.split(r"^(?=##? |### )", page, flags=re.MULTILINE)))
    page = re.sub(r"<table>.*?</table>", attribute_table, page, flags=re.DOTALL)
    page = re.sub(r"^(\| \S+ \|) (?:C\+\+ type|`unsigned`|:-------:) \|", r"\1", page, flags=re.MULTILINE)
    page = re.sub(r"^(#+ .*):$", r"\1", page, flags=re.MULTILINE)
    return HEAD + re.sub(r"\n{3,}", "\n\n", page).rstrip() + "\n"


def main(tblgen=shutil.which("mlir-tblgen")):
    include = pathlib.Path(tblgen).parent.parent / "include"
    options = ["-gen-dialect-doc", "-dialect=theria", f"-I{ROOT}", f"-I{include}"]
    command = [tblgen, *options, ROOT / "dialect/TheriaOps.td"]
    sys.stdout.write(reference(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


if __name__ == "__main__":
    main(*sys.argv[1:])
