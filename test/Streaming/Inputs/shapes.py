"""Shapes at the edge: shapes.py FOLDER GROUP. Each line of a group is run streaming and on the reference path."""
import sys

from programs import Sdpa
from versus import check

EVERY = ("causal", "softcap", "score", "bias", "where")
GROUPS = {
    # Rows and columns: none, one, few by many, and such as no block divides; every size is ?.
    "rows": [(Sdpa((1, 2, 1, n, m, 3, 2), "f64", clauses, True), chain, tile) for n, m, clauses, chain, tile in [
        (1, 1, ("causal",), "vjp", "64x128"), (0, 4, (), "vjp", "2x3"), (4, 0, (), "vjp", "2x3"), (0, 0, (), "jvp", "2x3"),
        (1, 37, (), "vjp", "4x16"), (37, 1, (), "vjp", "4x16"), (150, 3, ("window",), "vjp", "64x128"),
        (3, 150, ("bottom_right",), "vjp", "64x128"), (65, 129, ("causal",), "vjp", "64x128")]],
    # Nothing kept between levels.
    "recompute": [(Sdpa((1, 2, 1, n, m, 3, 2), kind, clauses), chain, tile, "recompute") for n, m, kind, clauses, chain, tile in [
        (1, 1, "f64", EVERY, "vjp,jvp", "64x128"), (0, 4, "f64", (), "vjp", "2x3"), (4, 0, "f64", (), "vjp,jvp", "2x3"),
        (37, 67, "f64", EVERY, "vjp,jvp", "4x16"), (17, 13, "f64", ("window", "mask"), "vjp,jvp,jvp", "4x5"),
        (9, 70, "f32", ("causal", "lengths"), "jvp,jvp", "4x5"), (9, 70, "f64", ("bottom_right", "window"), "vjp", "4x5"), (7, 11, "bf16", EVERY, "vjp,jvp", "2x3")]],
    # Each block of rows or of columns computed by one owner; clauses whose cotangents are sums over heads too.
    "one-sided": [(Sdpa(sizes, kind, clauses, dynamic), chain, tile, "one-sided") for sizes, kind, clauses, dynamic, chain, tile in [
        ((1, 2, 1, 1, 1, 3, 2), "f64", EVERY, True, "vjp,jvp", "64x128"), ((1, 2, 1, 0, 4, 3, 2), "f64", (), True, "vjp", "2x3"),
        ((1, 2, 1, 4, 0, 3, 2), "f64", (), False, "vjp,jvp", "2x3"), ((1, 4, 2, 37, 67, 3, 2), "f64", EVERY, True, "vjp,jvp", "16x16"),
        ((2, 4, 2, 17, 13, 3, 2), "f64", ("window", "mask", "row_bias"), False, "vjp,jvp,jvp", "4x5"),
        ((1, 2, 2, 9, 40, 3, 2), "f32", ("causal", "lengths", "scale"), False, "vjp,jvp", "32x32"),
        ((1, 4, 2, 7, 11, 3, 2), "bf16", EVERY, True, "vjp,vjp,jvp", "2x3")]],
    # The same with sizes that are known.
    "known": [(Sdpa((1, 2, 1, n, m, 3, 2), "f64", clauses), chain, tile) for n, m, clauses, chain, tile in [
        (1, 1, EVERY, "vjp,jvp", "64x128"), (0, 4, (), "vjp,jvp", "2x3"), (4, 0, (), "vjp,jvp", "2x3"),
        (1, 37, EVERY, "vjp,jvp", "4x16"), (37, 1, EVERY, "vjp,jvp", "4x16"), (67, 131, EVERY, "vjp,jvp", "64x128"),
        (17, 13, ("causal",), "vjp,vjp,jvp", "4x5"), (13, 17, ("window",), "jvp,vjp,jvp", "5x4")]],
    # Features: 1 to 512, of values others than of keys.
    "features": [(Sdpa((1, 1, 1, 9, 11, d, dv), kind, ("causal",)), chain, "4x16") for d, dv, kind, chain in [
        (1, 512, "f32", "vjp"), (512, 1, "f32", "vjp"), (3, 17, "f64", "vjp,jvp"), (17, 3, "bf16", "vjp,jvp"),
        (64, 100, "f32", "vjp,jvp"), (100, 64, "f16", "vjp"), (512, 512, "f32", "vjp,jvp")]],
    # Heads that share keys, and every type under clauses of every kind, to third order.
    "types": [(Sdpa((2, heads, 2, 7, 5, 3, 4), kind, EVERY), chain, "2x3") for heads, kind, chain in [
        (2, "f32", "vjp,jvp,jvp"), (4, "f32", "jvp,vjp"), (6, "bf16", "vjp,jvp"), (4, "bf16", "vjp,vjp,jvp"),
        (4, "f16", "jvp,jvp"), (6, "f16", "vjp,vjp,jvp")]],
}


def main(folder, group):
    results = [check(*case[:2], folder, case[2], 1, *case[3:]) for case in GROUPS[group]]
    print(f"{len(results)} shapes, {results.count(False)} differ")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
