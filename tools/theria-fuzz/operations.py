"""The operations of a random program: each adds one, or a few that belong together, or returns without adding any."""

import structure
from language import is_pair, ordered

# An elementwise function, the largest operand for which it is asked, and about how large its results are.
BOUNDED = {"math.tanh": 1, "math.sin": 1, "math.cos": 1, "math.erf": 1, "math.atan": 1.5}
GROWING = {"math.exp": 2.7, "math.exp2": 2, "math.sinh": 1.2, "math.cosh": 1.6, "math.expm1": 1.7}
# Of numbers above 0.
POSITIVE = {"math.log": 1, "math.sqrt": 1.2, "math.rsqrt": 1.5, "math.log1p": 1, "math.log2": 1}
KINKED = ("math.absf",)
# Beyond this, values are brought back.
LARGEST = 3.0


def floats(f, where=lambda value: True):
    return [v for v in f.values if v.element == f.element and v.dims is not None and where(v)]


def bounded(rng, f, value):
    """The value, or a function of it that is not large."""
    if value.size <= LARGEST:
        return value
    name = rng.choice(sorted(BOUNDED))
    return f.add(value.element, value.dims, f"{name} {value.name} : {f.type(value)}", BOUNDED[name])


def pick(rng, f, where=lambda value: True):
    found = floats(f, where)
    if not found:
        return None
    # What was made last, half of the time: programs shall be deep.
    return bounded(rng, f, rng.choice(found[-5:] if rng.random() < 0.5 else found))


def unary(rng, f, smooth):
    value = pick(rng, f)
    kind = rng.choice(("bounded", "growing", "positive", "negative", "kinked"))
    if kind == "negative" or (kind == "kinked" and smooth):
        f.add(value.element, value.dims, f"arith.negf {value.name} : {f.type(value)}", value.size)
    elif kind == "kinked":
        f.add(value.element, value.dims, f"{rng.choice(KINKED)} {value.name} : {f.type(value)}", value.size)
    elif kind == "positive":
        half = f.splat(0.5, value.element, value.dims)
        square = f.binary("arith.mulf", value, value, value.size**2)
        above = f.binary("arith.addf", square, half, square.size + 0.5)
        name = rng.choice(sorted(POSITIVE))
        f.add(value.element, value.dims, f"{name} {above.name} : {f.type(above)}", 1.5)
    else:
        table = BOUNDED if kind == "bounded" or value.size > 1.5 else GROWING
        name = rng.choice(sorted(table))
        size = BOUNDED[name] if table is BOUNDED else GROWING[name] * max(1, value.size)
        f.add(value.element, value.dims, f"{name} {value.name} : {f.type(value)}", size)


def binary(rng, f, smooth):
    a = pick(rng, f)
    b = pick(rng, f, lambda v: v.dims == a.dims)
    if rng.random() < 0.2:
        special(rng, f, smooth, a, b)
        return
    name = rng.choice(("addf", "subf", "mulf", "divf") + (() if smooth else ("maximumf", "minimumf")))
    if name == "divf":
        # By 1 + b², never near 0.
        one = f.splat(1.0, b.element, b.dims)
        b = f.binary("arith.addf", f.binary("arith.mulf", b, b, b.size**2), one, b.size**2 + 1)
    size = a.size * b.size if name == "mulf" else a.size + b.size
    f.binary(f"arith.{name}", a, b, size)


def special(rng, f, smooth, a, b):
    """Functions of two or three values, away from their poles."""
    kind = f.type(a)
    names = ("atan2", "powf", "fma") + (() if smooth else ("copysign", "clampf"))
    name = rng.choice(names)
    one = f.splat(1.0, a.element, a.dims)
    positive = f.binary("arith.addf", f.binary("arith.mulf", a, a, a.size**2), one, a.size**2 + 1)
    if name == "atan2":
        f.add(a.element, a.dims, f"math.atan2 {b.name}, {positive.name} : {kind}", 1.6)
    elif name == "powf":
        small = f.add(a.element, a.dims, f"math.tanh {b.name} : {kind}")
        f.add(a.element, a.dims, f"math.powf {positive.name}, {small.name} : {kind}", positive.size)
    elif name == "fma":
        f.add(a.element, a.dims, f"math.fma {a.name}, {b.name}, {one.name} : {kind}", a.size * b.size + 1)
    elif name == "copysign":
        f.add(a.element, a.dims, f"math.copysign {a.name}, {b.name} : {kind}", a.size)
    else:
        low = f.splat(-0.75, a.element, a.dims)
        f.add(a.element, a.dims, f"math.clampf {b.name} to [{low.name}, {one.name}] : {kind}", 1)


def move(rng, f, smooth):
    rng.choice(structure.ALL)(rng, f, pick)


def contract(rng, f, smooth):
    """Two or three operands, summed over some of their labels."""
    operands = [pick(rng, f, lambda v: v.dims) for _ in range(rng.choice((1, 2, 2, 2, 3)))]
    if None in operands:
        return
    # Not a set: its order would differ from run to run.
    known = ordered({label for operand in operands for label in operand.dims})
    kept = [label for label in known if rng.random() < 0.6]
    # Depths beside pairs would be pairs of vectors, and depth beside depth is no use.
    if is_pair(kept):
        kept = [label for label in kept if label not in "de"]
    summed = set(known) - set(kept)
    if "n" in known and "m" in known and sum(is_pair(o.dims) for o in operands) > 1 and is_pair(kept) and summed & set("nm"):
        return
    if is_pair(known) and set("de") & set(kept) and not any(is_pair(o.dims) for o in operands):
        return
    product = 1
    for operand in operands:
        product *= operand.size
    usable = [m for m in masks(f) if set(m.dims) <= set(known)]
    mask = rng.choice(usable) if usable and rng.random() < 0.6 else None
    size = product * max(1, f.sizes.count(summed)) ** 0.5
    f.einsum(operands, ordered(kept), mask, size)


def broadcast(rng, f, smooth):
    value = pick(rng, f)
    free = [label for label in f.sizes.sizes if label not in value.dims]
    new = [label for label in free if rng.random() < 0.5]
    dims = ordered([*value.dims, *new])
    if not new or (is_pair(dims) and set("de") & set(dims)):
        return
    f.einsum([value], dims, None, value.size)


def masks(f):
    return [v for v in f.values if v.element == "i1" and v.dims is not None]


def mask(rng, f, smooth):
    """Pairs that a comparison of coordinates keeps, or of values."""
    dims = ordered([*rng.choice(("", "b", "bh")), "n", "m"])
    dims = "".join(label for label in dims if label in f.sizes.sizes)
    if not is_pair(dims):
        return
    index = f.sizes.type("index", dims)
    sizes = f.sizes_of(dims)
    coords = []
    for label in "nm":
        given = f" sizes({sizes})" if sizes else ""
        coords.append(f.add("index", dims, f"theria.coord dim = {dims.index(label)}{given} : {index}"))
    shift = f.splat(rng.randrange(-2, 4), "index", dims)
    moved = f.add("index", dims, f"arith.addi {coords[0].name}, {shift.name} : {index}")
    order = rng.choice(("sle", "sge", "ne", "slt"))
    f.add("i1", dims, f"arith.cmpi {order}, {coords[1].name}, {moved.name} : {index}")


def select(rng, f, smooth):
    choice = rng.choice(masks(f) or [None])
    if choice is None:
        return
    a = pick(rng, f, lambda v: v.dims == choice.dims)
    b = pick(rng, f, lambda v: v.dims == choice.dims)
    if a and b:
        pair = f.type(a)
        f.add(a.element, a.dims, f"arith.select {choice.name}, {a.name}, {b.name} : {f.type(choice)}, {pair}",
              max(a.size, b.size))


def reduce(rng, f, smooth):
    value = pick(rng, f, lambda v: v.dims)
    if value is None:
        return
    # Pairs are reduced to rows or columns, not to pairs.
    dim = value.dims.index(rng.choice("nm")) if is_pair(value.dims) else rng.randrange(len(value.dims))
    rest = value.dims[:dim] + value.dims[dim + 1:]
    candidates = [m for m in masks(f) if m.dims == value.dims]
    chosen = rng.choice(candidates) if candidates and rng.random() < 0.5 else None
    name = "logsumexp" if smooth or rng.random() < 0.7 else "reduce_max"
    where = f" where {chosen.name}" if chosen else ""
    types = f.type(value) + (f", {f.type(chosen)}" if chosen else "")
    # Where nothing is live the result is −∞: exp of it is 0, and it is kept for nothing else.
    result = f.add(value.element, rest, f"theria.{name} {value.name} dim = {dim}{where} : ({types}) -> "
                   f"{f.sizes.type(value.element, rest)}", value.size + 3)
    f.values.pop()
    f.add(value.element, rest, f"math.tanh {result.name} : {f.type(result)}", 1)


def probabilities(rng, f, smooth):
    """exp(s − logsumexp s), with rows that have nothing live at 0."""
    score = pick(rng, f, lambda v: is_pair(v.dims))
    if score is None:
        return
    dim = score.dims.index(rng.choice("nm"))
    rest = score.dims[:dim] + score.dims[dim + 1:]
    candidates = [m for m in masks(f) if m.dims == score.dims]
    chosen = rng.choice(candidates) if candidates else None
    where = f" where {chosen.name}" if chosen else ""
    types = f.type(score) + (f", {f.type(chosen)}" if chosen else "")
    lse = f.add(score.element, rest, f"theria.logsumexp {score.name} dim = {dim}{where} : ({types}) -> "
                f"{f.sizes.type(score.element, rest)}")
    f.values.pop()
    spread = f.einsum([lse], score.dims, chosen)
    f.values.pop()
    rel = f.binary("arith.subf", score, spread, 3)
    f.values.pop()
    exp = f.add(score.element, score.dims, f"math.exp {rel.name} : {f.type(rel)}")
    if chosen:
        f.values.pop()
        zero = f.splat(0.0, score.element, score.dims)
        f.add(score.element, score.dims, f"arith.select {chosen.name}, {exp.name}, {zero.name} : {f.type(chosen)}, "
              f"{f.type(exp)}")


def position(rng, f, smooth):
    """A coordinate as a number."""
    dims = rng.choice([v.dims for v in floats(f)])
    if not dims:
        return
    label = rng.choice(dims)
    sizes = f.sizes_of(dims)
    index, wide = f.sizes.type("index", dims), f.sizes.type("i64", dims)
    given = f" sizes({sizes})" if sizes else ""
    coord = f.add("index", dims, f"theria.coord dim = {dims.index(label)}{given} : {index}")
    integer = f.add("i64", dims, f"arith.index_cast {coord.name} : {index} to {wide}")
    number = f.add(f.element, dims, f"arith.sitofp {integer.name} : {wide} to {f.sizes.type(f.element, dims)}",
                   f.sizes.sizes[label])
    scale = f.splat(0.125, f.element, dims)
    f.binary("arith.mulf", number, scale, number.size / 8)


def transpose(rng, f, smooth):
    """To another order of dimensions and, after a function, back."""
    value = pick(rng, f, lambda v: v.dims and len(v.dims) > 1)
    if value is None:
        return
    dims = "".join(rng.sample(value.dims, len(value.dims)))
    turned = f.einsum([value], dims, None, value.size)
    f.values.pop()
    applied = f.add(value.element, dims, f"math.tanh {turned.name} : {f.type(turned)}")
    f.values.pop()
    f.einsum([applied], value.dims)


def stop(rng, f, smooth):
    value = pick(rng, f)
    f.add(value.element, value.dims, f"theria.stop_gradient {value.name} : {f.type(value)}", value.size)


def repeat(rng, f, smooth):
    """A loop that applies a function some times; it has no derivative, and carries no pairs."""
    value = None if f.differentiated else pick(rng, f, lambda v: not is_pair(v.dims))
    if value is None:
        return
    kind = f.type(value)
    zero, one, count = (f.constant(number, "index") for number in (0, 1, rng.randrange(4)))
    carried, next_one, i = f.fresh(), f.fresh(), f.fresh()
    text = (f"scf.for {i} = {zero} to {count} step {one} iter_args({carried} = {value.name}) -> ({kind}) {{\n"
            f"    {next_one} = math.sin {carried} : {kind}\n    scf.yield {next_one} : {kind}\n  }}")
    f.add(value.element, value.dims, text, max(value.size, 1))


ALL = [unary] * 4 + [binary] * 4 + [contract] * 5 + [broadcast] * 2 + [mask] * 2 + [select, reduce, reduce] + [
    probabilities] * 2 + [position, transpose, stop, repeat] + [move] * 3
