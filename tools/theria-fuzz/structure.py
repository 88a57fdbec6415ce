"""Operations that move elements: look-ups, parts, other shapes. Most are not for pairs, which are streamed by tiles."""

from language import is_pair


def pick_dense(rng, f, pick, where=lambda value: True):
    """A value that is not of pairs, has a static size and at least one element."""
    return pick(rng, f, lambda v: v.dims and not is_pair(v.dims) and not set(v.dims) & f.sizes.dynamic
                and f.sizes.count(v.dims) and where(v))


def index_of(f, dims, label, count):
    """Coordinates along a dimension, shifted and modulo `count`: places in a table of that many elements."""
    index, sizes = f.sizes.type("index", dims), f.sizes_of(dims)
    given = f" sizes({sizes})" if sizes else ""
    coord = f.add("index", dims, f"theria.coord dim = {dims.index(label)}{given} : {index}")
    return f.binary("arith.remui", coord, f.splat(count, "index", dims), 0)


def relative(f, dims, labels, count):
    """The sum of two coordinates, modulo `count`."""
    places = [index_of(f, dims, label, 1000) for label in labels]
    total = f.binary("arith.addi", *places, 0)
    return f.binary("arith.remui", total, f.splat(count, "index", dims), 0)


def look_up(rng, f, pick):
    """Each pair's, or each row's, element of a table."""
    table = pick(rng, f, lambda v: v.dims and len(v.dims) == 1 and f.sizes.count(v.dims))
    if table is None:
        return
    dims = rng.choice([a.dims for a in f.values if a.dims and a.element == f.element])
    count = f.sizes.count(table.dims)
    labels = "nm" if is_pair(dims) else rng.choice(dims) * 2
    place = relative(f, dims, labels, count)
    types = f"({f.type(table)}, {f.type(place)}) -> {f.sizes.type(f.element, dims)}"
    f.add(f.element, dims, f"theria.gather {table.name}[{place.name}] : {types}", table.size)


def scatter(rng, f, pick):
    """Rows added up by a coordinate of theirs."""
    value = pick(rng, f, lambda v: v.dims and not is_pair(v.dims))
    labels = [label for label in f.sizes.sizes if f.sizes.sizes[label]]
    if value is None or not labels:
        return
    into = rng.choice(labels)
    place = index_of(f, value.dims, rng.choice(value.dims), f.sizes.sizes[into])
    sizes = f.sizes_of(into)
    types = f"({f.type(value)}, {f.type(place)}) -> {f.sizes.type(f.element, into)}"
    f.add(f.element, into, f"theria.scatter_add {value.name}[{place.name}]{f' sizes({sizes})' if sizes else ''} : {types}",
          value.size * max(1, f.sizes.count(value.dims)) ** 0.5)


def part(f, value, dim, start, count):
    """`count` elements along a dimension, and their type."""
    sizes = [f.sizes.sizes[label] for label in value.dims]
    starts = [start if number == dim else 0 for number in range(len(sizes))]
    sizes[dim] = count
    kind = "tensor<" + "".join(f"{size}x" for size in sizes) + f"{value.element}>"
    name = f.fresh()
    f.lines.append(f"{name} = tensor.extract_slice {value.name}{starts} {sizes} {[1] * len(sizes)} : {f.type(value)} to {kind}")
    return name, kind


def swap_parts(rng, f, pick):
    """The last elements along a dimension before the first."""
    value = pick_dense(rng, f, pick)
    if value is None:
        return
    dim = rng.randrange(len(value.dims))
    whole = f.sizes.sizes[value.dims[dim]]
    cut = rng.randrange(whole)
    (last, last_type), (first, first_type) = part(f, value, dim, cut, whole - cut), part(f, value, dim, 0, cut)
    f.add(value.element, value.dims, f"tensor.concat dim({dim}) {last}, {first} : ({last_type}, {first_type}) -> {f.type(value)}",
          value.size)


def insert_part(rng, f, pick):
    """Some elements of one value in the place of another's."""
    value = pick_dense(rng, f, pick)
    other = value and pick_dense(rng, f, pick, lambda v: v.dims == value.dims)
    if not other:
        return
    dim = rng.randrange(len(value.dims))
    count = rng.randrange(1, f.sizes.sizes[value.dims[dim]] + 1)
    name, kind = part(f, value, dim, 0, count)
    sizes = [f.sizes.sizes[label] for label in value.dims]
    starts = [sizes[dim] - count if number == dim else 0 for number in range(len(sizes))]
    sizes[dim] = count
    f.add(value.element, value.dims, f"tensor.insert_slice {name} into {other.name}{starts} {sizes} {[1] * len(sizes)} : "
          f"{kind} into {f.type(value)}", max(value.size, other.size))


def pad(rng, f, pick):
    """A part with a constant around it."""
    value = pick_dense(rng, f, pick)
    if value is None:
        return
    dim = rng.randrange(len(value.dims))
    whole = f.sizes.sizes[value.dims[dim]]
    start = rng.randrange(whole)
    count = rng.randrange(whole - start + 1)
    name, kind = part(f, value, dim, start, count)
    around = f.constant(0.5, value.element)
    low = [start if number == dim else 0 for number in range(len(value.dims))]
    high = [whole - start - count if number == dim else 0 for number in range(len(value.dims))]
    names = ", ".join(f"%i{number}: index" for number in range(len(value.dims)))
    f.add(value.element, value.dims, f"tensor.pad {name} low{low} high{high} {{\n  ^bb0({names}):\n    tensor.yield {around} : "
          f"{value.element}\n  }} : {kind} to {f.type(value)}", max(value.size, 1))


def reshape(rng, f, pick):
    """Two dimensions as one and, after a function, as two again."""
    value = pick_dense(rng, f, pick, lambda v: len(v.dims) > 1)
    if value is None:
        return
    rank, first = len(value.dims), rng.randrange(len(value.dims) - 1)
    groups = [[number] for number in range(first)] + [[first, first + 1]] + [[number] for number in range(first + 2, rank)]
    sizes = [f.sizes.sizes[label] for label in value.dims]
    flat = "tensor<" + "".join(f"{sizes[g[0]] * sizes[g[-1]] if len(g) > 1 else sizes[g[0]]}x" for g in groups) + f"{value.element}>"
    one, applied = f.fresh(), f.fresh()
    f.lines.append(f"{one} = tensor.collapse_shape {value.name} {groups} : {f.type(value)} into {flat}")
    f.lines.append(f"{applied} = math.tanh {one} : {flat}")
    f.add(value.element, value.dims, f"tensor.expand_shape {applied} {groups} output_shape {sizes} : {flat} into {f.type(value)}")


def element(rng, f, pick):
    """One element, everywhere; and itself in another's place."""
    value = pick_dense(rng, f, pick)
    if value is None:
        return
    places = [f.constant(rng.randrange(f.sizes.sizes[label]), "index") for label in value.dims]
    scalar = f.fresh()
    f.lines.append(f"{scalar} = tensor.extract {value.name}[{', '.join(places)}] : {f.type(value)}")
    if rng.random() < 0.5:
        dims = rng.choice([v.dims for v in f.values if v.dims and v.element == f.element])
        sizes = f.sizes_of(dims)
        f.add(f.element, dims, f"tensor.splat {scalar}{f'[{sizes}]' if sizes else ''} : {f.sizes.type(f.element, dims)}", value.size)
    else:
        places = [f.constant(rng.randrange(f.sizes.sizes[label]), "index") for label in value.dims]
        f.add(f.element, value.dims, f"tensor.insert {scalar} into {value.name}[{', '.join(places)}] : {f.type(value)}", value.size)


ALL = (look_up, look_up, scatter, swap_parts, insert_part, pad, reshape, element)
