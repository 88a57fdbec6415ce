"""Random clauses, shapes, types, tiles, schedules and orders: random_programs.py FOLDER FIRST_SEED COUNT."""
import random
import sys

from programs import Sdpa
from versus import check

CHAINS = ["", "jvp", "vjp", "vjp", "vjp,jvp", "jvp,vjp", "vjp,vjp", "vjp,jvp,jvp"]


def choose(rng):
    clauses = [rng.choice(pair) for pair in (("causal", "bottom_right"), ("bias", "row_bias")) if rng.random() < 0.4]
    clauses += [name for name in ("scale", "softcap", "score", "window", "mask", "lengths", "where") if rng.random() < 0.25]
    rng.shuffle(clauses)
    hk = rng.randint(1, 2)
    sizes = (rng.randint(1, 2), hk * rng.randint(1, 3), hk, rng.randint(1, 11), rng.randint(1, 11), rng.randint(1, 5),
             rng.randint(1, 5))
    dynamic = rng.random() < 0.2
    chain = rng.choice(CHAINS[:4] if dynamic else CHAINS)
    type_name = rng.choice(["f64", "f32", "bf16", "f16"])
    tile = f"{rng.randint(1, 4)}x{rng.choice([1, 2, 3, 5, 16])}"
    return Sdpa(sizes, type_name, tuple(clauses), dynamic), chain, tile, rng.choice(["strips", "recompute", "auto"])


def main(folder, first, count):
    bad = 0
    for seed in range(int(first), int(first) + int(count)):
        program, chain, tile, schedule = choose(random.Random(seed))
        bad += not check(program, chain, folder, tile, seed, schedule)
    print(f"{count} programs, {bad} differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
