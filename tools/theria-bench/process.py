"""Runs a case in a process of its own, within limits of time and memory."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import tempfile
import time

from failure import Failure

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident_bytes(pid):
    """0 where the process has ended."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


@contextlib.contextmanager
def child(command, environment):
    """A process, its standard error in a file; it and what it started are ended with the block."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=os.environ | environment,
            start_new_session=True,
        )
        process.errors = errors
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()


def last_error(process):
    """The last line that a process said on standard error, or how it ended."""
    process.errors.seek(0)
    lines = process.errors.read().decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else f"it ended with status {process.returncode}"


class Exceeded(Exception):
    """A case went past a limit; says which."""


def lines(process, deadline, most_bytes):
    """Yields the lines of a process; deadline() is when the next one must be there."""
    os.set_blocking(process.stdout.fileno(), False)
    pending = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            selector.select(timeout=0.05)
            chunk = process.stdout.read()
            if chunk == b"":
                break
            pending += chunk or b""
            *whole, pending = pending.split(b"\n")
            yield from whole
            if resident_bytes(process.pid) > most_bytes:
                raise Exceeded(f"needs more than {most_bytes / 2**30:.0f} GiB")
            moment, what = deadline()
            if time.monotonic() > moment:
                raise Exceeded(what)
    process.wait()


def staged(command, environment, stages, most_bytes):
    """The fields of the stage done of a worker; stages maps the next stage to its limit in seconds and its name."""
    reached = ["ready"]
    began = [time.monotonic()]

    def deadline():
        seconds, what = stages[reached[-1]]
        return began[-1] + seconds, f"{what} needs more than {seconds:.0f} s"

    following = {"ready": "first", "first": "done"}
    with child(command, environment) as process:
        try:
            for line in lines(process, deadline, most_bytes):
                if not line.startswith(b'{"stage"'):
                    continue
                fields = json.loads(line)
                if fields.pop("stage") == "done":
                    return fields
                reached.append(following[reached[-1]])
                began.append(time.monotonic())
        except Exceeded as why:
            return {"unavailable": str(why), "unprepared": reached[-1] == "ready"}
        process.wait()
        return {"unavailable": last_error(process)}


def require(name, path):
    """Fails where a program of the project is not there to be run."""
    if not os.access(path, os.X_OK) or not os.path.isfile(path):
        raise Failure(
            f"expected the program {name}, but found none at {path}; "
            f"build it with tools/quickstart.sh or say where it is with --{name}"
        )
