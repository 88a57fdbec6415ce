"""PyTorch: its fused attention where that has the derivative, else attention by its parts."""

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import scaled_dot_product_attention

from inputs import load


def fused(q, k, v):
    return scaled_dot_product_attention(q, k, v)


def by_parts(q, k, v):
    with sdpa_kernel(SDPBackend.MATH):
        return scaled_dot_product_attention(q, k, v)


FUNCTIONS = {"fused": fused, "math": by_parts}


class Peer:
    def __init__(self, request):
        torch.set_num_threads(request["threads"])
        names = ("q", "k", "v", "g", "tq", "tk", "tv")
        arrays = [torch.from_numpy(array) for array in load(request["inputs"], names)]
        self.primals, self.cotangent, self.tangents = tuple(arrays[:3]), arrays[3], tuple(arrays[4:])

    def leaves(self):
        return [primal.detach().requires_grad_() for primal in self.primals]

    def gradient(self, *primals):
        return torch.func.vjp(by_parts, *primals)[1](self.cotangent)

    def forward(self, way):
        with torch.no_grad():
            return [FUNCTIONS[way](*self.primals)]

    def jvp(self, way):
        return torch.func.jvp(FUNCTIONS[way], self.primals, self.tangents)

    def vjp(self, way):
        leaves = self.leaves()
        out = FUNCTIONS[way](*leaves)
        return [out.detach(), *torch.autograd.grad(out, leaves, self.cotangent)]

    def hvp(self, way):
        if way == "forward-over-reverse":
            gradient, product = torch.func.jvp(self.gradient, self.primals, self.tangents)
            return [*gradient, *product]
        leaves = self.leaves()
        gradient = torch.autograd.grad(by_parts(*leaves), leaves, self.cotangent, create_graph=True)
        product = torch.autograd.grad(gradient, leaves, self.tangents)
        return [*(part.detach() for part in gradient), *product]

    def way(self, program, way):
        return lambda: getattr(self, program)(way)

    @staticmethod
    def to_numpy(result):
        return result.numpy()
