"""jvp, vjp and hvp of functions of named arrays, with the argument and result
orders that theria-run --derive documents; each gives a function of the same
kind, so that they compose."""

from dataclasses import dataclass
from typing import Callable

import jax


@dataclass
class Value:
    """An argument or a result: `role` is the argument or result of the first
    function whose space it lives in (the tangent of q has the role q)."""

    role: str
    smooth: bool = True


@dataclass
class Function:
    call: Callable
    arguments: list
    results: list


def split(values, *counts):
    parts = []
    for count in counts:
        parts.append(list(values[:count]))
        values = values[count:]
    return parts


def smooth_part(f, primals):
    """f as a function of its floating-point arguments alone."""
    places = [n for n, a in enumerate(f.arguments) if a.smooth]

    def call(*moving):
        values = list(primals)
        for place, value in zip(places, moving):
            values[place] = value
        return tuple(f.call(*values))

    return call, [primals[n] for n in places]


def smooth(values):
    return [Value(v.role) for v in values if v.smooth]


def jvp(f):
    moving = smooth(f.arguments)

    def call(*values):
        primals, tangents = split(values, len(f.arguments), len(moving))
        g, points = smooth_part(f, primals)
        y, dy = jax.jvp(g, tuple(points), tuple(tangents))
        return (*y, *dy)

    return Function(call, f.arguments + moving, f.results + smooth(f.results))


def vjp(f):
    def call(*values):
        primals, cotangents = split(values, len(f.arguments), len(f.results))
        g, points = smooth_part(f, primals)
        y, pull = jax.vjp(g, *points)
        return (*y, *pull(tuple(cotangents)))

    return Function(
        call, f.arguments + smooth(f.results), f.results + smooth(f.arguments)
    )


def hvp(f):
    """(X, Ȳ, Ẋ) → the tangent of X̄ in jvp(vjp f), Ȳ constant."""
    moving = smooth(f.arguments)

    def call(*values):
        primals, cotangents, tangents = split(
            values, len(f.arguments), len(f.results), len(moving)
        )
        g, points = smooth_part(f, primals)
        pulled = lambda *p: jax.vjp(g, *p)[1](tuple(cotangents))
        return jax.jvp(pulled, tuple(points), tuple(tangents))[1]

    return Function(call, f.arguments + smooth(f.results) + moving, moving)


STEPS = {"jvp": jvp, "vjp": vjp, "hvp": hvp}


def derive(f, chain):
    """chain: 'vjp,jvp' is jvp(vjp f); '' is f."""
    for step in filter(None, chain.split(",")):
        f = STEPS[step](f)
    return f
