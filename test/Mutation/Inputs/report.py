"""What was found: on the screen, as JSON, and as the tables of a page."""
import collections
import json
import re
import sys

BEGIN, END = "<!-- tables of the last run: mutate.py --page -->", "<!-- end of the tables -->"


def one_line(text):
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= 90 else text[:87] + "…"


def line(mutant):
    before, after = one_line(mutant["before"]), one_line(mutant["after"])
    place = f"{mutant['file']}:{mutant['line']}: {mutant['function']}: {mutant['kind']}: "
    if mutant["form"].startswith("after "):
        return place + f"'{mutant['form'].removeprefix('after ')}' is never there"
    return place + (f"'{before}' becomes '{after}'" if after else f"without '{before}'")


def apply_reasons(mutants, equivalent):
    """Gives each mutant that cannot change a result its reason. Every entry of the list must name some mutant."""
    for entry in equivalent:
        matching = [mutant for mutant in mutants if all(
            mutant[field] == entry[field] if field in ("file", "function", "kind") else one_line(mutant[field]) == entry[field]
            for field in ("file", "function", "kind", "before", "after") if field in entry)]
        if not matching:
            entry["unused"] = True
        for mutant in matching:
            mutant["reason"] = entry["reason"]


class Report:
    def __init__(self, mutants, results, total):
        self.mutants, self.results, self.total = mutants, results, total

    def verdict(self, mutant):
        result = self.results[mutant["key"]]["verdict"]
        return "equivalent" if result == "survived" and "reason" in mutant else result

    def survivors(self):
        return [mutant for mutant in self.mutants if self.verdict(mutant) == "survived"]

    def counts(self, field):
        table = collections.defaultdict(collections.Counter)
        for mutant in self.mutants:
            table[mutant[field]][self.verdict(mutant)] += 1
        return table

    def show(self):
        for mutant in self.survivors():
            note = "" if self.results[mutant["key"]]["reached"] else " (no test comes to it)"
            print(line(mutant) + note)
        count = collections.Counter(map(self.verdict, self.mutants))
        print(f"{len(self.mutants)} of {self.total} mutants: {count['killed']} killed, {count['equivalent']} equivalent, "
              f"{count['survived']} survived")

    def json(self):
        return json.dumps([{**{key: mutant[key] for key in ("file", "line", "function", "kind", "before", "after")},
                            **self.results[mutant["key"]], "verdict": self.verdict(mutant), "reason": mutant.get("reason")}
                           for mutant in self.mutants], indent=1, ensure_ascii=False) + "\n"

    def table(self, title, field):
        counts = self.counts(field)
        rows = [(f"`{name}`" if field == "file" else name, count) for name, count in sorted(counts.items())]
        rows.append(("all", sum(counts.values(), collections.Counter())))
        yield f"| {title} | mutants | killed | equivalent | survived |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        for name, count in rows:
            yield f"| {name} | {sum(count.values())} | {count['killed']} | {count['equivalent']} | {count['survived']} |"

    def listed(self, verdict):
        places = collections.defaultdict(list)
        for mutant in self.mutants:
            if self.verdict(mutant) == verdict:
                places[mutant.get("reason", ""), mutant["file"]].append(mutant)
        for (reason, file), own in places.items():
            yield f"- `{file}`" + (f": {reason}" if reason else "")
            for mutant in own:
                yield "  - " + line(mutant).removeprefix(f"{file}:{mutant['line']}: ").replace("'", "`")

    def write_page(self, path):
        text = path.read_text(encoding="utf-8")
        if BEGIN not in text or END not in text:
            sys.exit(f"error: expected the lines '{BEGIN}' and '{END}' in {path}, but found none; put them around the tables")
        lines = [BEGIN, "", *self.table("source", "file"), "", *self.table("kind", "kind"), ""]
        for title, verdict in (("Survivors", "survived"), ("Equivalent", "equivalent")):
            listed = list(self.listed(verdict))
            lines += [f"### {title}", "", *(listed or ["None."]), ""]
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        path.write_text(before + "\n".join([*lines, END]) + after, encoding="utf-8")
