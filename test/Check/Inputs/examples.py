"""Certificates of examples, forward to third order: examples.py [--lines=LINE,…] THERIA_RUN EXAMPLES FUNCTION…

Each is of the streaming path and, in a line of its own, of the results of the reference path.

A function is FILE:NAME or FILE:NAME:ORDERS. The identities do not depend on the derivative that is taken, so they are
shown once a function; where a program takes derivatives itself, its order counts. With --lines these lines alone are
shown, at every order.
"""
import subprocess
import sys

# A derivative of a derivative has the results of that one too.
CHAINS = ((), ("vjp",), ("vjp", "jvp"), ("vjp", "jvp", "vjp"))
CHOSEN = "accuracy,differences,stages,memory,bits"


def inputs(command):
    """What --fill cannot draw: sizes for ?, 7 of keys and values, 5 elsewhere."""
    signature = subprocess.run([*command, "--signature"], check=True, capture_output=True, text=True).stdout
    for line in signature.splitlines():
        kind = line.split()[-1]
        if line.startswith("input"):
            size = "7" if "%k" in line or "%v" in line else "5"
            yield f"--input={kind.removeprefix('tensor<').rstrip('>').replace('?', size)}=normal:7" if "?" in kind else "--input=_"


def certify(run, path, name, chain, lines):
    command = [run, path, f"--function={name}", *([f"--derive={','.join(chain)}"] if chain else [])]
    command += [*inputs(command), "--fill=normal:7", "--tile=4x4", "--check", *lines]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0 and "none fail" in done.stdout and "undecided" not in done.stdout:
        return 0
    print(" ".join(command), done.stdout, done.stderr, sep="\n")
    return 1


def main(run, folder, *functions, chosen=""):
    count = wrong = 0
    for function in functions:
        example, name, *orders = function.split(":")
        path = f"{folder}/{example}.mlir"
        last = int(orders[0]) if orders else len(CHAINS) - 1
        for chain in CHAINS[:last + 1] if chosen else {CHAINS[0], CHAINS[last]}:
            lines = (f"--check-lines={chosen or CHOSEN}",) if chain or chosen else ()
            count += 1
            wrong += certify(run, path, name, chain, lines)
    print(f"{count} certificates, {wrong} fail")


option = [word.removeprefix("--lines=") for word in sys.argv[1:] if word.startswith("--lines=")]
main(*[word for word in sys.argv[1:] if not word.startswith("--")], chosen="".join(option))
