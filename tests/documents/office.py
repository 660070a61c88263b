"""Office files made in the test: whole ones by python-docx, and the same with parts put in or changed."""

import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def element(xml: str) -> Any:
    """An element of WordprocessingML; `w`, `r` and `m` are known in it."""
    tag = xml.split(">", 1)[0].rstrip("/")
    known = nsdecls("w", "r", "m") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(xml.replace(tag, f"{tag} {known}", 1))


def with_body(*elements: str) -> bytes:
    document = Document()
    body = document.element.body
    for xml in elements:
        body.insert(len(body) - 1, element(xml))
    return saved(document)


def changed(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The package with these parts added or replaced; None takes one out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, content in parts.items():
            if content is not None:
                after.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)
