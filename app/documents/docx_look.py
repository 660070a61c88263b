"""How a Word document of the house looks: letters, styles, pages, footer. Everything a person can change in Word."""

from datetime import datetime, time

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from app.documents.paper import Paper
from app.text.normalize import visible

FONT = "Golos Text"
# What a machine without Golos Text takes in its place; both have the Kazakh letters.
FONT_INSTEAD = "Arial"
LOCALES = {"kk": "kk-KZ", "ru": "ru-KZ", "en": "en-GB"}

DEEP, BRAND, QUIET = "0B2A33", "00657A", "43616B"
DANGER, SUCCESS, SOFT = "B3261E", "1D7A46", "E6F4F6"

TABLE_STYLE = "TableGrid"
TABLE_TEXT = "TableText"
GAP = "TableGap"

MARGIN = Mm(20)
SHORT_SIDE, LONG_SIDE = Mm(210), Mm(297)
_POINTS_OF_HEADINGS = {1: 16, 2: 13, 3: 11}


def text_width(is_landscape: bool) -> int:
    """The width between the margins in twentieths of a point."""
    side = LONG_SIDE if is_landscape else SHORT_SIDE
    return round((side - 2 * MARGIN) / 635)


def dress(document: Document, paper: Paper) -> None:
    """Give the empty `document` the letters, styles, language and properties of `paper`."""
    _name_letters(document, LOCALES[paper.language])
    _declare_letters_instead(document)
    _style_text(document)
    _style_tables(document)
    properties = document.core_properties
    properties.title = visible(paper.title)[:255]
    properties.subject = visible(paper.subject)[:255]
    properties.language = LOCALES[paper.language]
    # Midnight of the paper's day: the hour of printing would change the bytes.
    properties.created = properties.modified = datetime.combine(paper.created_on, time())
    properties.author = properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.revision = 1
    relations = document.part.package.rels
    for key in [
        key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        # The library's empty document brings a picture of itself.
        del relations[key]


def lay_pages(document: Document, are_landscape: list[bool]) -> None:
    for section, is_landscape in zip(document.sections, are_landscape, strict=True):
        section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        section.page_width = LONG_SIDE if is_landscape else SHORT_SIDE
        section.page_height = SHORT_SIDE if is_landscape else LONG_SIDE
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        section.footer_distance = Mm(10)


def write_footer(document: Document, text: str) -> None:
    """`text` and «1 / 10» under every page; the later sections take it from the first."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    first = footer.paragraphs[0]
    first.text = " ".join(text.split())
    numbers = footer.add_paragraph(style="Footer")
    numbers.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_field(numbers, "PAGE")
    numbers.add_run(" / ")
    _add_field(numbers, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple", attrs={qn("w:instr"): instruction})
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _name_letters(document: Document, locale: str) -> None:
    """Put the house's letters and the language where every style finds them, and out of the styles themselves."""
    styles = document.styles.element
    for letters in styles.iter(qn("w:rFonts")):
        letters.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            letters.set(qn(f"w:{script}"), FONT)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
        language.set(qn("w:eastAsia"), locale)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), locale)
        language.attrib.pop(qn("w:eastAsia"), None)


def _declare_letters_instead(document: Document) -> None:
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    declared = (
        f'<w:font w:name="{FONT}"><w:altName w:val="{FONT_INSTEAD}"/><w:charset w:val="CC"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    # The part is one that the library keeps as bytes and offers no other way to change.
    part._blob = part.blob.replace(b"</w:fonts>", declared.encode())


def _style_text(document: Document) -> None:
    normal = _style(document, "Normal", points=10.5, after=6)
    normal.paragraph_format.line_spacing = 1.25
    title = _style(document, "Title", points=22, colour=DEEP, bold=True, after=14)
    _set_border(title, "bottom", BRAND)
    for level, points in _POINTS_OF_HEADINGS.items():
        heading = _style(document, f"Heading {level}", points=points, colour=BRAND, bold=True, after=4)
        heading.paragraph_format.space_before = Pt(points)
        heading.paragraph_format.keep_with_next = True
    quote = _style(document, "Quote", points=10.5, colour=DEEP, after=6)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(6)
    _set_border(quote, "left", BRAND)
    _style(document, "List Bullet", points=10.5, after=2)
    _style(document, "Footer", points=8, colour=QUIET, after=0)


def _style_tables(document: Document) -> None:
    for style_id, points in ((TABLE_TEXT, 9.0), (GAP, 4.0)):
        # Word lists a style by its name with spaces and finds it by the id without.
        document.styles.add_style("Table " + style_id.removeprefix("Table"), WD_STYLE_TYPE.PARAGRAPH)
        style = _style(document, "Table " + style_id.removeprefix("Table"), points=points, after=2)
        style.paragraph_format.line_spacing = 1.1
    grid = document.styles["Table Grid"].element
    for line in grid.find(qn("w:tblPr")).find(qn("w:tblBorders")):
        line.set(qn("w:color"), "C3D4D9")
    for side, width in (("top", "40"), ("bottom", "40")):
        grid.find(qn("w:tblPr")).find(qn("w:tblCellMar")).find(qn(f"w:{side}")).set(qn("w:w"), width)


def _style(
    document: Document,
    name: str,
    *,
    points: float,
    after: float,
    colour: str = DEEP,
    bold: bool | None = None,
) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(points)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.bold = bold
    style.paragraph_format.space_after = Pt(after)
    return style


def _set_border(style: ParagraphStyle, side: str, colour: str) -> None:
    properties: BaseOxmlElement = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    attributes = {"val": "single", "sz": "12", "space": "6", "color": colour}
    border = OxmlElement("w:pBdr")
    border.append(OxmlElement(f"w:{side}", attrs={qn(f"w:{k}"): v for k, v in attributes.items()}))
    # The schema wants borders before the spacing.
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing")
