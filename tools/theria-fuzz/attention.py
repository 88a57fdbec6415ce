"""sdpa with random clauses."""


def clauses(rng, f):
    """Texts of clauses, and the operands and types that they add, in the order in which they are written."""
    texts, operands, types = [], [], []
    wide = "f64" if f.element == "f64" else "f32"

    def operand(text, name, kind):
        texts.append(text.format(name))
        operands.append(name)
        types.append(kind)

    if rng.random() < 0.2:
        operand("scale({})", f.constant(0.4, wide), wide)
    if rng.random() < 0.4:
        texts.append(rng.choice(("causal", "causal(bottom_right)")))
    if rng.random() < 0.3:
        texts.append(f"window({rng.randrange(4)}, {rng.randrange(4)})")
    if rng.random() < 0.3:
        texts.append(f"softcap({rng.choice((0.5, 2.0))})")
    if rng.random() < 0.3:
        bias = f.argument(f.element, "bhnm", dense=True)
        operand("bias({})", bias.name, f.type(bias))
    if rng.random() < 0.3:
        mask = f.argument("i1", "bhnm", dense=True)
        operand("mask({})", mask.name, f.type(mask))
    if rng.random() < 0.3:
        texts.append(score(rng, wide))
    if rng.random() < 0.2:
        texts.append(WHERE.format(rng.choice((2, 3))))
    return texts, operands, types


def score(rng, wide):
    body = rng.choice((
        "%u = math.sin %s : T\n    theria.yield %u : T",
        "%u = arith.mulf %s, %s : T\n    %v = math.tanh %u : T\n    theria.yield %v : T",
        "%p = arith.index_cast %j : index to i64\n    %x = arith.sitofp %p : i64 to T\n"
        "    %c = arith.constant 0.125 : T\n    %y = arith.mulf %x, %c : T\n    %u = arith.subf %s, %y : T\n"
        "    theria.yield %u : T",
    )).replace("T", wide)
    return f"score {{\n  ^bb0(%s: {wide}, %b: index, %h: index, %i: index, %j: index):\n    {body}\n  }}"


WHERE = """where {{
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %c = arith.constant {} : index
    %t = arith.addi %i, %j : index
    %r = arith.remui %t, %c : index
    %z = arith.constant 0 : index
    %live = arith.cmpi ne, %r, %z : index
    theria.yield %live : i1
  }}"""


def sdpa(rng, f, smooth):
    """Attention of the function's first three arguments, where they are a query, a key and a value."""
    if [a.dims for a in f.arguments[:3]] != ["bhnd", "bhmd", "bhme"]:
        return
    q, k, v = f.arguments[:3]
    texts, operands, types = clauses(rng, f)
    wide = "f64" if f.element == "f64" else "f32"
    inputs = ", ".join([f.type(q), f.type(k), f.type(v), *types])
    out_type, lse_type = f.sizes.type(f.element, "bhne"), f.sizes.type(wide, "bhn")
    out, lse = f.fresh(), f.fresh()
    f.lines.append(f"{out}, {lse} = theria.sdpa {q.name}, {k.name}, {v.name} {' '.join(texts)} : ({inputs}) -> "
                   f"({out_type}, {lse_type})")
    # Rows without keys have lse = −∞, whose tanh is −1.
    f.add(f.element, "bhne", f"math.tanh {out} : {out_type}")
    bounded = f.add(wide, "bhn", f"math.tanh {lse} : {lse_type}")
    if wide != f.element:
        f.add(f.element, "bhn", f"arith.truncf {bounded.name} : {lse_type} to {f.sizes.type(f.element, 'bhn')}")
