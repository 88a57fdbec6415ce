"""Programs of the matrix, run by theria-run."""
import pathlib
import subprocess

import numpy as np

from cases import DEPTH

# NumPy has no bf16: such arrays are f32 in files.
FILES = {"f64": "f8", "f32": "f4", "bf16": "f4", "f16": "f2"}


def program(kind, type, accumulated):
    """Sizes are left open, so that one compiled program serves many rows of the matrix."""
    q, k, r = f"tensor<?x1x?x{DEPTH}x{type}>", f"tensor<?x1x?x{DEPTH}x{type}>", f"tensor<?x1x?x{accumulated}>"
    names, types, clauses = ["q", "k", "v"], [q, k, k], ""
    if kind == "masked":
        pairs = "tensor<?x1x?x?x{}>".format
        names += ["bias", "mask", "rows", "keys"]
        types += [pairs(type), pairs("i1"), "tensor<?xi32>", "tensor<?xi32>"]
        clauses = "bias(%bias) mask(%mask) lengths(%rows, %keys) "
    arguments = ", ".join(f"%{name}: {kind}" for name, kind in zip(names, types))
    return f"""func.func @attention({arguments}) -> ({q}, {r}) {{
  %out, %lse = theria.sdpa %q, %k, %v {clauses}: ({', '.join(types)}) -> ({q}, {r})
  return %out, %lse : {q}, {r}
}}
"""


class Runner:
    """Runs chains in a folder, where compiled programs are kept."""

    def __init__(self, tool, folder):
        self.tool, self.folder = tool, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def inputs(self, cases, chain, type, batches):
        """Files of the arrays of one program, those of its cases one after another."""
        roles = cases[0].roles(chain)
        arguments = [role for role in roles if role not in ("out", "lse")]
        order = [(role, 0) for role in arguments]
        if cases[0].program == "masked":
            order += ["mask", "rows", "keys"]
        order += [(role, 0) for role in roles if role not in arguments]
        order += [(role, key) for key in range(1, 1 << chain.count("jvp")) for role in roles]
        for number, entry in enumerate(order):
            path = self.folder / f"in{number}.npy"
            if entry in ("rows", "keys"):
                array = np.array([x[entry] for x in batches], "i4")
            elif entry == "mask":
                array = np.concatenate([x[entry] for x in batches])[:, None]
            else:
                file = type.accumulated if entry[0] == "lse" else type.name
                array = np.concatenate([x[entry] for x in batches])[:, None].astype(FILES[file])
            np.save(path, array)
            yield f"--input=@{path}"

    def run(self, cases, chain, type, path, batches):
        """The results of cases of one program and one shape, each an array with one batch for each case."""
        kind = cases[0].program
        source = self.folder / f"{kind}-{type.name}.mlir"
        source.write_text(program(kind, type.name, type.accumulated), encoding="utf-8")
        count = (2 + (3 + (kind == "masked")) * ("vjp" in chain)) << chain.count("jvp")
        outputs = [self.folder / f"out{number}.npy" for number in range(count)]
        command = [*self.tool, str(source), f"--path={path}", f"--cache={self.folder / 'cache'}",
                   *([f"--derive={','.join(chain)}"] if chain else []), *self.inputs(cases, chain, type, batches),
                   *(f"--output=@{output}" for output in outputs)]
        subprocess.run(command, check=True)
        return [np.load(output)[:, 0] for output in outputs]
