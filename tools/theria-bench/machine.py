"""What a measurement was made on."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import subprocess

VECTORS = (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX"), ("asimd", "NEON"), ("sse2", "SSE2"))


def cpu_fields():
    fields = {}
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    return fields


def describe():
    fields = cpu_fields()
    flags = (fields.get("flags") or fields.get("Features") or "").split()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    family = " ".join(fields[name] for name in ("cpu family", "model") if name in fields)
    return {
        "cpu": fields.get("model name", platform.machine()),
        "family and model": family,
        "cores": os.cpu_count(),
        "vectors": next((title for flag, title in VECTORS if flag in flags), "unknown"),
        "memory_gib": round(memory / 2**30, 1),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
    }


def date():
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def commit(root):
    """The commit that is measured, with + where something is not committed."""
    command = ["git", "-C", str(root), "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return found.stdout.strip() if found.returncode == 0 else "unknown"


def versions(root, packages):
    return {"theria": commit(root), "python": platform.python_version()} | packages


def installed(site, names):
    """Versions of the packages in a folder of packages; those that are not there are left out."""
    found = {entry.metadata["Name"].lower(): entry.version for entry in importlib.metadata.distributions(path=[site])}
    return {name: found[name] for name in names if name in found}
