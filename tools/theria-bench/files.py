"""Writes files whole or not at all."""

import os
import pathlib
import tempfile

from failure import Failure


def write_all(contents):
    """Files by path; they appear under their names when all of them are complete."""
    made = []
    try:
        for path, text in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
            made.append((name, path))
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(name, 0o644)
        for name, path in made:
            os.replace(name, path)
    except OSError as error:
        raise Failure(f"expected to write {error.filename or path}, but {error.strerror}; choose --output") from error
    finally:
        for name, _ in made:
            pathlib.Path(name).unlink(missing_ok=True)
