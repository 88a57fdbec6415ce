"""Numbers that carry their derivatives: polynomials in infinitesimals e0, e1, … whose squares are 0.

The coefficient of e0·e1 in f(x + e0·u + e1·v) is f's second derivative along u and v, exact but for rounding, and so on to
any order. A polynomial is a map from sets of infinitesimals, as bits, to coefficients.
"""
import math


class Jet:
    def __init__(self, terms):
        self.terms = terms

    def __add__(self, other):
        terms = dict(self.terms)
        for key, value in lift(other).terms.items():
            terms[key] = terms.get(key, 0.0) + value
        return Jet(terms)

    def __mul__(self, other):
        terms = {}
        for a, x in self.terms.items():
            for b, y in lift(other).terms.items():
                if not a & b:
                    terms[a | b] = terms.get(a | b, 0.0) + x * y
        return Jet(terms)

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -lift(other)

    def __rsub__(self, other):
        return other + -self

    def __truediv__(self, other):
        return self * power(lift(other), -1.0)

    __radd__, __rmul__ = __add__, __mul__

    def real(self):
        return self.terms.get(0, 0.0)

    def slope(self, number):
        """What stands beside an infinitesimal."""
        return Jet({key ^ (1 << number): value for key, value in self.terms.items() if key >> number & 1})


def lift(number):
    return number if isinstance(number, Jet) else Jet({0: number})


def series(x, derivatives):
    """f(x) from f and its derivatives at the real part of x, by Taylor's series."""
    rest, result, part = Jet({key: value for key, value in x.terms.items() if key}), Jet({}), Jet({0: 1.0})
    for order, value in enumerate(derivatives):
        result = result + part * (value / math.factorial(order))
        part = part * rest
    return result


ORDERS = 4  # derivatives 0 … 3


def exp(x):
    return series(x, [math.exp(x.real())] * ORDERS)


def power(x, exponent):
    values, factor = [], 1.0
    for order in range(ORDERS):
        values.append(factor * x.real() ** (exponent - order))
        factor *= exponent - order
    return series(x, values)


def log(x):
    inverse = 1 / x.real()
    return series(x, [math.log(x.real()), inverse, -(inverse**2), 2 * inverse**3])
