"""Values and functions of a random program, and the text that they are written as."""

import dataclasses

# Dimensions stand in this order in every tensor that is kept: batch, heads of the query, heads of the key, rows, columns,
# depth, depth of values.
ORDER = "bghnmde"
FLOATS = ("f64", "f32", "bf16", "f16")


def ordered(labels):
    return "".join(label for label in ORDER if label in labels)


def is_pair(dims):
    return dims is not None and "n" in dims and "m" in dims


@dataclasses.dataclass(frozen=True)
class Value:
    """A tensor, or with `dims` None a scalar; `size` is about how large its elements are."""

    name: str
    element: str
    dims: str | None
    size: float = 1.0
    # Of a tensor of pairs without their mark.
    dense: bool = False

    @property
    def is_float(self):
        return self.element in FLOATS


class Sizes:
    """What each label stands for, and whether types say it."""

    def __init__(self, sizes, dynamic):
        self.sizes, self.dynamic = sizes, dynamic

    def count(self, labels):
        product = 1
        for label in labels:
            product *= self.sizes[label]
        return product

    def type(self, element, dims, dense=False):
        if dims is None:
            return element
        shape = "".join(("?" if label in self.dynamic else str(self.sizes[label])) + "x" for label in dims)
        pair = ""
        if "n" in dims and "m" in dims and not dense:
            pair = f", #theria.pair<rows = {dims.index('n')}, cols = {dims.index('m')}>"
        return f"tensor<{shape}{element}{pair}>"

    def bound(self, element, dims):
        """Every size, and the element, as --input wants them."""
        return "x".join([str(self.sizes[label]) for label in dims] + [element])


class Function:
    """A function while its body is written."""

    def __init__(self, name, sizes, element, differentiated):
        self.name, self.sizes, self.element, self.differentiated = name, sizes, element, differentiated
        self.arguments, self.values, self.lines, self.results = [], [], [], []
        self.numbers = {}
        self.count = 0

    def type(self, value):
        return self.sizes.type(value.element, value.dims, value.dense)

    def fresh(self):
        self.count += 1
        return f"%{self.count}"

    def add(self, element, dims, text, size=1.0):
        """A value with the operation that gives it; `text` says the rest of the line."""
        value = Value(self.fresh(), element, dims, size)
        self.lines.append(f"{value.name} = {text}")
        self.values.append(value)
        return value

    def argument(self, element, dims, dense=False):
        value = Value(f"%a{len(self.arguments)}", element, dims, dense=dense)
        self.arguments.append(value)
        if not dense:
            self.values.append(value)
        return value

    def size_of(self, label):
        """An index that holds the size of a label."""
        if label not in self.numbers:
            owner = next(a for a in self.arguments if a.dims and label in a.dims)
            self.lines.append(f"%d_{label} = arith.constant {owner.dims.index(label)} : index")
            self.lines.append(f"%s_{label} = tensor.dim {owner.name}, %d_{label} : {self.type(owner)}")
            self.numbers[label] = f"%s_{label}"
        return self.numbers[label]

    def sizes_of(self, labels):
        return ", ".join(self.size_of(label) for label in labels if label in self.sizes.dynamic)

    def constant(self, number, element):
        name = self.fresh()
        self.lines.append(f"{name} = arith.constant {number} : {element}")
        return name

    def splat(self, number, element, dims):
        scalar = self.constant(number, element)
        sizes = self.sizes_of(dims)
        text = f"tensor.splat {scalar}{f'[{sizes}]' if sizes else ''} : {self.sizes.type(element, dims)}"
        return self.add(element, dims, text, abs(float(number)))

    def binary(self, op, a, b, size, element=None):
        return self.add(element or a.element, a.dims, f"{op} {a.name}, {b.name} : {self.type(a)}", size)

    def einsum(self, operands, dims, mask=None, size=1.0):
        equation = ",".join(operand.dims for operand in operands) + "->" + dims
        known = "".join(operand.dims for operand in operands)
        sizes = self.sizes_of([label for label in dims if label not in known])
        where = f' where "{mask.dims}" {mask.name}' if mask else ""
        types = ", ".join(self.type(operand) for operand in operands)
        if mask:
            types += f", {self.type(mask)}"
        names = ", ".join(operand.name for operand in operands)
        return self.add(
            operands[0].element,
            dims,
            f'theria.einsum "{equation}" {names}{where}{f" sizes({sizes})" if sizes else ""} : ({types}) -> '
            f"{self.sizes.type(operands[0].element, dims)}",
            size,
        )

    def signature(self):
        arguments = ", ".join(f"{a.name}: {self.type(a)}" for a in self.arguments)
        results = ", ".join(self.type(r) for r in self.results)
        return arguments, results

    def text(self, visibility=""):
        arguments, results = self.signature()
        names = ", ".join(r.name for r in self.results)
        body = "".join(f"  {line}\n" for line in self.lines)
        return (
            f"func.func {visibility}@{self.name}({arguments}) -> ({results}) {{\n{body}  return {names} : {results}\n}}\n"
        )
