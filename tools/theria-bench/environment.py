"""The virtual environment of the peers: made once, in the build folder."""

import pathlib
import subprocess
import sys
import venv

import machine
from failure import Failure

PACKAGES = {
    "openblas": ("numpy",),
    "torch": ("torch==2.13.0", "numpy"),
    "jax": ("jax==0.10.2", "numpy"),
    "keops": ("pykeops==2.3", "torch==2.13.0", "numpy"),
}


def site(folder):
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return str(pathlib.Path(folder, "lib", name, "site-packages"))


def present(folder, requirements):
    wanted = dict(requirement.partition("==")[::2] for requirement in requirements)
    found = machine.installed(site(folder), wanted)
    # A build of a version, such as 2.13.0+cpu, is that version.
    return all(
        name in found and found[name].split("+")[0] == (version or found[name]) for name, version in wanted.items()
    )


def pip(python, requirements):
    """Installs with pip's own progress on the screen; why not, where it fails."""
    print(f"\n== Installing {', '.join(requirements)}\n", file=sys.stderr, flush=True)
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *requirements]
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode
    return f"pip could not install {' '.join(requirements)}" if status else None


def prepare(folder, peers):
    """The environment's python, and for each peer that is not available the reason."""
    python = pathlib.Path(folder, "bin", "python")
    # Pip comes last: without it an earlier run was interrupted.
    if not python.with_name("pip").exists():
        print(f"== Making the virtual environment {folder}", file=sys.stderr, flush=True)
        try:
            venv.create(folder, with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failure(
                f"expected to make a virtual environment in {folder}, but it failed ({error}); "
                "install the venv module of Python (python3-venv) or choose another --environment"
            ) from error
    missing = {}
    for peer in peers:
        if not present(folder, PACKAGES[peer]) and (reason := pip(python, PACKAGES[peer])):
            missing[peer] = reason
    return python, missing


def versions(folder):
    return machine.installed(site(folder), ("numpy", "torch", "jax", "jaxlib", "pykeops"))
