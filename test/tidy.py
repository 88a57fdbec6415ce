"""Runs clang-tidy over the project's sources: python3 test/tidy.py BUILD

A source that passed is not run again until what clang-tidy reads of it changes: the source, every header of the project
or the build that it includes, .clang-tidy, the compile command or the version of clang-tidy.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIDY = "clang-tidy-22"


def included_files(build):
    """What each object was made from, as Ninja recorded it, less the system's headers."""
    log = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    files, current = {}, None
    for line in log.splitlines():
        if line and not line[0].isspace():
            current = files.setdefault(line.split(": #deps")[0], [])
        elif line.strip():
            path = os.path.normpath(os.path.join(build, line.strip()))
            if path.startswith(str(ROOT)):
                current.append(path)
    return files


def output(entry):
    command = shlex.split(entry["command"])
    return command[command.index("-o") + 1]


def key(entry, files, common):
    digest = hashlib.sha256(common)
    digest.update(entry["command"].encode())
    for path in sorted({entry["file"], *files}):
        digest.update(path.encode() + b"\0" + pathlib.Path(path).read_bytes())
    return digest.hexdigest()


def tidy(entry, build, stamp):
    command = [TIDY, "--quiet", "-p", build, entry["file"]]
    run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode == 0:
        stamp.touch()
    return entry["file"], run.returncode, run.stdout + run.stderr


def main():
    build = os.path.abspath(sys.argv[1])
    stamps = pathlib.Path(build, "tidy")
    stamps.mkdir(exist_ok=True)
    commands = json.loads(pathlib.Path(build, "compile_commands.json").read_text(encoding="utf-8"))
    entries = [entry for entry in commands if not entry["file"].startswith(build)]
    files = included_files(build)
    version = subprocess.run([TIDY, "--version"], check=True, capture_output=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    jobs = []
    for entry in entries:
        stamp = stamps / key(entry, files.get(output(entry), []), common)
        if not stamp.exists():
            jobs.append((entry, build, stamp))
    print(f"{len(entries) - len(jobs)} of {len(entries)} sources are unchanged", flush=True)
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(tidy, *job) for job in jobs]
        for done, run in enumerate(concurrent.futures.as_completed(runs), 1):
            path, status, text = run.result()
            bad += status != 0
            verdict = "ok" if status == 0 else "FAILED"
            print(f"[{done}/{len(jobs)}] {os.path.relpath(path, ROOT)}: {verdict}", flush=True)
            if status != 0:
                print(text, flush=True)
    return 1 if bad else 0


sys.exit(main())
