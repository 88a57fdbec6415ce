"""Attention with every clause of theria.sdpa, written plainly in JAX.

It shares nothing with the compiler: the score matrix is built, every mask is a
boolean matrix, and derivatives are JAX's own.  Masked scores are replaced both
before and after each function that could be singular there, so that no
derivative of a masked entry (0 times infinity) reaches a result.
"""

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


def live_pairs(shape, clauses, x):
    """The pairs (b, h, i, j) that no mask removes."""
    B, H, N, M = shape
    b, h, i, j = jnp.meshgrid(*map(jnp.arange, shape), indexing="ij")
    live = jnp.ones(shape, bool)
    rows, keys = jnp.full((B,), N), jnp.full((B,), M)
    if "lengths" in clauses:
        rows, keys = x["rows"].astype(int), x["keys"].astype(int)
        live &= (i < rows[b]) & (j < keys[b])
    row = i
    if clauses.get("causal") == "bottom_right":
        row = i + keys[b] - rows[b]
    if "causal" in clauses:
        live &= j <= row
    if "window" in clauses:
        left, right = clauses["window"]
        live &= (row - left <= j) & (j <= row + right)
    if "mask" in clauses:
        live &= jnp.broadcast_to(x["mask"], shape)
    if "bias" in clauses:
        live &= jnp.broadcast_to(x["bias"] != -jnp.inf, shape)
    if "where" in clauses:
        live &= clauses["where"].function(jnp, b, h, i, j, x)
    return live


def scores(q, k, live, clauses, x):
    shape = live.shape
    scale = x["scale"] if "scale" in x else clauses.get("scale", q.shape[-1] ** -0.5)
    s = scale * jnp.einsum("bhid,bhjd->bhij", q, k)
    if "softcap" in clauses:
        cap = clauses["softcap"]
        s = cap * jnp.tanh(s / cap)
    if "score" in clauses:
        b, h, i, j = jnp.meshgrid(*map(jnp.arange, shape), indexing="ij")
        # Masked pairs see the score and the coordinates of the pair (0, 0).
        i, j = jnp.where(live, i, 0), jnp.where(live, j, 0)
        s = clauses["score"].function(jnp, jnp.where(live, s, 0), b, h, i, j, x)
    if "bias" in clauses:
        s = s + jnp.where(x["bias"] == -jnp.inf, 0, x["bias"])
    return jnp.where(live, s, 0)


def attention(clauses, x):
    """out (B×H×N×Dv) and lse (B×H×N); 0 and -inf in rows without a live key."""
    q, k, v = x["q"], x["k"], x["v"]
    group = q.shape[1] // k.shape[1]
    k, v = jnp.repeat(k, group, axis=1), jnp.repeat(v, group, axis=1)
    live = live_pairs((*q.shape[:3], k.shape[2]), clauses, x)
    s = scores(q, k, live, clauses, x)

    some = live.any(-1)
    top = jnp.where(some, jnp.where(live, s, -jnp.inf).max(-1), 0)
    top = jax.lax.stop_gradient(top)
    e = jnp.where(live, jnp.exp(jnp.where(live, s - top[..., None], 0)), 0)
    z = jnp.where(some, e.sum(-1), 1)
    lse = jnp.where(some, top + jnp.log(z), -jnp.inf)
    out = jnp.einsum("bhij,bhjd->bhid", e / z[..., None], v)
    return out, lse
