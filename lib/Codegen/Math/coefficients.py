"""Makes Coefficients.cpp, the polynomials of the elementary functions:

    python3 coefficients.py | clang-format-22 > Coefficients.cpp

Needs mpmath (any 1.x). Each polynomial is the minimax one by Remez's exchange algorithm (E. W. Cheney, Introduction to
Approximation Theory, chapter 3) in 60 digits, for the error relative to the function. The lowest coefficients, whose
rounding would be seen in the result, are rounded first, one by one, and the others fitted again around them.
Progress and the error of each polynomial in units of 2^-24 and 2^-53 go to stderr.
"""
import sys

from mpmath import mp, mpf

mp.dps = 60
DIGITS = {"f32": 24, "f64": 53}


def rounded(value, kind):
    """The nearest number of a type, as a Python float."""
    with mp.workprec(DIGITS[kind]):
        return float(+value)


def solve_levelled(points, target, weight, powers):
    """Coefficients whose weighted errors at the points are ±level."""
    rows = [[weight(x) * x**p for p in powers] + [(-1) ** i] for i, x in enumerate(points)]
    return mp.lu_solve(mp.matrix(rows), mp.matrix([weight(x) * target(x) for x in points]))


def remez(target, weight, powers, low, high):
    """Minimax Σ c_p·x^p to the target on [low, high]"""
    size = 40 * (len(powers) + 1)
    middle, half = (high + low) / 2, (high - low) / 2
    grid = [middle - half * mp.cos(mp.pi * i / size) for i in range(size + 1)]
    values = [(x, target(x), weight(x)) for x in grid]
    points = [middle - half * mp.cos(mp.pi * i / len(powers)) for i in range(len(powers) + 1)]
    for _ in range(30):
        solution = list(solve_levelled(points, target, weight, powers))
        coefficients, level = solution[:-1], abs(solution[-1])
        errors = [w * (t - sum(c * x**p for c, p in zip(coefficients, powers))) for x, t, w in values]
        # One extremum between two changes of sign, and of these the alternating run with the largest errors.
        peaks = []
        for x, error in zip(grid, errors):
            if peaks and (peaks[-1][1] > 0) == (error > 0):
                if abs(error) > abs(peaks[-1][1]):
                    peaks[-1] = (x, error)
            else:
                peaks.append((x, error))
        while len(peaks) > len(points):
            peaks.pop(0 if abs(peaks[0][1]) < abs(peaks[-1][1]) else -1)
        worst = max(abs(error) for error in errors)
        if len(peaks) < len(points) or worst < level * 1.01:
            break
        points = [x for x, _ in peaks]
    return coefficients


def fit_around(kind, target, weight, degree, low, high, careful):
    """A polynomial with coefficients of a type, of which the first few are rounded before the others are fitted."""
    found = []
    while len(found) <= degree:
        # What remains is x^k times a polynomial: without the factor, errors alternate on both sides of 0.
        k = len(found)
        rest = lambda x: (target(x) - sum(c * x**p for p, c in enumerate(found))) / x**k
        coefficients = remez(rest, lambda x: abs(weight(x) * x**k), range(degree + 1 - k), low, high)
        take = 1 if k < careful else len(coefficients)
        found += [mpf(rounded(c, kind)) for c in coefficients[:take]]
    grid = [low + (high - low) * i / 997 for i in range(998)]
    worst = max(abs(weight(x) * (target(x) - sum(c * x**p for p, c in enumerate(found)))) for x in grid)
    return worst, found


def fit(name, kind, target, weight, degree, low, high):
    """The best of these polynomials, as Python floats."""
    low, high = mpf(low), mpf(high)
    worst, found = min(fit_around(kind, target, weight, degree, low, high, careful) for careful in range(4))
    print(f"{name} {kind} degree {degree}: {mp.nstr(worst * 2**DIGITS[kind], 3)}", file=sys.stderr, flush=True)
    return [float(c) for c in found]


def series(function, zero):
    """A quotient that is 0/0 at 0, with its value there."""
    return lambda x: mpf(zero) if abs(x) < mpf(10) ** -18 else function(x)

def polynomials(kind):
    """Name, target, weight and interval as Coefficients.h describes them; degrees for the two types."""
    single = kind == "f32"
    exp_end = mp.log(2) / 2 * mpf("1.001")
    root_end = exp_end**2
    # sin and cos: the quadrant comes from a rounded product, so that the remainder may pass π/4.
    sin_end = (mp.pi / 4 * mpf("1.03")) ** 2
    atan_end = ((mp.sqrt(2) - 1) * mpf("1.0001")) ** 2
    # From 1 on, there being no 0/0 in a quotient by t.
    erf_end, erfc_start, erfc_end = mpf(1), mpf("0.9991"), mpf(4 if single else 6)
    cut = lambda x: (x - 1) / (x + 1)
    uncut = lambda t: (1 + t) / (1 - t)
    erf = series(lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, 2 / mp.sqrt(mp.pi) - 1)
    atan = series(lambda z: (mp.atan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, -mpf(1) / 3)
    tiny = mpf(10) ** -14
    degree = lambda f32, f64: f32 if single else f64
    yield "exp", lambda x: (mp.expm1(x) - x) / x**2, lambda x: x * x / mp.exp(x), degree(4, 9), -exp_end, exp_end - tiny
    yield "exp2", lambda x: mp.expm1(x * mp.log(2)) / x, lambda x: x / 2**x, degree(5, 10), -0.5005, 0.5006
    yield (
        "sinh", lambda z: (mp.sinh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda z: z, degree(2, 5), tiny, root_end
    )
    yield "cosh", lambda z: (mp.cosh(mp.sqrt(z)) - 1) / z, lambda z: z, degree(2, 5), tiny, root_end
    yield (
        "atanh", lambda z: (2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z) - 2) / z, lambda z: z / 2, degree(2, 6), tiny,
        (3 - 2 * mp.sqrt(2)) ** 2 * mpf("1.0001"),
    )
    yield "sin", lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda z: z, degree(2, 5), tiny, sin_end
    yield (
        "cos", lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2, lambda z: z * z / mp.cos(mp.sqrt(z)), degree(2, 5),
        mpf(10) ** -9, sin_end,
    )
    yield "erf", erf, lambda z: 1 / (1 + erf(z)), degree(6, 12), tiny, erf_end**2
    yield (
        "erfc", lambda t: mp.erfc(uncut(t)) * mp.exp(uncut(t) ** 2), lambda t: mp.exp(-uncut(t) ** 2) / mp.erf(uncut(t)),
        degree(5, 13), cut(erfc_start), cut(erfc_end),
    )
    yield "atan", atan, lambda z: z / (1 + z * atan(z)), degree(4, 10), tiny, atan_end
    yield (
        "asin", series(lambda z: (mp.asin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, mpf(1) / 6), lambda z: z, degree(5, 12), tiny,
        mpf("0.2501"),
    )
    # Shepherd and Laframboise's variable, on the part of its range where erfc is not 0.
    tail = lambda x: (x - mpf("3.75")) / (x + mpf("3.75"))
    untail = lambda t: mpf("3.75") * (1 + t) / (1 - t)
    flat = lambda x: (1 + 2 * x) * mp.exp(x**2) * mp.erfc(x)
    yield (
        "erfcTail", lambda t: flat(untail(t)) - 1, lambda t: 1 / flat(untail(t)), degree(10, 21), tail(mpf("0.4999")),
        tail(mpf("10.3") if single else mpf("27.6")),
    )
    yield (
        "atanhRest", lambda z: ((2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z) - 2) / z - mpf(2) / 3) / z, lambda z: z**2 / 2,
        degree(1, 7), tiny, (3 - 2 * mp.sqrt(2)) ** 2 * mpf("1.0001"),
    )
    yield "cbrt", lambda f: mp.cbrt(1 + f), lambda f: 1 / mp.cbrt(1 + f), 4, mp.sqrt(0.5) - 1, mp.sqrt(2) - 1


def split(value, kind, digits, parts):
    """A number as a sum of parts: all but the last have as many digits as given, the last has all of the type."""
    found = []
    for part in range(parts):
        with mp.workprec(digits if part < parts - 1 else DIGITS[kind]):
            found.append(+value)
        value = value - found[-1]
    return [rounded(part, kind) for part in found]


def constants(kind):
    """Sums of parts: those that exponents multiply are short, so that the products are exact."""
    full = DIGITS[kind]
    short = full - {"f32": 9, "f64": 11}[kind]
    yield "log2e", split(1 / mp.log(2), kind, full, 2)
    yield "log10e", split(1 / mp.log(10), kind, full, 2)
    yield "ln2", split(mp.log(2), kind, short, 2)
    yield "log10of2", split(mp.log10(2), kind, short, 2)
    yield "twoOverPi", split(2 / mp.pi, kind, full, 1)
    yield "halfPi", split(mp.pi / 2, kind, full, 3)
    yield "threeQuartersPi", split(mp.pi * 3 / 4, kind, full, 2)
    yield "twoThirds", split(mpf(2) / 3, kind, full, 2)


def digits(value, words):
    """The binary digits behind the point, 64 in each integer."""
    with mp.workprec(64 * words + 64):
        whole = int(mp.floor(value() * mpf(2) ** (64 * words)))
    return [(whole >> (64 * (words - 1 - word))) & (2**64 - 1) for word in range(words)]


def main():
    title = "//===- Coefficients.cpp - polynomials of the elementary functions"
    print(f"{title + ' ':-<74}===//")
    print("""//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written by coefficients.py.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Coefficients.h"

namespace theria::codegen {
""")
    words = ", ".join(f"0x{word:016x}" for word in digits(lambda: 2 / mp.pi, 19))
    print(f"const uint64_t twoOverPiDigits[twoOverPiWords] = {{{words}}};")
    print("\nconst Coefficients &coefficients(bool isDouble) {")
    for kind in DIGITS:
        print(f"  static const Coefficients {kind} = {{")
        lists = [(name, fit(name, kind, *how)) for name, *how in polynomials(kind)] + list(constants(kind))
        for name, values in lists:
            print(f"      .{name} = {{{', '.join(value.hex() for value in values)}}},")
        print("  };")
    print("""  return isDouble ? f64 : f32;
}

} // namespace theria::codegen""")


if __name__ == "__main__":
    main()
