"""What is measured, in the order in which it is."""

import dataclasses

from peers import WAYS

DEPTH = 64
# A clause and a size, on two heads: causal beside full, and a window where rows are many.
CLAUSES = (("", 4096), ("causal", 4096), ("window(256, 0)", 4096), ("window(256, 0)", 16384))
QUICK_CLAUSES = (("", 64), ("causal", 64), ("window(256, 0)", 64), ("window(256, 0)", 128))
COMPILED = ("forward", "hvp")
EXPERIMENTS = ("shapes", "growth", "clauses", "compile")


@dataclasses.dataclass(frozen=True)
class Case:
    experiment: str
    subject: str  # theria, or a peer
    program: str
    way: str
    shape: tuple
    clause: str = ""

    def title(self):
        shape = "every clause" if self.experiment == "compile" else "×".join(map(str, self.shape))
        words = (self.experiment, shape, self.clause, self.program, self.subject, self.way)
        return "  ".join(word for word in words if word)

    def beside(self):
        """What is the same for the cases that are timed beside each other."""
        return self.experiment, self.shape, self.clause


def beside(options, experiment, program, shape):
    yield Case(experiment, "theria", program, "", shape)
    for peer in options.peers:
        for way in WAYS.get(peer, {}).get(program, ()):
            yield Case(experiment, peer, program, way, shape)


def cases(options):
    if "shapes" in options.experiments:
        for shape in options.shapes:
            for program in options.programs:
                yield from beside(options, "shapes", program, shape)
    if "growth" in options.experiments:
        for size in options.growth:
            for program in options.programs:
                yield from beside(options, "growth", program, (1, 1, size, DEPTH))
    if "clauses" in options.experiments:
        for clause, size in QUICK_CLAUSES if options.quick else CLAUSES:
            for program in options.programs:
                yield Case("clauses", "theria", program, "", (1, 2, size, DEPTH), clause)
    if "compile" in options.experiments:
        for program in COMPILED:
            if program in options.programs:
                yield Case("compile", "theria", program, "", ())
                for way in WAYS["jax"][program] if "jax" in options.peers else ():
                    yield Case("compile", "jax", program, way, ())
