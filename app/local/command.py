"""`bin/flask …`: one command of the application, with the engines up for as long as it runs."""

import argparse
import signal
import subprocess
import sys
from pathlib import Path

from app.local.engines import Engines, refuse_foreign_folder
from app.local.errors import LocalError


def main(words: list[str]) -> int:
    """The exit code of the command. Engines that nobody else uses are stopped again."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, required=True)
    chosen, command = parser.parse_known_args(words[:2]), words[2:]
    data = chosen[0].data
    # Ctrl-C reaches the command itself; we stay to tidy up after it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        refuse_foreign_folder(data)
        engines = Engines.start(data)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        return _run(engines, command)
    finally:
        engines.release()


def _run(engines: Engines, command: list[str]) -> int:
    program = subprocess.Popen(
        [sys.executable, "-m", "flask", *command],
        env=engines.environment(),
        # The child would inherit our deafness to Ctrl-C otherwise.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: program.send_signal(received))
    code = program.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
