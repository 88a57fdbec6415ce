"""What the project aims at; the tables say of each whether it is met."""

# The best peer's time over Theria's, at least: forward, JVP, VJP, gradient + HVP.
RATIOS = {
    (1, 8, 2048, 64): {"forward": 1.0, "jvp": 4.5, "vjp": 1.3, "hvp": 3.0},
    (1, 2, 8192, 64): {"forward": 1.0, "jvp": 6.0, "vjp": 1.4, "hvp": 3.5},
    (1, 8, 512, 128): {"forward": 1.0, "jvp": 1.3, "vjp": 1.2, "hvp": 1.3},
    (32, 4, 64, 32): {"forward": 2.0, "jvp": 2.0, "vjp": 2.0, "hvp": 2.0},
}
# Of the rate of the yardstick, at least, at these sizes.
SHARE = 0.75
SHARE_SIZES = (2048, 8192)
# Growth beyond inputs and results in MiB, less than: by shape and program.
PEAKS = {((1, 2, 8192, 64), "hvp"): 60.0}
PEAKS |= {((1, 1, 32768, 64), program): 200.0 for program in ("forward", "jvp", "vjp", "hvp")}
# Causal over full, and a row of a window of 256 at 16,384 over one at 4,096, at most.
CAUSAL = 0.6
WINDOW_ROW = 1.3
# The whole process over JAX's first call of gradient + HVP, less than.
COMPILE = {"forward": 0.25, "hvp": 1.0}


def verdict(value, aim, at_least):
    """An aim and whether it is met, for a table."""
    if aim is None:
        return ""
    met = value >= aim if at_least else value <= aim
    return f"{'≥' if at_least else '≤'} {aim:g}, {'met' if met else '**missed**'}"
