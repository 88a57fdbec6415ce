"""Runs the functions of a program as its comments say: python3 errors.py FILE

A line `// f(good) runs, f(bad): message` means that f runs with one argument, and that with the other the run ends with
exit status 1 and that message, located in the file.
"""
import re
import subprocess
import sys

CASE = re.compile(r"^// (\w+)\((.*)\) runs, (\w+)\((.*)\): (.*)$")


def run(file, function, arguments):
    inputs = [f"--input={argument}" for argument in arguments.split(", ")]
    return subprocess.run(["theria-run", file, f"--function={function}", *inputs], check=False, capture_output=True,
                          text=True)


def main(file):
    count = 0
    with open(file, encoding="utf-8") as text:
        for line in text:
            if not (case := CASE.match(line)):
                continue
            good, right, bad, wrong, message = case.groups()
            done = run(file, good, right)
            assert done.returncode == 0 and not done.stderr, (line, done.stderr)
            done = run(file, bad, wrong)
            located = re.escape(file) + r":\d+:\d+: " + re.escape(message)
            assert done.returncode == 1 and not done.stdout and re.match(located, done.stderr), (line, done.stderr)
            count += 1
    assert count, file


if __name__ == "__main__":
    main(sys.argv[1])
