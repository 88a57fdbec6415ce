"""Ends a program as soon as it works: interrupt.py COMMAND…. Prints what it says then, and how it ended."""

import signal
import subprocess
import sys

with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
    while process.stdout.read(1) not in (b"[", b""):
        pass
    process.send_signal(signal.SIGTERM)
    print(process.stdout.read().decode())
print("status", process.returncode)
