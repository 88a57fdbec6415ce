"""KeOps: attention as a lazy tensor, its derivatives by PyTorch's autograd. Never builds the scores either.

KeOps writes C++ for a formula and compiles it; that is done beforehand, on a few rows, and kept in the build folder.
"""

import os
import time

import pykeops
import torch
from pykeops.torch import LazyTensor

from inputs import load

# To compile with, and to find out how long all rows take.
FEW, SOME = 16, 512

pykeops.set_verbose(False)


def attention(q, k, v):
    rows = LazyTensor((q * q.shape[-1] ** -0.5)[:, :, :, None, :].contiguous())
    keys = LazyTensor(k[:, :, None, :, :].contiguous())
    return (rows | keys).sumsoftmaxweight(LazyTensor(v[:, :, None, :, :].contiguous()), dim=3)


class Peer:
    def __init__(self, request):
        pykeops.set_build_folder(os.path.abspath(request["build"]))
        torch.set_num_threads(request["threads"])
        names = ("q", "k", "v", "g", "tq", "tk", "tv")
        self.arrays = [torch.from_numpy(array) for array in load(request["inputs"], names)]

    @staticmethod
    def leaves(arrays):
        return [array.detach().requires_grad_() for array in arrays[:3]]

    def forward(self, arrays):
        with torch.no_grad():
            return [attention(*arrays[:3])]

    def jvp(self, arrays):
        # The gradient is linear in its cotangent u; its transpose is the derivative.
        leaves = self.leaves(arrays)
        out = attention(*leaves)
        u = torch.zeros_like(out, requires_grad=True)
        gradient = torch.autograd.grad(out, leaves, u, create_graph=True)
        return [out.detach(), *torch.autograd.grad(gradient, u, arrays[4:])]

    def vjp(self, arrays):
        leaves = self.leaves(arrays)
        out = attention(*leaves)
        return [out.detach(), *torch.autograd.grad(out, leaves, arrays[3])]

    def hvp(self, arrays):
        leaves = self.leaves(arrays)
        gradient = torch.autograd.grad(attention(*leaves), leaves, arrays[3], create_graph=True)
        return [*(part.detach() for part in gradient), *torch.autograd.grad(gradient, leaves, arrays[4:])]

    def prepare(self, program, _):
        """Compiles, and says from a call on some rows how long one on all rows takes."""
        size = self.arrays[0].shape[2]
        some = min(size, SOME)
        getattr(self, program)([array[:, :, :FEW].contiguous() for array in self.arrays])
        start = time.perf_counter()
        getattr(self, program)([array[:, :, :some].contiguous() for array in self.arrays])
        return (time.perf_counter() - start) * (size / some) ** 2

    def way(self, program, _):
        return lambda: getattr(self, program)(self.arrays)

    @staticmethod
    def to_numpy(result):
        return result.numpy()
