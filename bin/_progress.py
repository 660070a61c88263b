"""Shows that something is going on: a moving line on a terminal, a line now and then in a log."""

import shutil
import sys
import time

FRAMES = "-\\|/"


class Progress:
    """One line per phase; below it, on a terminal, what happens in it right now."""

    def __init__(self) -> None:
        self._moving = sys.stderr.isatty()
        self._began = self._said = time.monotonic()
        self._frame = 0

    def phase(self, text: str) -> None:
        self._clear()
        print(text, file=sys.stderr, flush=True)
        self._began = self._said = time.monotonic()

    def step(self, text: str) -> None:
        """Called often; draws the next frame, or, without a terminal, says something every ten seconds."""
        now = time.monotonic()
        text = f"{text} ({now - self._began:.0f} s)"
        if self._moving:
            self._frame = (self._frame + 1) % len(FRAMES)
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K  {FRAMES[self._frame]} {text}"[: width + 4], end="", file=sys.stderr, flush=True)
        elif now - self._said > 10:
            print(f"  {text}", file=sys.stderr, flush=True)
            self._said = now

    def done(self) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._moving:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
