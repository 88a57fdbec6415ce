"""Writes a source that holds all of its mutants, of which the environment chooses one (see Mutant.h).

So a file is compiled once for all of its mutants. Each alternative stands on lines of its own: an error of the compiler in
one of them names the mutant that does not compile.
"""
import collections
import re
import subprocess
import tempfile

HEADER = '#include "test/Mutation/Inputs/Mutant.h"\n#pragma clang diagnostic ignored "-Weverything"\n'
FORMS = ("statement", "mlir::Value", "condition", "value")  # Outermost first, where places are the same.


def rank(form):
    return FORMS.index(form) if form in FORMS else len(FORMS)


class Schema:
    """`numbered` are pairs of a number and a Mutant of the source."""

    def __init__(self, source, numbered):
        self.source = source
        places = collections.defaultdict(list)
        for number, mutant in numbered:
            places[mutant.start, -mutant.end, rank(mutant.form), mutant.form].append((number, mutant))
        self.places = sorted(places.items())
        self.lines, self.owners = [""], collections.defaultdict(set)
        self.next = 0
        self.emit(HEADER)
        self.copy(0, len(source))
        self.text = "\n".join(self.lines)

    def emit(self, text, owners=()):
        for number, line in enumerate(text.split("\n")):
            if number:
                self.lines.append("")
            self.lines[-1] += line
            self.owners[len(self.lines)].update(owners)

    def copy(self, start, end):
        """Writes the bytes start..end with the places in them changed."""
        at = start
        while self.next < len(self.places):
            (place, minus_end, _, form), group = self.places[self.next]
            if place >= end or -minus_end > end:
                break
            self.next += 1
            if place < at:
                continue  # Overlaps what has been written: left out, and so never reached.
            self.emit(self.source[at:place].decode())
            at = -minus_end
            self.change(place, at, form, group)
        self.emit(self.source[at:end].decode())

    def change(self, start, end, form, group):
        everyone = [number for number, _ in group]
        if form.startswith("after "):  # if (T x = …) becomes if (T x = …; condition).
            number = everyone[0]
            self.emit("\n", everyone)
            self.emit(f"; !::theria::mutant({number}) && bool({form.removeprefix('after ')})\n", everyone)
        elif form == "statement":
            self.emit("{\n", everyone)
            for number, mutant in group:
                self.emit(f"if (::theria::mutant({number})) {{ {mutant.after}\n}} else\n", [number])
            self.emit("{ ")
            self.copy(start, end)
            self.emit("\n}}\n", everyone)
        else:
            wrap = {"condition": "bool", "mlir::Value": "::mlir::Value"}.get(form, "")
            self.emit("(\n", everyone)
            for number, mutant in group:
                self.emit(f"::theria::mutant({number}) ? {wrap}(\n{mutant.after}\n) :\n", [number])
            self.emit(f"{wrap}(")
            self.copy(start, end)
            self.emit("\n))\n", everyone)


def errors(schema, command):
    """The mutants whose lines the compiler refuses, with its first words about each."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", encoding="utf-8") as file:
        file.write(schema.text)
        file.flush()
        run = subprocess.run([*command, "-fsyntax-only", "-ferror-limit=0", "-fno-caret-diagnostics", file.name],
                             capture_output=True, text=True)
        bad, message = {}, ""
        for line in run.stderr.splitlines():
            message = line.split(": error: ")[-1] if ": error: " in line else message
            place = re.match(re.escape(file.name) + r":(\d+):\d+: ", line)
            if place and message:
                for number in schema.owners[int(place[1])]:
                    bad.setdefault(number, message)
        if run.returncode and not bad:
            raise SystemExit(f"error: expected errors in mutants alone, but found: {message}; mend schema.py")
        return bad


def compilable(source, numbered, command):
    """The schema of the mutants that compile, and why the others do not."""
    refused = {}
    while True:
        schema = Schema(source, [pair for pair in numbered if pair[0] not in refused])
        bad = errors(schema, command)
        if not bad:
            return schema, refused
        refused |= bad
