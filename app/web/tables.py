"""Tables as CSV for programs and spreadsheets: streamed, in UTF-8 with its mark, and no cell runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, stream_with_context

from app.text.cells import guarded

# Without it spreadsheets take the file for their own old encoding.
MARK = "\ufeff"
LINES_AT_ONCE = 100


def streamed_table(head: Sequence[str], rows: Iterable[Sequence[Any]], *, file_name: str) -> Response:
    """An answer that is written while its rows are read, however many there are; it has no ETag.

    Texts are guarded; numbers, dates and flags are written plainly. `rows` are taken when the view and its transaction
    are over: they see to transactions of their own.
    """
    seconds = current_app.page_cache.seconds  # type: ignore[attr-defined]
    return Response(
        stream_with_context(written(head, rows)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Cache-Control": f"public, max-age={seconds}",
            "Content-Disposition": f'attachment; filename="{file_name}"',
        },
    )


def written(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The table's text, some lines at a time."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    text.write(MARK)
    table.writerow(head)
    for number, row in enumerate(rows, 1):
        table.writerow([cell(value) for value in row])
        if number % LINES_AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return guarded(value) if isinstance(value, str) else value
