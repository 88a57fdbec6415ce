"""The results as Markdown tables."""

import aims
from peers import TITLES
from programs import PROGRAMS


def quantity(value):
    """Three digits, without an exponent."""
    digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2 if value >= 0.9995 else 3
    return f"{value:.{digits}f}"


def rows(header, body):
    aligned = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, aligned, *body]) + "\n"


# Probes of the yardstick on a machine that does nothing else differ by less.
STEADY = 0.8


class Notes:
    """Why a cell is empty: each reason once, numbered."""

    def __init__(self):
        self.reasons = []

    def mark(self, reason):
        if reason not in self.reasons:
            self.reasons.append(reason)
        return f"– ({self.reasons.index(reason) + 1})"

    def text(self):
        lines = (f"({index}) {reason}  \n" for index, reason in enumerate(self.reasons, 1))
        return "\n" + "".join(lines) if self.reasons else ""


def select(results, **wanted):
    return [
        record for record in results["measurements"] if all(record[name] == value for name, value in wanted.items())
    ]


def best(records, field="median_s"):
    """The fastest that was measured and is right, else none."""
    right = [record for record in records if field in record and not record.get("failed")]
    return min(right, key=lambda record: record[field], default=None)


def timed_peers(results):
    return [peer for peer in results["peers"] if peer in TITLES]


def cell(records, notes, way=True):
    """Time, memory and way of the fastest, or a note why there is none."""
    if wrong := [record for record in records if "error" in record and record.get("failed")]:
        record = wrong[0]
        return notes.mark(f"disagrees with Theria by {record['error']:.1e}, more than {record['tolerance']:.1e}")
    if not (record := best(records)):
        return notes.mark("; ".join(dict.fromkeys(record["unavailable"] for record in records))) if records else "–"
    words = f"{quantity(1e3 * record['median_s'])} ({quantity(record['peak_mib'])}"
    return words + (f", {record['way']})" if way else ")")


def ordered(results, experiment, field):
    """The distinct values of a field in an experiment, in the order of the run."""
    return list(dict.fromkeys(freeze(record[field]) for record in select(results, experiment=experiment)))


def freeze(value):
    return tuple(value) if isinstance(value, list) else value


def shape_row(results, shape, program, notes):
    where = {"experiment": "shapes", "shape": list(shape), "program": program}
    theria = best(select(results, **where, subject="theria"))
    peers = {peer: select(results, **where, subject=peer) for peer in timed_peers(results)}
    fastest = best([record for records in peers.values() for record in records])
    row = [PROGRAMS[program].title, cell(select(results, **where, subject="theria"), notes, way=False)]
    row += [cell(records, notes) for records in peers.values()]
    if theria and fastest:
        ratio = fastest["median_s"] / theria["median_s"]
        row += [f"{ratio:.2f}", aims.verdict(ratio, aims.RATIOS.get(shape, {}).get(program), True)]
    else:
        row += ["–", ""]
    if theria and theria["share"] is not None:
        aim = aims.SHARE if shape[2] in aims.SHARE_SIZES else None
        row += [quantity(theria["gflops"]), f"{theria['share']:.2f}", aims.verdict(theria["share"], aim, True)]
    else:
        row += [quantity(theria["gflops"]) if theria else "–", "–", ""]
    return row


def shapes(results):
    parts = []
    for shape in ordered(results, "shapes", "shape"):
        notes = Notes()
        header = [f"B, H, N, D = {', '.join(map(str, shape))}", "Theria"]
        header += [TITLES[peer] for peer in timed_peers(results)]
        header += ["best peer ÷ Theria", "aim", "GFLOP/s", "share of sgemm", "aim"]
        programs = dict.fromkeys(
            record["program"] for record in select(results, experiment="shapes", shape=list(shape))
        )
        body = [shape_row(results, shape, program, notes) for program in programs]
        parts.append(rows(header, body) + notes.text())
    return "\n".join(parts)


def growth(results):
    parts = []
    for program in ordered(results, "growth", "program"):
        notes = Notes()
        header = [PROGRAMS[program].title, "Theria", "share of sgemm"]
        header += [TITLES[peer] for peer in timed_peers(results)]
        body = []
        for shape in ordered(results, "growth", "shape"):
            where = {"experiment": "growth", "shape": list(shape), "program": program}
            theria = select(results, **where, subject="theria")
            share = (best(theria) or {}).get("share")
            row = [f"N = {shape[2]}", cell(theria, notes, way=False), f"{share:.2f}" if share is not None else "–"]
            row += [cell(select(results, **where, subject=peer), notes) for peer in timed_peers(results)]
            body.append(row)
        parts.append(rows(header, body) + notes.text())
    return "\n".join(parts)


def memory(results):
    body = []
    for (shape, program), aim in aims.PEAKS.items():
        if record := best(select(results, shape=list(shape), program=program, subject="theria", clause="")):
            title = f"{PROGRAMS[program].title} at {', '.join(map(str, shape))}"
            tensor = shape[2] ** 2 * 4 / 2**20
            peak = record["peak_mib"]
            body.append([title, quantity(peak), aims.verdict(peak, aim, False), quantity(tensor)])
    header = ["Theria", "peak MiB beyond inputs and results", "aim", "MiB of one N×N tensor"]
    return rows(header, body) if body else ""


def clause_row(results, program):
    found = {}
    for record in select(results, experiment="clauses", program=program):
        if "median_s" in record:
            found[(record["clause"], record["shape"][2])] = record["median_s"]
    sizes = sorted({size for _, size in found})
    row = [PROGRAMS[program].title, *(quantity(1e3 * seconds) for seconds in found.values())]
    if len(found) < 4:
        return None
    few, many = sizes
    causal = found[("causal", few)] / found[("", few)]
    window = found[("window(256, 0)", many)] / found[("window(256, 0)", few)] * few / many
    row += [f"{causal:.2f}", aims.verdict(causal, aims.CAUSAL, False)]
    return row + [f"{window:.2f}", aims.verdict(window, aims.WINDOW_ROW, False)]


def clauses(results):
    body = [clause_row(results, program) for program in ordered(results, "clauses", "program")]
    measured = select(results, experiment="clauses")
    columns = dict.fromkeys(f"{record['clause'] or 'full'}, N = {record['shape'][2]}" for record in measured)
    header = ["two heads, D = 64", *columns, "causal ÷ full", "aim", "window, time of a row, large ÷ small N", "aim"]
    body = [row for row in body if row]
    return rows(header, body) if body else ""


def compiling(results):
    measured = select(results, experiment="compile")
    reference = best([r for r in measured if r["subject"] == "jax" and r["program"] == "hvp"], "first_s")
    notes, body = Notes(), []
    for program in ordered(results, "compile", "program"):
        row = [f"{PROGRAMS[program].title}, every clause"]
        found = {}
        for subject in ("theria", "jax"):
            records = [r for r in measured if r["subject"] == subject and r["program"] == program]
            found[subject] = best(records, "first_s")
            reasons = "; ".join(dict.fromkeys(r.get("unavailable", "its result disagrees") for r in records))
            row.append(
                quantity(found[subject]["first_s"]) if found[subject] else notes.mark(reasons or "not asked for")
            )
        if found["theria"] and reference:
            ratio = found["theria"]["first_s"] / reference["first_s"]
            row += [f"{ratio:.2f}", aims.verdict(ratio, aims.COMPILE[program], False)]
        else:
            row += ["–", ""]
        body.append(row)
    header = ["seconds", "Theria, the whole process", "JAX, first call", "Theria ÷ JAX's gradient + HVP", "aim"]
    return rows(header, body) + notes.text() if body else ""


def machine(results):
    found, yardstick, versions = results["machine"], results["yardstick"], results["versions"]
    family = f" (family and model {found['family and model']})" if found["family and model"] else ""
    text = (
        f"{found['cpu']}{family}, {found['cores']} cores, {found['vectors']}, {found['memory_gib']} GiB, "
        f"{found['system']}; {results['threads']} threads; {results['date']}. "
    )
    text += "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ". "
    if yardstick["gflops"]:
        text += (
            f"The yardstick, sgemm of {yardstick['size']}³ by NumPy's {yardstick['library']}: "
            f"{yardstick['gflops']} GFLOP/s at best, {min(yardstick['probes'])} at worst "
            f"of {len(yardstick['probes'])} probes in this run."
        )
        if min(yardstick["probes"]) < STEADY * yardstick["gflops"]:
            text += " **The machine was busy with other work in this run: times and rates are not to be relied on.**"
    else:
        text += f"The yardstick, sgemm, is not available: {results['missing'].get('openblas', 'not asked for')}."
    for peer in timed_peers(results):
        if peer in results["missing"]:
            text += f" {TITLES[peer]} is not available: {results['missing'][peer]}."
    return text + "\n"


SECTIONS = {
    "machine": ("Machine", machine),
    "shapes": ("Four shapes, milliseconds (peak MiB, way)", shapes),
    "memory": ("Memory", memory),
    "growth": ("Growth with N, one head, D = 64, milliseconds (peak MiB, way)", growth),
    "clauses": ("Masks, milliseconds", clauses),
    "compile": ("First call", compiling),
}


def tables(results):
    made = ((title, section(results)) for title, section in SECTIONS.values())
    return "\n".join(f"## {title}\n\n{text}" for title, text in made if text)
