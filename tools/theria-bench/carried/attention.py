"""Attention and its derivatives by PyTorch: its own kernels, and a reference in f64 for one head."""

import math

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import scaled_dot_product_attention

BACKENDS = {"flash": SDPBackend.FLASH_ATTENTION, "cudnn": SDPBackend.CUDNN_ATTENTION, "math": SDPBackend.MATH}
# The kernels for each program; those that have no second derivative and no JVP are left out there.
WAYS = {
    "forward": ("flash", "cudnn"),
    "vjp": ("flash", "cudnn"),
    "jvp": ("math",),
    "hvp": ("math, reverse over reverse", "math, forward over reverse"),
}


def attend(backend, causal):
    def attention(q, k, v):
        with sdpa_kernel(BACKENDS[backend]):
            return scaled_dot_product_attention(q, k, v, is_causal=causal)

    return attention


def by_definition(causal):
    def attention(q, k, v):
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        if causal:
            scores = scores.masked_fill(torch.ones_like(scores, dtype=torch.bool).triu(1), -math.inf)
        return scores.softmax(-1) @ v

    return attention


def derivative(program, attention, reverse=False):
    """A function of the program's inputs with the program's results."""

    def forward(q, k, v):
        with torch.no_grad():
            return [attention(q, k, v)]

    def jvp(q, k, v, *tangents):
        return list(torch.func.jvp(attention, (q, k, v), tangents))

    def leaves(*primals):
        return [primal.detach().requires_grad_() for primal in primals]

    def vjp(q, k, v, g):
        primals = leaves(q, k, v)
        out = attention(*primals)
        return [out.detach(), *torch.autograd.grad(out, primals, g)]

    def forward_over_reverse(q, k, v, g, *tangents):
        def gradient(*primals):
            return torch.func.vjp(attention, *primals)[1](g)

        first, second = torch.func.jvp(gradient, (q, k, v), tangents)
        return [*first, *second]

    def reverse_over_reverse(q, k, v, g, *tangents):
        primals = leaves(q, k, v)
        gradient = torch.autograd.grad(attention(*primals), primals, g, create_graph=True)
        second = torch.autograd.grad(gradient, primals, tangents)
        return [*(part.detach() for part in gradient), *second]

    hvp = reverse_over_reverse if reverse else forward_over_reverse
    return {"forward": forward, "jvp": jvp, "vjp": vjp, "hvp": hvp}[program]


def peer(program, way, causal):
    backend, _, order = way.partition(", ")
    return derivative(program, attend(backend, causal), reverse=order == "reverse over reverse")


def reference(program, causal, inputs):
    """The results for the first head of the first batch, in f64."""
    head = [tensor[:1, :1].double() for tensor in inputs]
    return derivative(program, by_definition(causal), reverse=True)(*head)
