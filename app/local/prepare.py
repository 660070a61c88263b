"""Brings the database to the schema of this code, and seeds the demo country once; a process of its own.

Migrating, seeding and listing the demo people together cost one start of the application instead of three.
"""

import argparse
import contextlib
import io
import sys
from pathlib import Path

from flask import Flask
from flask.cli import ScriptInfo

from app import create_app


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--seeded", type=Path, help="seed unless this file exists, and make it then")
    parser.add_argument("--people", type=Path, help="write the demo people to this file")
    chosen = parser.parse_args(words)
    with chosen.log.open("a", encoding="utf-8") as log:
        app = create_app()
        _say("Bringing the database up to date")
        _run(app, log, "db", "upgrade")
        if chosen.seeded is not None and not chosen.seeded.exists():
            _say("Seeding the demo country (once)")
            _run(app, log, "dev", "seed")
            chosen.seeded.touch()
        if chosen.people is not None:
            output = io.StringIO()
            _run(app, output, "dev", "people")
            chosen.people.write_text(output.getvalue(), encoding="utf-8")


def _say(text: str) -> None:
    print(text, flush=True)


def _run(app: Flask, output: io.TextIOBase, *words: str) -> None:
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        obj = ScriptInfo(create_app=lambda: app)
        app.cli.main(args=list(words), prog_name="flask", obj=obj, standalone_mode=False)


if __name__ == "__main__":
    main(sys.argv[1:])
