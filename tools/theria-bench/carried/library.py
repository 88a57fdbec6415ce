"""Programs of a library that theria-compile made, called on PyTorch's tensors: theria_program.h, by ctypes."""

import ctypes
import pathlib

import torch

OK, CUDA, MAX_RANK = 0, 1, 16
ELEMENTS = {1: torch.float64, 2: torch.float32, 3: torch.float16, 4: torch.bfloat16}


class Array(ctypes.Structure):
    _fields_ = (
        ("structBytes", ctypes.c_uint32),
        ("element", ctypes.c_int32),
        ("place", ctypes.c_int32),
        ("rank", ctypes.c_int32),
        ("shape", ctypes.c_int64 * MAX_RANK),
        ("data", ctypes.c_void_p),
    )


class Call(ctypes.Structure):
    _fields_ = (
        ("structBytes", ctypes.c_uint32),
        ("device", ctypes.c_int32),
        ("stream", ctypes.c_void_p),
        ("workspace", ctypes.c_uint64),
        ("workspaceUsed", ctypes.c_uint64),
        ("message", ctypes.c_char_p),
        ("messageBytes", ctypes.c_uint64),
    )


class Port(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("element", ctypes.c_int32),
        ("rank", ctypes.c_int32),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("shapeClass", ctypes.c_int32),
    )


class Description(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_uint32),
        ("inputCount", ctypes.c_uint32),
        ("outputCount", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("cpu", ctypes.c_char_p),
        ("chip", ctypes.c_char_p),
        ("kernels", ctypes.c_char_p),
        ("kernelBytes", ctypes.c_uint64),
        ("inputs", ctypes.POINTER(Port)),
        ("outputs", ctypes.POINTER(Port)),
        ("entry", ctypes.c_void_p),
    )


def describe(tensor, element):
    array = Array(ctypes.sizeof(Array), element, CUDA, tensor.dim())
    array.shape[: tensor.dim()] = tuple(tensor.shape)
    array.data = tensor.data_ptr()
    return array


class Program:
    """A function whose shapes are known: takes tensors on the GPU and fills others with its results."""

    def __init__(self, runtime, description):
        self.runtime, self.description = runtime, description
        self.workspace = 0

    def bind(self, inputs):
        """A call on these inputs, which returns its results: every call writes the same tensors."""
        made = self.description
        outputs = [self.empty(made.outputs[number]) for number in range(made.outputCount)]
        given, results = (
            (Array * len(tensors))(*(describe(tensor, port.element) for tensor, port in zip(tensors, ports)))
            for tensors, ports in ((inputs, made.inputs), (outputs, made.outputs))
        )
        message = ctypes.create_string_buffer(4096)
        call = Call(ctypes.sizeof(Call), torch.cuda.current_device(), torch.cuda.current_stream().cuda_stream)
        call.message, call.messageBytes = ctypes.addressof(message), len(message)

        def run():
            if self.runtime.theria_run(ctypes.byref(made), ctypes.byref(call), given, results) != OK:
                raise RuntimeError(message.value.decode())
            self.workspace = call.workspaceUsed
            return outputs

        return run

    @staticmethod
    def empty(port):
        return torch.empty([port.shape[dim] for dim in range(port.rank)], dtype=ELEMENTS[port.element], device="cuda")


def programs(path):
    """The programs of a library, by their names."""
    path = pathlib.Path(path)
    runtime = ctypes.CDLL(str(path.parent / "libtheria_runtime.so.1"))
    library = ctypes.CDLL(str(path))
    library.theria_programs.restype = ctypes.POINTER(ctypes.POINTER(Description))
    found, listed = {}, library.theria_programs()
    for number in range(1 << 16):
        if not listed[number]:
            return found
        found[listed[number].contents.name.decode()] = Program(runtime, listed[number].contents)
    raise RuntimeError(f"expected a list of programs with an end in {path}")
