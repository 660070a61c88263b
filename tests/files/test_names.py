"""Names that strangers chose."""

from email.message import Message

import pytest

from app.files.names import MAX_NAME_BYTES, content_disposition, kept_name


@pytest.mark.parametrize(
    ("original", "kept"),
    [
        ("план.pdf", "план.pdf"),
        ("Өтініш (2).PDF", "Өтініш (2).pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\fakepath\\смета.pdf", "смета.pdf"),
        ("a.pdf.exe", "a.pdf"),
        ("photo.php.pdf", "photo.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ('say "hi"\r\nSet-Cookie: a=b.pdf', "say hi Set-Cookie a=b.pdf"),
        ("nul\x00l.pdf", "null.pdf"),
        ("CON.pdf", "attachment.pdf"),
        ("...", "attachment.pdf"),
        ("", "attachment.pdf"),
        (None, "attachment.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("\ud800.pdf", "attachment.pdf"),
        ("№ 5 от 01.02.2026.pdf", "№ 5 от 01.02.2026.pdf"),
    ],
)
def test_a_name_is_made_harmless(original: str | None, kept: str) -> None:
    assert kept_name(original, extension="pdf") == kept


def test_a_long_name_is_cut_between_characters() -> None:
    name = kept_name("қ" * 300 + ".pdf", extension="pdf")
    assert len(name.encode()) <= MAX_NAME_BYTES and name.endswith("қ.pdf")


@pytest.mark.parametrize(
    "name",
    [
        "plan.pdf",
        "Өтініш №5.pdf",
        'a"b\\c.pdf',
        "a\r\nSet-Cookie: x=y.pdf",
        "100%;x.pdf",
        "\ud800.pdf",
        "日本.pdf",
    ],
)
def test_the_header_holds_one_name_and_nothing_else(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii() and "\r" not in header and "\n" not in header
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    assert header.count(";") == 2
    assert message.get_filename() is not None


def test_a_reader_gets_the_name_in_its_own_letters() -> None:
    assert content_disposition("Өтініш.pdf") == (
        "attachment; filename=\"_.pdf\"; filename*=UTF-8''%D3%A8%D1%82%D1%96%D0%BD%D1%96%D1%88.pdf"
    )
