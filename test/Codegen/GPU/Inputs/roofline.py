"""What bounds the sweeps of attention on an H200, on paper: the table of docs/GPU.md.

python3 roofline.py THERIA_OPT

Counts the instructions of the loops over column tiles in the PTX of unmasked kernels, and what they take of each resource
of a multiprocessor. The largest is the bound, of a tile and of the whole.
"""
import collections
import re
import sys

import kernels

# Of an H200: multiprocessors, and cycles a second at which they give 989 TFLOP/s in bf16 (NVIDIA's data sheet).
PROCESSORS, CLOCK = 132, 1.83e9
# Of a multiprocessor: cycles of a warp's instruction, or bytes a cycle (CUDA C++ Programming Guide, Arithmetic Instructions;
# for mma.sync, 62 % of the data sheet's peak, as measured by Luo et al., arXiv:2402.13499; wgmma reaches nearly all).
WGMMA_CYCLES = 16 * 8 * 16 * 2 / 4096
MMA_CYCLES = WGMMA_CYCLES / 0.62
ISSUE_CYCLES, FLOAT_CYCLES, EX2_CYCLES = 1 / 4, 1 / 4, 2
SHARED_BYTES = 128
# All multiprocessors together read so many bytes a second from the second-level cache and from memory.
L2_BYTES, MEMORY_BYTES = 5.5e12, 4.8e12

THREADS = re.compile(r"\.visible \.entry (sweep\d+)\(.*?\.maxntid (\d+)", re.DOTALL)
WGMMA = re.compile(r"wgmma\.mma_async\S*\.m64n(\d+)k16")
FLOATS = ("add.rn.f32", "sub.rn.f32", "mul.rn.f32", "fma.rn.f32", "max.NaN.f32", "max.f32", "selp.f32")


def loops(body):
    """The innermost loops: from a label to a branch back to it, with no other loop within."""
    lines = [line.strip() for line in body.splitlines()]
    labels = {line[:-1]: number for number, line in enumerate(lines) if line.startswith("$") and line.endswith(":")}
    ends = {}
    for number, line in enumerate(lines):
        target = re.search(r"bra(?:\.uni)?\s+(\$\w+);", line)
        if target and labels[target[1]] <= number:
            ends[labels[target[1]]] = number
    spans = list(ends.items())
    inner = [one for one in spans if not any(one[0] <= other[0] and other[1] < one[1] for other in spans if other != one)]
    return [lines[first:last + 1] for first, last in inner]


def counts(lines):
    """What a warp executes in a loop, by kinds; of wgmma, a quarter, in products of 16 by 8 by 16."""
    found = collections.Counter()
    for line in lines:
        word = line.split()[1 if line.startswith("@") else 0] if line else ""
        if not word or word.startswith(("$", "//", ".", "{", "}")):
            continue
        found["issued"] += 1
        found["mma"] += word.startswith("mma.sync")
        found["ex2"] += word.startswith("ex2")
        found["float"] += word.startswith(FLOATS)
        if product := WGMMA.match(word):
            found["wgmma"] += int(product[1]) // 8
            found["shared"] += (int(product[1]) * 32 + (64 * 32 if " left, " in line else 0)) // 4
        if word.startswith(("ldmatrix", "stmatrix")):
            found["shared"] += 512
        if word.startswith("cp.async.cg"):
            found["shared"] += 512
            found["global"] += 512
        if word.startswith(("ld.shared", "st.shared")):
            lanes = int((re.search(r"\.v(\d)", word) or [0, 1])[1])
            found["shared"] += 32 * lanes * int(re.search(r"b(\d+)", word)[1]) // 8
    return found


def sweeps(ptx):
    """Warps of a block, and what a warp does of a column tile, in each loop of each sweep that has products."""
    for part in re.split(r"(?=\.visible \.entry)", ptx):
        head = THREADS.match(part)
        if head:
            found = [one for one in map(counts, loops(part)) if one["mma"] or one["wgmma"]]
            if found:
                yield head[1], int(head[2]) // 32, found


def cycles(warps, count):
    """Of a multiprocessor, for a row tile by a column tile."""
    return {"tensor cores": warps * (count["mma"] * MMA_CYCLES + count["wgmma"] * WGMMA_CYCLES),
            "issue": warps * count["issued"] * ISSUE_CYCLES,
            "f32": warps * count["float"] * FLOAT_CYCLES, "ex2": warps * count["ex2"] * EX2_CYCLES,
            "shared": warps * count["shared"] / SHARED_BYTES,
            "L2": warps * count["global"] * PROCESSORS * CLOCK / L2_BYTES}


def main(opt, length=8192, heads=12):
    print("| features | | sweep | mma | tensor cores | issue | f32 | ex2 | shared | L2 | bound | ms |")
    print("| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |")
    total = collections.Counter()
    for features in (64, 128):
        for function, name in kernels.FUNCTIONS.items():
            module = kernels.compile_to_module(opt, kernels.program("bf16", features, "", length, heads), function, "sm_90a")
            blocks = kernels.blocks_of(module)
            columns = kernels.columns_of(module)
            for sweep, warps, found in sweeps(kernels.ptx_of(module)):
                rows = heads * length // blocks[sweep]
                for count in found:
                    used = cycles(warps, count)
                    bound = max(used, key=used.get)
                    tiles = heads * (length / rows) * (length / columns[sweep])
                    time = 1e3 * tiles * used[bound] / PROCESSORS / CLOCK
                    total[features, name] += time
                    products = warps * (count["mma"] + count["wgmma"])
                    cells = [str(features), name, f"{sweep}, {rows}×{columns[sweep]}", str(products)]
                    cells += [f"{value:.0f}" for value in used.values()] + [bound, f"{time:.2f}"]
                    print("|", " | ".join(cells), "|", flush=True)
    print("\n| features | | ms | causal, ms |\n| ---: | --- | ---: | ---: |")
    for (features, name), time in total.items():
        print(f"| {features} | {name} | {time:.1f} | {time / 2:.1f} |")


main(sys.argv[1])
