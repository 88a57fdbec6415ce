"""Programs of a library that theria-compile made, called on PyTorch's tensors: theria_program.h, by ctypes."""

import ctypes
import pathlib

import torch

OK, CUDA, MAX_RANK = 0, 1, 16
ELEMENTS = {1: torch.float64, 2: torch.float32, 3: torch.float16, 4: torch.bfloat16}
WORDS = {1: "<f8", 2: "<f4", 3: "<f2", 4: "<i2"}  # NumPy has no bf16


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
        ("kernelHash", ctypes.c_uint64 * 2),
        ("inputs", ctypes.POINTER(Port)),
        ("outputs", ctypes.POINTER(Port)),
        ("entry", ctypes.c_void_p),
    )


def describe(tensor, element):
    array = Array(ctypes.sizeof(Array), element, CUDA, tensor.dim())
    array.shape[: tensor.dim()] = tuple(tensor.shape)
    array.data = tensor.data_ptr()
    return array


class Results:
    """What a call has made on the GPU: its memory ends with this object."""

    def __init__(self, runtime, count):
        self.runtime, self.arrays = runtime, (Array * count)()
        for array in self.arrays:
            array.structBytes, array.place = ctypes.sizeof(Array), CUDA

    def __del__(self):
        for array in self.arrays:
            self.runtime.theria_free(ctypes.byref(array))

    def __iter__(self):
        """Copies of the results, as tensors."""
        for array in self.arrays:
            copy = torch.as_tensor(View(array), device="cuda").view(ELEMENTS[array.element]).clone()
            torch.cuda.synchronize()
            yield copy


class View:
    """An array as CUDA's array interface describes it."""

    def __init__(self, array):
        shape = tuple(array.shape[: array.rank])
        memory = {"data": (array.data, False), "strides": None, "version": 3}
        self.__cuda_array_interface__ = memory | {"shape": shape, "typestr": WORDS[array.element]}


class Program:
    """A function: takes tensors on the GPU and makes its results there."""

    def __init__(self, runtime, description):
        self.runtime, self.description = runtime, description

    def bind(self, inputs):
        """A call on these inputs, which returns its Results."""
        made = self.description
        given = (Array * len(inputs))(*(describe(tensor, port.element) for tensor, port in zip(inputs, made.inputs)))
        message = ctypes.create_string_buffer(4096)
        call = Call(ctypes.sizeof(Call), torch.cuda.current_device(), torch.cuda.current_stream().cuda_stream)
        call.message, call.messageBytes = ctypes.addressof(message), len(message)

        def run():
            results = Results(self.runtime, made.outputCount)
            if self.runtime.theria_run(ctypes.byref(made), ctypes.byref(call), given, results.arrays) != OK:
                raise RuntimeError(message.value.decode())
            return results

        return run


def programs(path):
    """The programs of a library, by their names."""
    path = pathlib.Path(path)
    runtime = ctypes.CDLL(str(path.parent / "libtheria_runtime.so.2"))
    library = ctypes.CDLL(str(path))
    library.theria_programs.restype = ctypes.POINTER(ctypes.POINTER(Description))
    found, listed = {}, library.theria_programs()
    for number in range(1 << 16):
        if not listed[number]:
            return found
        found[listed[number].contents.name.decode()] = Program(runtime, listed[number].contents)
    raise RuntimeError(f"expected a list of programs with an end in {path}")
