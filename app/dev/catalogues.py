"""The catalogues of the three languages: extracting what the code says, and finding what is not said in all of them.

`python -m app.dev.catalogues update` brings the .po files to what the code says; `check` exits 1 if anything is missing.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.i18n import LANGUAGES, TRANSLATIONS

ROOT = TRANSLATIONS.parent
METHODS = [("app/**.py", "python"), ("app/templates/**.html", "jinja2"), ("app/templates/**.txt", "jinja2")]
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")


def said_in_code() -> Catalog:
    """Everything that the code and the templates say, with the files that say it."""
    catalogue = Catalog(project="unqos", charset="utf-8")
    options = {pattern: {"encoding": "utf-8"} for pattern, _ in METHODS if not pattern.endswith(".py")}
    found = extract_from_dir(str(ROOT), METHODS, options, KEYWORDS, ("i18n:",))
    for file, _line, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalogue


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    return read_po(BytesIO(path.read_bytes()), locale=language)


def update(language: str, template: Catalog) -> Catalog:
    """The catalogue of `language` with exactly the messages of `template`; what was translated stays, nothing is
    guessed. English speaks as the code does."""
    known = {
        (m.id if isinstance(m.id, str) else m.id[0], m.context): m.string for m in read(language) if m.id
    }
    fresh = Catalog(locale=language, project="unqos", charset="utf-8", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        string = (
            message.id if language == "en" else known.get((key, message.context), _nothing(message, fresh))
        )
        files = sorted({(file, 0) for file, _ in message.locations})
        fresh.add(
            message.id, string, locations=files, auto_comments=message.auto_comments, context=message.context
        )
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, fresh, width=110, sort_output=True, include_lineno=False, omit_header=False)
    # The time of writing would change the file every time.
    text = re.sub(
        r'(?m)^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team)[^\n]*\n',
        "",
        out.getvalue().decode(),
    )
    path.write_text(re.sub(r"(?m)^#(?: .*)?\n", "", text), encoding="utf-8")
    return fresh


def _nothing(message: Message, catalogue: Catalog) -> str | tuple[str, ...]:
    return "" if isinstance(message.id, str) else ("",) * catalogue.num_plurals


def faults(language: str, template: Catalog) -> Iterator[str]:
    """One line for each message that is missing, empty, fuzzy, stale, or whose placeholders or markup differ."""
    catalogue = read(language)
    for message in template:
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        found = catalogue.get(ids[0], context=message.context)
        if found is None:
            yield f"{language}: missing: {ids[0]!r}"
            continue
        strings = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
        wanted = 1 if len(ids) == 1 else catalogue.num_plurals
        if len(strings) != wanted or not all(strings):
            yield f"{language}: untranslated: {ids[0]!r}"
        if found.fuzzy:
            yield f"{language}: fuzzy: {ids[0]!r}"
        expected = set(PLACEHOLDER.findall(ids[-1]))
        for string in strings:
            if string and set(PLACEHOLDER.findall(string)) - {"num"} != expected - {"num"}:
                yield f"{language}: placeholders differ: {ids[0]!r}"
            if set(MARKUP.findall(string)) - set(MARKUP.findall("".join(ids))):
                yield f"{language}: markup that the code does not have: {ids[0]!r}"
            if "{{" in string or "{%" in string:
                yield f"{language}: template syntax: {ids[0]!r}"
    said = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in template if m.id}
    for message in catalogue:
        if (
            message.id
            and (message.id if isinstance(message.id, str) else message.id[0], message.context) not in said
        ):
            yield f"{language}: nobody says this any more: {message.id!r}"


def main(words: list[str]) -> int:
    template = said_in_code()
    if words == ["update"]:
        for language in LANGUAGES:
            update(language, template)
    elif words != ["check"]:
        print("usage: python -m app.dev.catalogues update|check", file=sys.stderr)
        return 2
    found = [fault for language in LANGUAGES for fault in faults(language, template)]
    print("\n".join(found) or f"{len(template)} messages, complete in {', '.join(LANGUAGES)}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
