"""Peak memory of gradient and HVP at 1,1,N,64 in f32: memory.py FOLDER N [FLAG…].

The peak of the process grows with N by what the program holds. In arrays of N×64: 7 inputs and 6 results, each at most
four times (as read or written, as the program's own, packed by tiles, and summed up). In strips of 128 rows by N columns,
twice the size: at most 6 on each of 2 threads. An N×N tensor is N/64 times an array: at N = 8192, more than all of these.
"""
import pathlib
import resource
import subprocess
import sys

PROGRAM = """!x = tensor<1x1x{n}x64xf32>
!r = tensor<1x1x{n}xf32>
func.func private @attention(%q: !x, %k: !x, %v: !x) -> !x {{
  %o, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}}
func.func @both(%q: !x, %k: !x, %v: !x, %g: !x, %a: !x, %b: !x, %c: !x) -> (!x, !x, !x, !x, !x, !x) {{
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%g) : (!x, !x, !x) -> (!x, !x, !x, !x)
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%a, %b, %c) : (!x, !x, !x) -> (!x, !x, !x)
  return %r#1, %r#2, %r#3, %h#0, %h#1, %h#2 : !x, !x, !x, !x, !x, !x
}}
"""
ARRAYS, STRIPS = 4 * 13, 2 * 6 * 2


def peak(folder, n, flags):
    """The largest peak so far of any process started here, in bytes."""
    path = pathlib.Path(folder) / f"{n}.mlir"
    path.write_text(PROGRAM.format(n=n), encoding="utf-8")
    command = ["theria-run", str(path), "--fill=normal:1", "--threads=2", *flags]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def main(folder, n, *flags):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    n = int(n)
    least = peak(folder, 64, flags)
    growth, bound = peak(folder, n, flags) - least, (ARRAYS + STRIPS) * n * 64 * 4
    verdict = "within" if growth <= bound else "more than"
    print(f"grows by {growth >> 20} MiB, {verdict} {bound >> 20} MiB; a pair tensor is {n * n * 4 >> 20} MiB")
    return 0 if growth <= bound else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
