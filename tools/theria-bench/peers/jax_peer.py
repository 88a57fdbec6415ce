"""JAX: jax.nn.dot_product_attention, compiled by XLA; and attention with every clause, of jax_clauses.py.

All arrays are arguments of what is compiled: XLA would compute with constants when it compiles.
"""

import jax
import jax.numpy as jnp
import jax_clauses

from inputs import load

NAMES = ("q", "k", "v", "g", "tq", "tk", "tv")


def plain(request):
    """The function, no masks, its primals, cotangent and tangents, in JAX's order B, N, H, D."""
    arrays = [jnp.asarray(array.transpose(0, 2, 1, 3).copy()) for array in load(request["inputs"], NAMES)]
    return (lambda _, q, k, v: jax.nn.dot_product_attention(q, k, v)), (), arrays[:3], arrays[3], arrays[4:]


def forward(function, _, primals, g, tangents):
    return [function(*primals)]


def jvp(function, _, primals, g, tangents):
    return jax.jvp(function, primals, tangents)


def vjp(function, _, primals, g, tangents):
    out, pull = jax.vjp(function, *primals)
    return [out, *pull(g)]


def hvp(function, way, primals, g, tangents):
    def gradient(*primals):
        return jax.vjp(function, *primals)[1](g)

    if way == "forward-over-reverse":
        first, second = jax.jvp(gradient, primals, tangents)
    else:
        first, pull = jax.vjp(gradient, *primals)
        second = pull(tangents)
    return [*first, *second]


PROGRAMS = {"forward": forward, "jvp": jvp, "vjp": vjp, "hvp": hvp}


class Peer:
    def __init__(self, request):
        self.swapped = not request["clauses"]
        self.function, self.masks, primals, self.g, tangents = (plain if self.swapped else jax_clauses.problem)(request)
        self.primals, self.tangents = tuple(primals), tuple(tangents)

    def way(self, program, way):
        def run(masks, primals, g, tangents):
            return PROGRAMS[program](lambda *x: self.function(masks, *x), way, primals, g, tangents)

        compiled = jax.jit(run)
        return lambda: jax.block_until_ready(compiled(self.masks, self.primals, self.g, self.tangents))

    def to_numpy(self, result):
        array = jax.device_get(result)
        return array.transpose(0, 2, 1, 3) if self.swapped else array
