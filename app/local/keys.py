"""The secrets of the one-machine default, made once, readable by nobody else."""

import os
import secrets
from pathlib import Path

from app.local.errors import StartRefused
from app.local.places import private_directory

NAMES = ("secret_key", "signer_key")


def make_missing(directory: Path, *, has_data: bool) -> None:
    """Makes what is absent.

    A signer key is never replaced under existing data: with another key nobody would be recognised as having
    signed already, and everybody could sign twice.
    """
    private_directory(directory)
    for name in NAMES:
        file = directory / name
        if file.exists():
            continue
        if name == "signer_key" and has_data:
            raise StartRefused(
                f"The key {file} is missing, and without it signatures of the existing data cannot be told apart. "
                "Put it back from your copy, or delete all data with bin/run --fresh."
            )
        # Written beside and renamed, so that a crash leaves a whole key or none.
        draft = directory / f"{name}.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
            output.write(secrets.token_hex(32))
        draft.replace(file)
