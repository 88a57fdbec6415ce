"""Every float operation of math and arith, for every float type, against Python's: python3 scalars.py FOLDER

An f64 differs from Python's, which calls the same libm, by 2 units of the last place at most; f32 by 4, the error that
glibc documents for its functions; bf16 and f16, computed in f32 and rounded, by one, where the value in f32 stands near
the middle of two.
"""
import math
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Tools" / "theria-run" / "Inputs"))
import npy  # noqa: E402

INF, NAN = math.inf, math.nan
X = [0.25, -0.25, 1.75, -2.5, 0.5, 3.75, 1.0, 0.0, INF, -INF, NAN, 5.5, 2**-10]
Y = [1.5, 2.0, -1.25, 3.0, -0.5, 2.0, -1.0, 0.0, 2.0, 3.0, 1.0, NAN, -2.0]
POWERS = [2, 3, -1, 2, 0, 3, 1, 2, 2, 3, 1, 1, -2]


def guarded(function):
    """IEEE's answer where Python raises: NaN out of the domain, infinity at a pole or beyond the largest float."""

    def call(*values):
        try:
            return function(*values)
        except ValueError:
            if function is math.atanh and abs(values[0]) == 1:
                return math.copysign(INF, values[0])
            at_pole = function in (math.log, math.log2, math.log10) and values[0] == 0
            return -INF if at_pole else NAN
        except OverflowError:
            return INF

    return call


def largest(a, b):
    return NAN if a != a or b != b else max(a, b)


def smallest(a, b):
    return NAN if a != a or b != b else min(a, b)


def divide(a, b):
    return math.copysign(NAN if a == 0 or a != a else INF, a) if b == 0 else a / b


def power(a, b):
    return INF if a == 0 and b < 0 else a**b


UNARY = {name: getattr(math, name) for name in
         "acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp2 expm1 floor log log10 log1p log2 sin sinh sqrt tan"
         " tanh trunc".split()}
UNARY |= {"absf": abs, "roundeven": round, "round": lambda x: math.copysign(math.floor(abs(x) + 0.5), x),
          "rsqrt": lambda x: INF if x == 0 else 1 / math.sqrt(x)}
FLOORS = ("ceil", "floor", "trunc", "round", "roundeven")
PREDICATES = {"isfinite": math.isfinite, "isinf": math.isinf, "isnan": math.isnan,
              "isnormal": lambda x: math.isfinite(x) and x != 0}
BINARY = {"math.atan2": math.atan2, "math.copysign": math.copysign, "math.powf": math.pow,
          "arith.addf": lambda a, b: a + b, "arith.subf": lambda a, b: a - b, "arith.mulf": lambda a, b: a * b,
          "arith.divf": divide, "arith.remf": math.fmod, "arith.maximumf": largest, "arith.minimumf": smallest,
          "arith.maxnumf": lambda a, b: b if a != a else a if b != b else max(a, b),
          "arith.minnumf": lambda a, b: b if a != a else a if b != b else min(a, b)}


def rounding(function, x):
    return x if not math.isfinite(x) else float(function(x))


def cases(t):
    """(name, lines that define %name, expected values)"""
    for name, function in UNARY.items():
        call = guarded(function)
        yield name, f"%{name} = math.{name} %x : {t}", [
            rounding(function, x) if name in FLOORS else call(x) for x in X]
    for name, function in PREDICATES.items():
        flags = t[: t.rindex("x") + 1] + "i1>"
        yield name, f"%p{name} = math.{name} %x : {t}\n  %{name} = arith.uitofp %p{name} : {flags} to {t}", [
            float(function(x)) for x in X]
    for name, function in BINARY.items():
        short = name.split(".")[1]
        yield short, f"%{short} = {name} %x, %y : {t}", [guarded(function)(x, y) for x, y in zip(X, Y)]
    yield "fma", f"%fma = math.fma %x, %y, %x : {t}", [x * y + x for x, y in zip(X, Y)]
    yield "negf", f"%negf = arith.negf %x : {t}", [-x for x in X]
    yield "fpowi", f"%fpowi = math.fpowi %x, %i : {t}, tensor<13xi32>", [power(x, i) for x, i in zip(X, POWERS)]
    yield "clampf", f"%low = arith.constant dense<-1.0> : {t}\n  %high = arith.constant dense<1.0> : {t}\n" \
        f"  %clampf = math.clampf %x to [%low, %high] : {t}", [smallest(largest(x, -1.0), 1.0) for x in X]
    yield "sine", f"%sine, %cosine = math.sincos %x : {t}", [guarded(math.sin)(x) for x in X]
    yield "cosine", "", [guarded(math.cos)(x) for x in X]
    yield "less", f"%c = arith.cmpf olt, %x, %y : {t}\n  %less = arith.select %c, %x, %y : tensor<13xi1>, {t}", [
        x if x < y else y for x, y in zip(X, Y)]


def check(folder, element, units, last_place, largest_finite, least=0.0):
    """`last_place` is relative; `least` is the smallest number above 0."""
    t = f"tensor<13x{element}>"
    names, lines, wants = zip(*cases(t))
    types = ", ".join([t] * len(names))
    (folder / "math.mlir").write_text(f"""func.func @f(%x: {t}, %y: {t}, %i: tensor<13xi32>) -> ({types}) {{
  {chr(10).join(lines)}
  return {', '.join(f'%{name}' for name in names)} : {types}
}}
""")
    dtype = {"f64": "<f8", "f16": "<f2"}.get(element, "<f4")
    for name, kind, values in (("x", dtype, X), ("y", dtype, Y), ("i", "<i4", POWERS)):
        npy.save(folder / f"{name}.npy", kind, [13], values)
    flags = [f"--input=@{folder}/{name}.npy" for name in "xyi"] + [f"--output=@{folder}/{n}.npy" for n in names]
    subprocess.run(["theria-run", folder / "math.mlir", *flags], check=True)
    for name, want in zip(names, wants):
        _, _, found = npy.load(folder / f"{name}.npy")
        for position, (a, b) in enumerate(zip(found, want)):
            b = math.copysign(INF, b) if abs(b) > largest_finite else b
            near = a == b or (a != a and b != b) or abs(a - b) <= units * max(last_place * abs(b), least)
            assert near, f"{name} of {element} at x = {X[position]}: expected {b}, but found {a}"


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    check(folder, "f64", 2, 2.0**-52, math.inf)
    check(folder, "f32", 4, 2.0**-23, math.inf)
    check(folder, "f16", 1, 2.0**-10, 65519.0, 2.0**-24)
    check(folder, "bf16", 1, 2.0**-7, math.inf)


if __name__ == "__main__":
    main(sys.argv[1])
