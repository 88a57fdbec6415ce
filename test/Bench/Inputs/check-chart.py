"""Says what curves a chart of theria-bench has, and whether labels overlap: check-chart.py growth.svg"""

import sys
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = 60  # the legend stands above this
# A letter of the chart's font is not wider than that part of its height.
WIDTH = 0.62

tree = xml.parse(sys.argv[1]).getroot()
paths = [(path.get("class", ""), path.get("d")) for path in tree.iter(SVG + "path")]
for subject in ("theria", "torch", "jax", "keops"):
    curves = [[point.split(",") for point in d[1:].split("L")] for kind, d in paths if kind == subject + " line"]
    legend = [curve for curve in curves if all(float(y) < LEGEND for _, y in curve)]
    drawn = [curve for curve in curves if curve not in legend]
    points = max(map(len, drawn), default=0)
    print(f"{subject}: {len(legend)} in the legend, {len(drawn)} curves of {points} points")


def box(text):
    """The place of a label that is not turned."""
    size = 13 if "title" in text.get("class", "") else 12
    width = WIDTH * size * len(text.text)
    x, y = float(text.get("x")), float(text.get("y"))
    left = x - (width / 2 if "middle" in text.get("class", "") else width if "end" in text.get("class", "") else 0)
    return left, y - size, left + width, y, text.text


boxes = [box(text) for text in tree.iter(SVG + "text") if not text.get("transform")]
for index, a in enumerate(boxes):
    for b in boxes[:index]:
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            sys.exit(f"labels overlap: {a[4]} and {b[4]}")
print("no labels overlap")
