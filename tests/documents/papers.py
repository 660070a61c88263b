"""Papers of made-up consultations, for the writers."""

from datetime import date

from app.documents.paper import (
    Bullets,
    Cell,
    ChangeWords,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Run,
    Table,
)

KAZAKH = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"
HOSTILE = [
    '#read("/etc/passwd")',
    "#{ while true {} } $x^2$ *b* _i_ `c` @ref <label> // no comment",
    '=HYPERLINK("http://evil.example";"x")',
    "<w:p>&amp;<script>alert(1)</script>]]>",
    "bidi \u202ereversed\u2066 and zero\u200bwidth",
    "control \x00\x07\x1b lone \ud800 surrogate \ufffe",
    "emoji 🖕🏽 👨‍👩‍👧 🇰🇿, Han 中文, Thai ก, Arabic مرحبا, signs ☐ → ✓ ≠ α",
    "e" + "\u0301" * 60,
    "tab\there, line\nbreak\r\nanother\u2028third",
]


def report(comments: int = 4, clauses: int = 3, language: str = "kk") -> Paper:
    """A report such as a body publishes at the end of a consultation."""
    rows = [
        [
            f"{number % clauses + 1}-тармақ",
            [Paragraph([Run("Азаматтың өтініші ", bold=True), f"№ {number + 1}"]), Paragraph(_text(number))],
            [
                Paragraph(
                    [
                        "Он бес ",
                        Run("күнтізбелік", deleted=True),
                        " ",
                        Run("жұмыс", inserted=True),
                        " күні ішінде қаралады.",
                    ]
                )
            ],
            Run("Жауап берілген жоқ", danger=True) if number % 3 == 0 else "Ескерілді: 2-нұсқаға енгізілді.",
        ]
        for number in range(comments)
    ]
    return Paper(
        title="Қоғамдық талқылау туралы есеп: «Көшелерді көгалдандыру қағидалары»",
        subject="Жоба № 12, бірінші нұсқа",
        language=language,
        created_on=date(2026, 11, 22),
        footer="2026 жылғы 22 қараша · таңба 4f1c 90ab 77e2",
        change_words=ChangeWords(deleted="алынып тасталды", inserted="қосылды"),
        parts=[
            Heading("Сандар", 1),
            Facts(
                [
                    ("Пікір білдіргендер", "214 адам"),
                    ("Мерзімінде берілген жауаптар", Run("137", bold=True)),
                    ("Жауапсыз", [Run("77", danger=True), " пікір"]),
                ]
            ),
            Heading("Не өзгерді", 1),
            Paragraph(["Бұл бөлімде ", Run("кестенің", italic=True), f" мазмұны түсіндіріледі. {KAZAKH}"]),
            Bullets(["бірінші тармақ", ["екінші ", Run("тармақ", bold=True)]]),
            Quote("«Ағаш отырғызу жүз күнге созылмауы тиіс», — деп жазды қатысушы."),
            Heading("Салыстырма кесте", 2),
            Table(
                head=["№", "Элемент", "Қолданыстағы мәтін", "Ұсынылған мәтін", "Негіздеме"],
                widths=[1, 3, 6, 6, 5],
                rows=[
                    [str(n + 1), f"{n + 1}-тармақ", _text(n), _text(n + 1), "Мерзім нақтыланды."]
                    for n in range(clauses)
                ]
                + [[Cell(Run("Жиыны", bold=True), colspan=2), Cell(f"{clauses} тармақ", colspan=3)]],
            ),
            Heading("Пікірлер мен жауаптар", 1),
            Table(head=["Тармақ", "Пікір", "Ұсынылған редакция", "Жауап"], widths=[2, 6, 5, 4], rows=rows),
            PageBreak(),
            Heading("Қосымша", 3),
            Paragraph("Соңғы бет."),
        ],
    )


def hostile_paper(texts: list[str] = HOSTILE) -> Paper:
    """Every text of `texts` in every place where a person's words may stand."""
    every = "\n".join(texts)
    return Paper(
        title=texts[0],
        subject=texts[0],
        language="ru",
        created_on=date(2026, 1, 2),
        footer=" ".join(texts[:2]),
        parts=[
            *(Heading(text, 2) for text in texts),
            *(Paragraph(text) for text in texts),
            Facts([(text, text) for text in texts]),
            Bullets(texts),
            Quote(every),
            Table(head=texts[:3], rows=[[every, [Run(text, bold=True) for text in texts], ""]]),
        ],
    )


def _text(number: int) -> str:
    sentences = [
        "Жергілікті атқарушы орган көшедегі әрбір кесілген ағаштың орнына екі көшет отырғызады.",
        "Көшеттерді суару кестесі аула тұрғындарымен келісіледі және ғаламторда жарияланады.",
        "Проверка приживаемости саженцев проводится осенью с участием жителей.",
    ]
    return " ".join(sentences[(number + place) % 3] for place in range(1 + number % 3))
