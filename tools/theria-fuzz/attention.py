"""sdpa with random clauses."""


class Clauses:
    """Texts of clauses, and the operands that they add, in the order in which they are written."""

    def __init__(self):
        self.texts, self.operands, self.types = [], [], []
        # Those of the operands that have derivatives, with their types.
        self.active = []

    def add(self, text, *operands, active=True):
        """`operands` are names with types."""
        self.texts.append(text.format(*(name for name, _ in operands)))
        self.operands += [name for name, _ in operands]
        self.types += [kind for _, kind in operands]
        if active:
            self.active += operands


def clauses(rng, f, heads):
    """Random clauses of an attention with the heads of its query named by a label."""
    found = Clauses()
    texts, operand = found.texts, found.add
    wide = "f64" if f.element == "f64" else "f32"
    pairs = f"b{heads}nm"

    if rng.random() < 0.2:
        operand("scale({})", (f.constant(0.4, wide), wide))
    if rng.random() < 0.4:
        texts.append(rng.choice(("causal", "causal(bottom_right)")))
    if rng.random() < 0.3:
        texts.append(f"window({rng.randrange(4)}, {rng.randrange(4)})")
    if rng.random() < 0.3:
        texts.append(f"softcap({rng.choice((0.5, 2.0))})")
    if rng.random() < 0.3:
        bias = f.argument(f.element, pairs, dense=True)
        operand("bias({})", (bias.name, f.type(bias)))
    if rng.random() < 0.3:
        mask = f.argument("i1", pairs, dense=True)
        operand("mask({})", (mask.name, f.type(mask)), active=False)
    if rng.random() < 0.2:
        lengths(rng, f, operand)
    if rng.random() < 0.2:
        captured(rng, f, operand, wide)
    elif rng.random() < 0.3:
        texts.append(score(rng, wide))
    if rng.random() < 0.2:
        texts.append(WHERE.format(rng.choice((2, 3))))
    return found


def lengths(rng, f, operand):
    """The same number of rows and of keys for each element of the batch."""
    kind, sizes = f.sizes.type("i32", "b"), f.sizes_of("b")
    names = []
    for label in "nm":
        length = f.constant(rng.randrange(f.sizes.sizes[label] + 1), "i32")
        names.append(f.fresh())
        f.lines.append(f"{names[-1]} = tensor.splat {length}{f'[{sizes}]' if sizes else ''} : {kind}")
    operand("lengths({}, {})", *((name, kind) for name in names), active=False)


def captured(rng, f, operand, wide):
    """A score region with a number that has a derivative."""
    operand(CAPTURED.replace("T", wide), (f.constant(rng.choice((0.3, 2.0)), wide), wide))


def score(rng, wide):
    body = rng.choice((
        "%u = math.sin %s : T\n    theria.yield %u : T",
        "%u = arith.mulf %s, %s : T\n    %v = math.tanh %u : T\n    theria.yield %v : T",
        "%p = arith.index_cast %j : index to i64\n    %x = arith.sitofp %p : i64 to T\n"
        "    %c = arith.constant 0.125 : T\n    %y = arith.mulf %x, %c : T\n    %u = arith.subf %s, %y : T\n"
        "    theria.yield %u : T",
    )).replace("T", wide)
    return f"score {{\n  ^bb0(%s: {wide}, %b: index, %h: index, %i: index, %j: index):\n    {body}\n  }}"


CAPTURED = """score({}) {{
  ^bb0(%s: T, %b: index, %h: index, %i: index, %j: index, %w: T):
    %u = arith.mulf %s, %w : T
    %v = math.sin %u : T
    theria.yield %v : T
  }}"""

WHERE = """where {{
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %c = arith.constant {} : index
    %t = arith.addi %i, %j : index
    %r = arith.remui %t, %c : index
    %z = arith.constant 0 : index
    %live = arith.cmpi ne, %r, %z : index
    theria.yield %live : i1
  }}"""


def write(f, op, results, operands, texts):
    """An operation of sdpa's kind: its results' names."""
    names = [f.fresh() for _ in results]
    written, types = zip(*operands)
    f.lines.append(f"{', '.join(names)} = theria.{op} {', '.join(written[:3])} {' '.join(texts)} : ({', '.join(types)}) -> "
                   f"({', '.join(results)})")
    return names


def sdpa(rng, f, smooth):
    """Attention of the function's first three arguments, where they are a query, a key and a value, or a derivative."""
    if [a.dims[2:] for a in f.arguments[:3]] != ["nd", "md", "me"]:
        return
    inputs = [(a.name, f.type(a)) for a in f.arguments[:3]]
    heads = f.arguments[0].dims[1]
    rest, out_dims = clauses(rng, f, heads), f"b{heads}ne"
    wide = "f64" if f.element == "f64" else "f32"
    out_type, lse_type = f.sizes.type(f.element, out_dims), f.sizes.type(wide, f"b{heads}n")
    active = inputs + rest.active
    cotangent, tangents = [(f.splat(0.5, f.element, out_dims).name, out_type)], active
    # The oracle takes a derivative of a derivative element by element, and so those that are operations.
    slow = f.differentiated or f.sizes.count(f"b{heads}nm") > 500
    op = "sdpa" if slow else rng.choice(("sdpa", "sdpa_jvp", "sdpa_vjp", "sdpa_hvp"))
    texts, between, results = [], [], [out_type, lse_type]
    if op in ("sdpa_vjp", "sdpa_hvp"):
        texts.append(f"cotangents({cotangent[0][0]})")
        between += cotangent
    if op in ("sdpa_jvp", "sdpa_hvp"):
        texts.append(f"tangents({', '.join(name for name, _ in tangents)})")
        between += tangents
    if op == "sdpa_jvp":
        results *= 2
    elif op == "sdpa_vjp":
        results += [kind for _, kind in active]
    elif op == "sdpa_hvp":
        results = [kind for _, kind in active]
    operands = [*inputs, *between, *zip(rest.operands, rest.types)]
    names = write(f, op, results, operands, texts + rest.texts)
    made = [(out_dims, f.element), (f"b{heads}n", wide)] * (2 if op == "sdpa_jvp" else 1 if op != "sdpa_hvp" else 0)
    if op in ("sdpa_vjp", "sdpa_hvp"):
        made += [(a.dims, f.element) for a in f.arguments[:3]]
    for name, kind, (dims, element) in zip(names, results, made):
        # Rows without keys have lse = −∞, whose tanh is −1.
        value = f.add(element, dims, f"math.tanh {name} : {kind}")
        if element != f.element:
            f.add(f.element, dims, f"arith.truncf {value.name} : {kind} to {f.sizes.type(f.element, dims)}")
