"""The test program of a case: the function, and the commands that run it."""

import textwrap

from cases import broadcast_shape, captured
from regions import PAIR

# Unit roundoffs: of the arithmetic inside theria.sdpa, and of its results.
ROUNDOFF = {
    "f64": (2**-53, 2**-53),
    "f32": (2**-24, 2**-24),
    "bf16": (2**-24, 2**-8),
    "f16": (2**-24, 2**-11),
}
ORDER = {"jvp": 1, "vjp": 1, "hvp": 2}


def tolerance(element, chain):
    """A score and its tangents stay below about ten, v below two, so an order
    of derivative multiplies a term by ten at most; a result takes about a
    hundred rounded terms and factors. What is rounded to the element type is
    rounded once, at the end."""
    inner, outer = ROUNDOFF[element]
    order = sum(ORDER[step] for step in filter(None, chain.split(",")))
    rtol = 100 * inner + (outer if outer > inner else 0)
    return f"--rtol={rtol:.2e} --atol={100 * inner * 10**order:.2e}"


def tensor(shape, kind):
    return "tensor<" + "".join(f"{d}x" for d in shape) + kind + ">"


def value_type(shape, kind):
    return tensor(shape, kind) if shape else kind


def shapes(case, dynamic):
    """Name to (shape, kind); kind 'f' is the element type of q."""
    B, H, Hk, N, M, D, Dv = case.sizes
    sizes = case.sizes
    if dynamic:
        B, H, Hk, N, M, D, Dv = ("?" if f else d for d, f in zip(sizes, dynamic))
    x = {
        "q": ((B, H, N, D), "f"),
        "k": ((B, Hk, M, D), "f"),
        "v": ((B, Hk, M, Dv), "f"),
    }
    clauses, sizes = case.clauses, (B, H, Hk, N, M, D, Dv)
    if clauses.get("scale") == "operand":
        x["scale"] = ((), "score")
    if "bias" in clauses:
        x["bias"] = (broadcast_shape(clauses["bias"], sizes), "f")
    if "mask" in clauses:
        x["mask"] = (broadcast_shape(clauses["mask"], sizes), "i1")
    if "lengths" in clauses:
        x["rows"], x["keys"] = ((B,), "i32"), ((B,), "i32")
    for clause in "score", "where":
        for name, (shape, kind) in captured(clauses, clause).items():
            x[name] = (shape, "score" if kind == "{f}" else kind)
    results = {"out": ((B, H, N, Dv), "f"), "lse": ((B, H, N), "score")}
    return x, results


def clause_lines(case, score):
    """Each clause in the syntax of theria.sdpa."""
    lines = []
    for name, value in case.clauses.items():
        if name in ("bias", "mask"):
            lines.append(f"{name}(%{name})")
        elif name == "scale" and value == "operand":
            lines.append("scale(%scale)")
        elif name == "scale":
            lines.append(f"scale = {value}")
        elif name == "causal":
            lines.append("causal" if value is True else f"causal({value})")
        elif name == "window":
            lines.append(f"window({value[0]}, {value[1]})")
        elif name == "softcap":
            lines.append(f"softcap({value})")
        elif name == "lengths":
            lines.append("lengths(%rows, %keys)")
        else:
            uses = ", ".join("%" + n for n in value.captured)
            head = f"%s: {score}, {PAIR}" if name == "score" else PAIR
            body = textwrap.indent(value.body.replace("{f}", score), "  ")
            uses = f"({uses})" if uses else ""
            lines.append(f"{name}{uses} {{\n^bb0({head}):\n{body}}}")
    return lines


class Types:
    """Types of arguments and results, inside and outside theria.sdpa."""

    def __init__(self, case, element="f64", dynamic=None):
        self.arguments, self.results = shapes(case, dynamic)
        self.score = "f64" if element == "f64" else "f32"
        self.kinds = {"f": element, "score": self.score}

    def inner(self, t):
        return value_type(t[0], self.kinds.get(t[1], t[1]))

    def outer(self, t):
        return value_type(t[0], "f64" if t[1] in self.kinds else t[1])

    def smooth(self):
        return {n: t for n, t in self.arguments.items() if t[1] in self.kinds}


def signature(name, arguments, results):
    inputs = ",\n    ".join(f"%{n}: {t}" for n, t in arguments.items())
    outputs = ", ".join(results.values())
    return f"func.func @{name}(\n    {inputs})\n    -> ({outputs}) {{"


def statement(op, case, score, extra, operands, results):
    """An operation of the sdpa family; `extra` is its lists of (co)tangents."""
    names = ", ".join(f"%{n}" for n in results)
    lines = [f"  {names} = theria.{op} %q, %k, %v"]
    clauses = extra + clause_lines(case, score)
    lines += [textwrap.indent(c, " " * 6) for c in clauses]
    inputs, outputs = ", ".join(operands), ", ".join(results.values())
    lines.append(f"      : ({inputs})\n      -> ({outputs})")
    return lines


def finish(results):
    return f"  return {', '.join('%' + n for n in results)} : {', '.join(results.values())}\n}}\n"


def function(case, types):
    """@attention, in f64 outside whatever the element type of theria.sdpa."""
    inner = {n: types.inner(t) for n, t in types.arguments.items()}
    outer = {n: types.outer(t) for n, t in types.arguments.items()}
    narrow = [n for n in inner if inner[n] != outer[n]]
    given = {n + "64" * (n in narrow): t for n, t in outer.items()}
    results = {n: types.inner(t) for n, t in types.results.items()}
    returned = {n: types.outer(t) for n, t in types.results.items()}
    if narrow:
        returned = {n + "64": t for n, t in returned.items()}
    lines = [signature("attention", given, returned)]
    for n in narrow:
        lines.append(f"  %{n} = arith.truncf %{n}64 : {outer[n]} to {inner[n]}")
    lines += statement("sdpa", case, types.score, [], inner.values(), results)
    for n, t in results.items() if narrow else ():
        lines.append(f"  %{n}64 = arith.extf %{n} : {t} to {returned[n + '64']}")
    return "\n".join(lines + [finish(returned)])


def explicit_function(case, op):
    """theria.sdpa_jvp, _vjp or _hvp as a function of what --derive would ask."""
    types = Types(case)
    primals = {n: types.outer(t) for n, t in types.arguments.items()}
    y = {n: types.outer(t) for n, t in types.results.items()}
    smooth = {n: types.outer(t) for n, t in types.smooth().items()}
    named = lambda prefix, values: {prefix + n: t for n, t in values.items()}
    cotangents = named("c_", y) if op != "jvp" else {}
    tangents = named("t_", smooth) if op != "vjp" else {}
    results = {
        "jvp": y | named("ty_", y),
        "vjp": y | named("cx_", smooth),
        "hvp": named("h_", smooth),
    }[op]
    extra = [
        f"{word}({', '.join('%' + n for n in values)})"
        for word, values in (("cotangents", cotangents), ("tangents", tangents))
        if values
    ]
    directions = cotangents | tangents
    head, tail = list(primals.values())[:3], list(primals.values())[3:]
    operands = head + list(directions.values()) + tail
    lines = [signature("attention", primals | directions, results)]
    lines += statement(f"sdpa_{op}", case, types.score, extra, operands, results)
    return "\n".join(lines + [finish(results)])


def wrapped(words, width=104):
    """One RUN line, continued where it is long."""
    rows = textwrap.wrap(
        " ".join(words), width, break_long_words=False, break_on_hyphens=False
    )
    return " \\\n".join(
        f"// RUN: {'  ' if n else ''}{row}" for n, row in enumerate(rows)
    )


def run_lines(runs, element, derive=True):
    """runs: chain to (input files, result files), relative to values/."""
    primals = min((inputs for inputs, _ in runs.values()), key=len)
    lines = [
        "// RUN: cd %root/test/Golden/values",
        "// DEFINE: %{run} = theria-run %s --function=attention",
    ]
    if "" in runs:
        files = " ".join(f"--input=@{i}" for i in primals)
        lines.append(f"// DEFINE: %{{x}} = {files}")
    for chain, (inputs, results) in runs.items():
        words = ["%{run}"] + [f"--derive={chain}"] * bool(chain and derive)
        words.append(tolerance(element, chain))
        if "" in runs:
            words.append("%{x}")
            inputs = inputs[len(primals) :]
        words += [f"--input=@{i}" for i in inputs]
        words += [f"--expect=@{r}" for r in results]
        lines.append(wrapped(words))
    return "\n".join(lines)


def program(title, runs, text, element="f64", derive=True):
    commands = run_lines(runs, element, derive)
    return f"// {title}.\n// Written by make_golden.py.\n\n{commands}\n\n{text}"
