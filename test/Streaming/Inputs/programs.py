"""Programs of theria.sdpa with any clauses, as text, and what to run them with."""
from dataclasses import dataclass, field


@dataclass
class Sdpa:
    """`sizes` are B, H, Hk, N, M, D, Dv; `dynamic` writes ? for all of them but 1 in a broadcast bias."""

    sizes: tuple
    type: str = "f64"
    clauses: tuple = ()
    dynamic: bool = False
    fills: dict = field(default_factory=dict)  # of arguments, instead of normal

    def shape(self, name):
        b, h, hk, n, m, d, dv = self.sizes
        return {"q": (b, h, n, d), "k": (b, hk, m, d), "v": (b, hk, m, dv), "out": (b, h, n, dv), "lse": (b, h, n),
                "bias": (b, h, n, m), "row_bias": (1, h, n, 1), "mask": (b, h, n, m), "slopes": (h,),
                "rows": (b,), "keys": (b,), "scale": (), "limit": ()}[name]

    def element(self, name):
        accumulated = "f64" if self.type == "f64" else "f32"
        return {"mask": "i1", "rows": "i32", "keys": "i32", "limit": "index", "lse": accumulated, "scale": accumulated,
                "slopes": accumulated}.get(name, self.type)

    def tensor(self, name):
        element, shape = self.element(name), self.shape(name)
        sizes = ["?" if self.dynamic and (size != 1 or name != "row_bias") else str(size) for size in shape]
        return f"tensor<{'x'.join([*sizes, element])}>" if shape else element

    CAPTURES = {"bias": ["bias"], "row_bias": ["row_bias"], "mask": ["mask"], "lengths": ["rows", "keys"],
                "scale": ["scale"], "score": ["slopes"], "where": ["limit"]}

    def arguments(self):
        return ["q", "k", "v"] + [name for clause in self.clauses for name in self.CAPTURES.get(clause, [])]

    def text(self):
        f, s = self.element("slopes"), self.tensor("slopes")
        spelled = {
            "bias": "bias(%bias)", "row_bias": "bias(%row_bias)", "mask": "mask(%mask)", "lengths": "lengths(%rows, %keys)",
            "scale": "scale(%scale)", "softcap": "softcap(1.5)", "causal": "causal", "bottom_right": "causal(bottom_right)",
            "window": "window(2, 1)",
            "score": f"""score(%slopes) {{
  ^bb0(%s: {f}, %b: index, %h: index, %i: index, %j: index):
    %slope = tensor.extract %slopes[%h] : {s}
    %n = arith.subi %j, %i : index
    %n64 = arith.index_cast %n : index to i64
    %x = arith.sitofp %n64 : i64 to {f}
    %y = arith.mulf %slope, %x : {f}
    %t = arith.addf %s, %y : {f}
    theria.yield %t : {f}
  }}""",
            "where": """where(%limit) {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %both = arith.addi %i, %j : index
    %live = arith.cmpi slt, %both, %limit : index
    theria.yield %live : i1
  }""",
        }
        names = self.arguments()
        types = ", ".join(self.tensor(name) for name in names)
        results = f"({self.tensor('out')}, {self.tensor('lse')})"
        clauses = " ".join(spelled[clause] for clause in self.clauses)
        return f"""func.func @attention({', '.join(f'%{name}: {self.tensor(name)}' for name in names)}) -> {results} {{
  %out, %lse = theria.sdpa %q, %k, %v {clauses} : ({types}) -> {results}
  return %out, %lse : {results[1:-1]}
}}
"""

    def inputs(self, chain, seed=1):
        """An --input for each input of a derivative, and the names of its results."""
        inputs, outputs = self.arguments(), ["out", "lse"]
        smooth = lambda names: [name for name in names if self.element(name)[0] in "fb"]
        for step in chain:
            moving = smooth(inputs)
            inputs, outputs = (inputs + moving, outputs * 2) if step == "jvp" else (inputs + outputs, outputs + moving)
        flags = []
        for number, name in enumerate(inputs):
            shape = "".join(f"{size}x" for size in self.shape(name)) + self.element(name)
            fill = {"mask": "uniform", "rows": "", "keys": "", "limit": ""}.get(name, "normal")
            fill = f"{fill}:{seed + number}" if fill else str(self.sizes[4] if name == "keys" else self.sizes[3])
            if number < len(self.arguments()):
                fill = self.fills.get(name, fill)
            flags.append(f"--input={fill if fill.startswith('@') else f'{shape}={fill}'}")
        return flags, outputs
