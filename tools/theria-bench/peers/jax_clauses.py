"""Attention with every clause at once, in JAX; the program that ../clauses.py writes in MLIR."""

import jax
import jax.numpy as jnp

from inputs import load


def live_pairs(shape, mask, rows, keys, sizes):
    b, _, i, j = jnp.meshgrid(*map(jnp.arange, shape), indexing="ij")
    live = (j <= i) & (j >= i - sizes["window"]) & mask & (i < rows[b]) & (j < keys[b])
    return live & ((i + j) % sizes["period"] != sizes["dead"])


def attention(sizes, masks, q, k, v, scale, bias, slopes, tau):
    i, j = jnp.arange(q.shape[2])[:, None], jnp.arange(k.shape[2])[None, :]
    score = scale * jnp.einsum("bhid,bhjd->bhij", q, k)
    live = live_pairs(score.shape, *masks, sizes)
    score = sizes["softcap"] * jnp.tanh(score / sizes["softcap"])
    score = score * jnp.exp(-tau) + slopes[:, None, None] * ((j - i) * sizes["unit"])
    score = jnp.where(live, score + bias, 0)
    top = jax.lax.stop_gradient(jnp.max(score, axis=-1, keepdims=True, where=live, initial=-1e30))
    weight = jnp.where(live, jnp.exp(jnp.where(live, score - top, 0)), 0)
    total = weight.sum(-1, keepdims=True)
    return jnp.einsum("bhij,bhjd->bhid", weight / jnp.where(total > 0, total, 1), v)


def problem(request):
    """The function of its masks and of what is differentiated; masks, primals, cotangent and tangents."""
    sizes = request["clauses"]
    primals = [jnp.asarray(array) for array in load(request["inputs"], sizes["floats"])]
    *masks, g = map(jnp.asarray, load(request["inputs"], ("mask", "rows", "keys", "g")))

    def function(masks, *primals):
        return attention(sizes, masks, *primals)

    return function, tuple(masks), primals, g, primals
