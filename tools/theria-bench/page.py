"""docs/performance.md: the prose of docs/performance/page.md.in around the tables of a committed run."""

import pathlib
import string

import table
from failure import Failure

TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "performance" / "page.md.in"


def page(results, name):
    """The page of the results that are committed as docs/performance/NAME."""
    parts = {
        key: section(results).strip() or "Not measured in this run." for key, (_, section) in table.SECTIONS.items()
    }
    template = string.Template(TEMPLATE.read_text(encoding="utf-8"))
    try:
        return template.substitute(parts, results=name)
    except (KeyError, ValueError) as error:
        raise Failure(f"expected $ in {TEMPLATE.name} before the name of a section only, but found {error}") from error
