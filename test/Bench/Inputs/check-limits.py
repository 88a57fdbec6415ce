"""Runs workers that behave badly: check-limits.py TOOL"""

import pathlib
import sys

sys.path.insert(0, sys.argv[1])
import process

STAGES = {"ready": (1, "preparing it"), "first": (1, "one call"), "done": (1, "timing it")}
# The sleep of a worker has a length that no other program would choose.
SLEEP = "sleep 86399.25"
READY = """echo '{"stage": "ready"}'"""
WORKERS = {
    "done": (f"""{READY}; echo noise; echo '{{"stage": "first"}}'; echo '{{"stage": "done", "answer": 42}}'""", 2**30),
    "slow to start": (f"{SLEEP} & {SLEEP}", 2**30),
    "slow": (f"{READY}; {SLEEP}", 2**30),
    "large": (SLEEP, 1),
    "silent": ("echo trouble >&2; echo no luck >&2; exit 3", 2**30),
}

for title, (script, most_bytes) in WORKERS.items():
    print(f"{title}: {process.staged(['sh', '-c', script], {}, STAGES, most_bytes)}", flush=True)
running = 0
for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
    try:
        running += path.read_bytes().split(b"\0")[:2] == SLEEP.encode().split()
    except OSError:
        pass  # it has ended meanwhile
print(f"left running: {running}")
