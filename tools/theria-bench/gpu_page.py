"""The page of a run of carried/measure.py on a GPU: tables beside PyTorch, and what others have published."""

import programs
from failure import Failure

# What is published for one call, in ms: of which kernels, and where.
PUBLISHED = {
    ("hvp", (1, 12, 8192, 64), "causal"): (("flash-hog 0.4.0, Pallas", 9.46), ("flash-hog 0.4.0, ThunderKittens", 5.56)),
    ("hvp", (1, 12, 32768, 64), "causal"): (("flash-hog 0.4.0, Pallas", 137.5), ("flash-hog 0.4.0, ThunderKittens", 73.6)),
    ("jvp", (1, 24, 8192, 128), ""): (("lumalabs/tvm", 16.7),),
}
# The share of the best of PyTorch's own kernels that is aimed at.
AIMS = {"forward": 0.7, "vjp": 0.6}


def milliseconds(record):
    return record["median_s"] * 1e3


def table(shape, clause, element, records):
    """Rows of one case: Theria, the ways of PyTorch, and their ratio."""
    title = f"{element}, {', '.join(map(str, shape))}{', ' + clause if clause else ''}"
    yield f"| {title} | Theria, ms | TFLOP/s | PyTorch, ms | best ÷ Theria | published, ms | largest error |"
    yield "| --- | ---: | ---: | --- | ---: | --- | ---: |"
    for name, program in programs.PROGRAMS.items():
        mine = [record for record in records if record["program"] == name]
        own = next((record for record in mine if record["subject"] == "theria"), None)
        if own is None or "median_s" not in own:
            continue
        others = [record for record in mine if record["subject"] != "theria"]
        said = [f"{milliseconds(record):.3g} ({record['way']})" for record in others if "median_s" in record]
        best = min((milliseconds(record) for record in others if "median_s" in record), default=None)
        ratio = f"{best / milliseconds(own):.2f}" if best else "–"
        if best and name in AIMS and element != "f32":
            met = best / milliseconds(own) >= AIMS[name]
            ratio += f" (aim {AIMS[name]}, {'met' if met else '**missed**'})"
        published = []
        for whose, value in PUBLISHED.get((name, shape, clause), ()):
            met = milliseconds(own) < value
            published.append(f"{value} ({whose}{'' if met else ', **missed**'})")
        flop = programs.useful_flop(name, shape, clause)
        errors = own.get("errors")
        yield (
            f"| {program.title} | {milliseconds(own):.3g} | {flop / own['median_s'] / 1e12:.0f} | {', '.join(said) or '–'} "
            f"| {ratio} | {', '.join(published) or '–'} | {f'{max(errors):.1e}' if errors else '–'} |"
        )


def page(results, name):
    try:
        machine, versions = results["machine"], results["versions"]
        cases = {}
        for record in results["measurements"]:
            cases.setdefault((tuple(record["shape"]), record["clause"], record["element"]), []).append(record)
        lines = [
            f"# On an {machine['gpu']}",
            "",
            f"Made from [{name}]({name}) by `python3 tools/theria-bench --gpu-page=docs/performance/{name}`; "
            "[GPU.md](../GPU.md#on-a-gpu) says how it is measured.",
            "",
            f"{machine['gpu']}, {machine['multiprocessors']} multiprocessors, driver {machine['driver']}, "
            f"{results['date']}. Versions: theria {versions['theria']}, torch {versions['torch']}, cuDNN {versions['cudnn']}. "
            "Medians of calls between events on the stream, each waited for; TFLOP/s count useful products only "
            "(2, 6, 6 and 13); errors are relative, in norm, of the first head against f64, the largest of the results'.",
        ]
        for (shape, clause, element), records in cases.items():
            lines += ["", *table(shape, clause, element, records)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Failure(
            f"expected whole results of measure.py, but {name} has not all of them ({error!r}); run it again"
        ) from error
    return "\n".join(lines) + "\n"
