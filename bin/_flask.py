"""`bin/flask`: makes the environment and runs a command of the application beside its database."""

import sys

from _environment import ROOT, Refused, data_folder, prepare


def main(words: list[str]) -> None:
    chosen = None
    if words[:1] == ["--data"] and len(words) > 1:
        chosen, words = words[1], words[2:]
    elif words and words[0].startswith("--data="):
        chosen, words = words[0].removeprefix("--data="), words[1:]
    data = data_folder(chosen)
    environment = prepare(ROOT / "requirements.txt", data)
    environment.replace_process(data, "-m", "app.local.command", "--data", str(data), *words)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refusal:
        sys.exit(print(refusal, file=sys.stderr) or 2)
    except KeyboardInterrupt:
        sys.exit(130)
