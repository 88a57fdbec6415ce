"""The growth with N as an SVG: time above, memory below, a column for each program, both axes logarithmic."""

import math
import xml.etree.ElementTree as xml

import table
from peers import TITLES
from programs import PROGRAMS

PANEL, GAP = (232, 210), (24, 56)
LEFT, TOP, BOTTOM, RIGHT = 74, 84, 54, 18
ROWS = (("milliseconds", "median_s", 1e3), ("peak MiB", "peak_mib", 1.0))
# Less is drawn as much: a logarithm has no zero.
LEAST = {"median_s": 1e-5, "peak_mib": 0.1}
TENSOR = "one N×N tensor"
COLOURS = {
    "theria": ("#0969da", "#58a6ff"),
    "torch": ("#c24a00", "#ff9a57"),
    "jax": ("#1a7f37", "#3fb950"),
    "keops": ("#8250df", "#bc8cff"),
    "tensor": ("#6e7781", "#8b949e"),
}
MARKS = {
    "theria": "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
    "torch": "M-3.5,-3.5h7v7h-7z",
    "jax": "M0,-4.5L4.5,3.5H-4.5z",
    "keops": "M0,-5L5,0L0,5L-5,0z",
}


def style():
    def rules(which):
        ground, ink, faint = (("#ffffff", "#1f2328", "#d8dee4"), ("#0d1117", "#e6edf3", "#30363d"))[which]
        colours = "".join(
            f".{name}{{stroke:{pair[which]}}}.{name}.mark{{fill:{pair[which]}}}" for name, pair in COLOURS.items()
        )
        return f".ground{{fill:{ground}}}text{{fill:{ink}}}.grid{{stroke:{faint}}}.frame{{stroke:{ink}}}{colours}"

    plain = (
        "text{font:12px system-ui,sans-serif}.title{font-weight:600;font-size:13px}.middle{text-anchor:middle}"
        ".end{text-anchor:end}.line{fill:none;stroke-width:2}.theria.line{stroke-width:3}.grid,.frame{fill:none}"
        ".tensor.line{stroke-dasharray:5 4;stroke-width:1.5}.mark{stroke:none}"
    )
    return f"{plain}{rules(0)}@media(prefers-color-scheme:dark){{{rules(1)}}}"


def add(parent, name, text=None, **attributes):
    element = xml.SubElement(parent, name, {key.replace("_", "-"): str(value) for key, value in attributes.items()})
    element.text = text
    return element


def label(parent, x, y, text, kind="", **more):
    return add(parent, "text", text, x=f"{x:.1f}", y=f"{y:.1f}", **({"class": kind} if kind else {}), **more)


def size_label(size):
    return str(size) if size < 1024 or size % 1024 else f"{size // 1024}k"


def value_label(power):
    value = 10.0**power
    return f"{value:g}" if value < 10000 else f"{value / 1000:,.0f}k"


class Scale:
    """A logarithmic axis from a value to a place."""

    def __init__(self, low, high, start, end):
        self.low, self.span = math.log(low), math.log(high / low) or 1.0
        self.start, self.length = start, end - start

    def __call__(self, value):
        return self.start + self.length * (math.log(value) - self.low) / self.span


def series(results, field, factor):
    """Points (N, value) by program and subject: of a peer its fastest way."""
    found = {}
    for shape in sorted(table.ordered(results, "growth", "shape"), key=lambda shape: shape[2]):
        for program in table.ordered(results, "growth", "program"):
            for subject in ("theria", *table.timed_peers(results)):
                where = {"experiment": "growth", "shape": list(shape), "program": program, "subject": subject}
                if record := table.best(table.select(results, **where)):
                    value = factor * max(record[field], LEAST[field])
                    found.setdefault((program, subject), []).append((shape[2], value))
    return found


def decades(values):
    return math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)


def curve(parent, points, x, y, subject):
    path = "M" + "L".join(f"{x(size):.1f},{y(value):.1f}" for size, value in points)
    add(parent, "path", d=path, **{"class": f"{subject} line"})
    for size, value in points if subject in MARKS else ():
        place = f"translate({x(size):.1f},{y(value):.1f})"
        add(parent, "path", d=MARKS[subject], transform=place, **{"class": f"{subject} mark"})


def panel(parent, corner, sizes, powers, curves, first):
    """Grid, curves and tick labels; the labels of values only in the first column."""
    left, top = corner
    right, bottom = left + PANEL[0], top + PANEL[1]
    x = Scale(sizes[0], sizes[-1], left + 10, right - 10)
    y = Scale(10.0 ** powers[0], 10.0 ** powers[1], bottom - 6, top + 6)
    for power in range(powers[0], powers[1] + 1):
        place = y(10.0**power)
        add(parent, "path", d=f"M{left},{place:.1f}H{right}", **{"class": "grid"})
        if first:
            label(parent, left - 8, place + 4, value_label(power), "end")
    # Labels of neighbouring sizes would touch.
    for index, size in enumerate(sizes):
        add(parent, "path", d=f"M{x(size):.1f},{top}V{bottom}", **{"class": "grid"})
        if (len(sizes) - 1 - index) % (1 if len(sizes) <= 5 else 2) == 0:
            label(parent, x(size), bottom + 17, size_label(size), "middle")
    add(parent, "path", d=f"M{left},{top}H{right}V{bottom}H{left}z", **{"class": "frame"})
    # Theria's curve lies on top.
    for subject, points in sorted(curves.items(), key=lambda item: item[0] == "theria"):
        curve(parent, points, x, y, subject)


def legend(parent, subjects):
    x = LEFT
    for subject, title in subjects.items():
        curve(parent, [(x, 50), (x + 30, 50)], float, float, subject)
        label(parent, x + 38, 54, title)
        x += 60 + 8 * len(title)


def tensors(sizes, powers):
    """The size of one tensor of pairs, as far as it lies in the panel."""
    points = [(size, size * size * 4 / 2**20) for size in sizes]
    return [(size, value) for size, value in points if 10.0 ** powers[0] <= value <= 10.0 ** powers[1]]


def growth(results):
    programs = table.ordered(results, "growth", "program")
    sizes = sorted({shape[2] for shape in table.ordered(results, "growth", "shape")})
    width = LEFT + len(programs) * PANEL[0] + max(0, len(programs) - 1) * GAP[0] + RIGHT
    height = TOP + 2 * PANEL[1] + GAP[1] + BOTTOM
    svg = xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
        },
    )
    add(svg, "title", "Time and memory of attention and its derivatives as the number of rows grows")
    add(svg, "style", style())
    add(svg, "rect", width=width, height=height, **{"class": "ground"})
    label(svg, LEFT, 26, "Growth with N: one head, D = 64, f32", "title")
    present = {"theria": "Theria"} | {peer: TITLES[peer] for peer in table.timed_peers(results)}
    legend(svg, present | {"tensor": TENSOR})
    for row, (unit, field, factor) in enumerate(ROWS):
        found = series(results, field, factor)
        if not found:
            continue
        powers = decades([value for points in found.values() for _, value in points])
        powers = (powers[0], max(powers[1], powers[0] + 1))
        top = TOP + row * (PANEL[1] + GAP[1])
        middle = top + PANEL[1] / 2
        label(svg, 20, middle, unit, "middle", transform=f"rotate(-90 20 {middle:.1f})")
        for column, program in enumerate(programs):
            left = LEFT + column * (PANEL[0] + GAP[0])
            curves = {subject: points for (name, subject), points in found.items() if name == program}
            if field == "peak_mib" and len(line := tensors(sizes, powers)) > 1:
                curves = {"tensor": line} | curves
            panel(svg, (left, top), sizes, powers, curves, column == 0)
            label(svg, left + PANEL[0] / 2, top - 8, PROGRAMS[program].title, "title middle")
            if row == 1:
                label(svg, left + PANEL[0] / 2, top + PANEL[1] + 40, "rows and keys N", "middle")
    xml.indent(svg, " ")
    return xml.tostring(svg, encoding="unicode") + "\n"
