"""A random program: well-typed by construction, and the same for the same seed."""

import random

from attention import sdpa
from language import FLOATS, ORDER, Function, Sizes, is_pair
from operations import ALL, bounded, floats

# What a program's tensors are indexed by; the first is that of attention.
SHAPES = (("bhnd", "bhmd", "bhme"), ("bgnd", "bhmd", "bhme"), ("nd", "md", "me"), ("bnd", "bmd", "n"), ("nd", "md", "d"))
CHAINS = ((), ("jvp",), ("vjp",), ("vjp", "jvp"), ("hvp",), ("vjp", "vjp"), ("jvp", "vjp"))


def alike(f, value):
    """The function's values of the same type."""
    return [v for v in f.values + f.arguments
            if (v.element, v.dims, v.dense) == (value.element, value.dims, value.dense)]


class Program:
    """Functions, of which the last is run, and how theria-run is asked to."""

    def __init__(self, seed):
        self.seed = seed
        rng = self.rng = random.Random(seed)
        self.element = rng.choices(FLOATS, (4, 4, 1, 1))[0]
        # Rounding to few digits decides what lies close to a kink.
        self.smooth = self.element in ("bf16", "f16")
        shapes = rng.choice(SHAPES)
        labels = sorted(set("".join(shapes)), key=ORDER.index)
        # Differences of derivatives that a program takes itself evaluate it once for each element.
        helpers = rng.choice((0, 0, 1, 2))
        sizes = {label: self.draw_size(label, not helpers) for label in labels}
        if "g" in sizes:
            sizes["g"] = sizes["h"] * rng.choice((1, 2, 3))
        self.sizes = Sizes(sizes, {label for label in labels if rng.random() < 0.25})
        self.chain = rng.choice(CHAINS)
        self.helpers = [self.function(f"helper{i}", shapes, ()) for i in range(helpers)]
        self.main = self.function("main", shapes, self.helpers)
        self.tile = f"{rng.choice((1, 2, 3, 128))}x{rng.choice((1, 2, 4, 128))}"
        self.schedule = rng.choice(("auto", "strips", "recompute", "one-sided"))

    def draw_size(self, label, large):
        rng = self.rng
        if label in "nm":
            return 33 if large and rng.random() < 0.1 else rng.choice((0, 1, 2, 3, 4, 5, 7, 9) if large else (0, 1, 2, 3))
        if label in "bgh":
            return rng.choice((1, 1, 2, 3) if large else (1, 1, 2))
        return rng.choice((1, 2, 3, 4, 5) if large else (1, 2, 3))

    def function(self, name, shapes, helpers):
        rng = self.rng
        f = Function(name, self.sizes, self.element, differentiated=name != "main" or bool(self.chain))
        for dims in shapes:
            f.argument(self.element, dims)
        if rng.random() < 0.3:
            # Some that all of a batch share: their pairs lie along fewer dimensions than others.
            for dims in dict.fromkeys(dims.translate({ord(label): None for label in "bgh"}) for dims in shapes):
                f.argument(self.element, dims)
        if rng.random() < 0.2:
            dense = f.argument(self.element, "nm", dense=True)
            f.add(self.element, "nm", f"theria.pair_cast {dense.name} : {f.type(dense)} to "
                  f"{self.sizes.type(self.element, 'nm')}")
        if rng.random() < 0.5:
            sdpa(rng, f, self.smooth)
        for _ in range(rng.randrange(2, 12)):
            if helpers and rng.random() < 0.2:
                self.call(f, rng.choice(helpers))
            else:
                rng.choice(ALL)(rng, f, self.smooth)
        self.choose_results(f)
        return f

    def choose_results(self, f):
        """Of what the body made, the last and perhaps some more."""
        made = [v for v in floats(f) if v not in f.arguments] or floats(f)
        chosen = [made[-1], *self.rng.sample(made, self.rng.randrange(min(2, len(made)) + 1))]
        for value in dict.fromkeys(chosen):
            value = bounded(self.rng, f, value)
            if is_pair(value.dims) and self.rng.random() < 0.5:
                value = f.einsum([value], value.dims.replace("m", ""))
            elif is_pair(value.dims) and self.rng.random() < 0.3:
                value = f.einsum([value], value.dims.translate(str.maketrans("nm", "mn")))
            f.results.append(value)

    def call(self, f, helper):
        """A call of a function, or of a derivative of it, on values of its arguments' types."""
        rng = self.rng
        inputs = []
        for argument in helper.arguments:
            same = alike(f, argument)
            if not same:
                return
            inputs.append(rng.choice(same))
        active = [(a, i) for a, i in zip(helper.arguments, inputs) if a.is_float]
        kind = rng.choice(("call", "jvp", "vjp", "hvp"))
        results = list(helper.results)
        extra = ""
        if kind in ("vjp", "hvp"):
            cotangents = [self.like(f, result) for result in results]
            kinds = ", ".join(f.type(c) for c in cotangents)
            extra += f" cotangents({', '.join(c.name for c in cotangents)}" + (f" : {kinds}" if kind == "hvp" else "") + ")"
        if kind in ("jvp", "hvp"):
            extra += f" tangents({', '.join(self.like(f, a).name for a, _ in active)})"
        if kind == "jvp":
            results = results * 2
        elif kind == "vjp":
            results += [a for a, _ in active]
        elif kind == "hvp":
            results = [a for a, _ in active]
        name = "func.call" if kind == "call" else f"theria.{kind}"
        types = f"({', '.join(f.type(i) for i in inputs)}) -> ({', '.join(f.type(r) for r in results)})"
        made = f.fresh()
        f.lines.append(f"{made}:{len(results)} = {name} @{helper.name}({', '.join(i.name for i in inputs)}){extra} : {types}")
        for number, result in enumerate(results):
            if not result.dense:
                f.add(result.element, result.dims, f"math.tanh {made}#{number} : {f.type(result)}")

    def like(self, f, value):
        """A value of the same type."""
        same = alike(f, value)
        return self.rng.choice(same) if same else self.zeros(f, value)

    def zeros(self, f, value):
        scalar = f.constant(0.5, value.element)
        sizes = f.sizes_of(value.dims)
        name = f.fresh()
        f.lines.append(f"{name} = tensor.splat {scalar}{f'[{sizes}]' if sizes else ''} : {f.type(value)}")
        return type(value)(name, value.element, value.dims, 0.5, value.dense)

    def text(self):
        return "\n".join([f"// Program {self.seed}.", *(h.text("private ") for h in self.helpers), self.main.text()])

    def inputs(self):
        """The arguments of the main function, and what each step of the derivative adds."""
        inputs, outputs = list(self.main.arguments), list(self.main.results)
        active = [a for a in inputs if a.is_float]
        for step in self.chain:
            cotangents = [] if step == "jvp" else list(outputs)
            tangents = [] if step == "vjp" else list(active)
            inputs += cotangents + tangents
            outputs = active if step == "hvp" else outputs + (outputs if step == "jvp" else active)
            active = active + cotangents + tangents
        return inputs

    def options(self):
        """Of theria-run."""
        given = []
        for number, argument in enumerate(self.inputs()):
            fill = "uniform" if argument.element == "i1" else "normal"
            given.append(f"--input={self.sizes.bound(argument.element, argument.dims)}={fill}:{self.seed + number}")
        options = ["--function=main", f"--tile={self.tile}", f"--schedule={self.schedule}", *given]
        return options + ([f"--derive={','.join(self.chain)}"] if self.chain else [])
