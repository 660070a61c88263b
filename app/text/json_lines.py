"""Files of strangers with one JSON object a line, read so that no line can fill the memory."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, BinaryIO, NoReturn

LONGEST_LINE_BYTES = 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadLine(StrEnum):
    NOT_UTF8 = "not_utf8"
    TOO_LONG = "too_long"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"


class LineRefused(ValueError):
    """The line holds no object: `reason`."""

    def __init__(self, reason: BadLine) -> None:
        super().__init__(reason.value)
        self.reason = reason


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not empty; None for one that is too long to be read at all."""
    number = 0
    while line := stream.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        is_too_long = len(line) > LONGEST_LINE_BYTES
        while is_too_long and line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE_BYTES)
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if is_too_long:
            yield number, None
        elif stripped := line.strip():
            yield number, stripped


def object_of(line: bytes | None) -> dict[str, Any]:
    """The object that `line` holds. LineRefused says why it holds none."""
    if line is None:
        raise LineRefused(BadLine.TOO_LONG)
    try:
        content = json.loads(line.decode("utf-8"), parse_constant=_not_json)
    except UnicodeDecodeError as error:
        raise LineRefused(BadLine.NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        # ValueError also for a number of thousands of digits, RecursionError for brackets without end.
        raise LineRefused(BadLine.NOT_JSON) from error
    if not isinstance(content, dict):
        raise LineRefused(BadLine.NOT_AN_OBJECT)
    return content


def _not_json(constant: str) -> NoReturn:
    raise ValueError(constant)
