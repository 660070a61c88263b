"""Text in cells of CSV and XLSX files that a spreadsheet would run as a formula. Pure.

`guarded` puts an apostrophe before it, `unguarded` takes that off again, and every text comes back as it was: what
already looks guarded is guarded once more.
"""

import re

# The first sign decides; the full-width and small forms too, which some programs fold. Space before it is skipped, as
# some programs do when they import; a tab or a line break at the very beginning is dangerous by itself.
_RUNS = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫])")
_GUARD = "'"


def guarded(text: str) -> str:
    """`text` as it may stand in a cell."""
    return _GUARD + text if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(_GUARD) and _RUNS.match(text) else text
