"""The texts of a version: taken in from files or pasted, shown as the tree that was recognised, and mended."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations import labels, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion, VersionInWork, WrongLanguage
from app.consultations.forms.deciding import number_of
from app.consultations.forms.texts import BlockForm, PickedForm, Source, UploadForm
from app.consultations.models import Clause, DraftAct, DraftVersion, VersionState
from app.consultations.queries import desk
from app.consultations.services import mending, versions
from app.consultations.services.mending import CannotMend
from app.consultations.views import bp
from app.db import db
from app.documents import completeness, reading
from app.documents.errors import UnreadableFile
from app.documents.labels import UNREADABLE
from app.documents.tree import Block, BlockKind
from app.errors import NotFound
from app.files import services as files
from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.files.models import Attachment
from app.files.storage import storage
from app.i18n import _, ngettext
from app.web.guards import current_actor, on

ACT_MEGABYTES = 20
LOCKED = frozenset({VersionState.COMPARING, VersionState.PUBLISHED})
Mend = Callable[[list[Block], set[int], PickedForm], list[Block]]
# What the buttons under the tree do to the blocks that are ticked.
MENDS: dict[str, Mend] = {
    "kind": lambda blocks, picked, form: mending.rename(blocks, picked, BlockKind(form.kind.data)),
    "in": lambda blocks, picked, form: mending.shift(blocks, picked, 1),
    "out": lambda blocks, picked, form: mending.shift(blocks, picked, -1),
    "join": lambda blocks, picked, form: mending.join(blocks, picked),
}


@bp.route("/desk/drafts/<int:number>/text", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def desk_text(draft: DraftAct) -> ResponseReturnValue:
    """The tree of both languages side by side; a file that is sent takes the place of the text in its language."""
    version = queries.newest_version(draft)
    form = UploadForm(data={"attempt": str(version.attempt) if version else "0"})
    if not form.validate_on_submit():
        return _tree(draft, upload=form, status=422 if form.errors else 200)
    found = _read(form)
    if found is None:
        return _tree(draft, upload=form, status=422)
    try:
        with db.session.begin_nested():
            version = versions.prepare(draft, actor=current_actor(), now=clock.now())
            if version.attempt != number_of(form.attempt.data):
                raise StaleVersion(attempt=version.attempt)
            told = [_take(version, form, language, *one) for language, one in found.items()]
    except WrongLanguage as refused:
        _say(form, str(refused.data["language"]), _wrong_language())
    except AttachmentRefused as refused:
        field = form.file_kk if "kk" in found else form.file_ru
        field.errors = [*field.errors, str(REFUSED[refused.reason])]
    except (StaleVersion, VersionInWork) as refused:
        newest = queries.newest_version(draft)
        form.attempt.data = str(newest.attempt if newest is not None else 0)
        return _tree(draft, upload=form, status=409, newer=isinstance(refused, StaleVersion))
    else:
        for sentence in told:
            flash(sentence, "success")
        return redirect(url_for("consultations.desk_text", number=draft.number, _anchor="tree"), 303)
    return _tree(draft, upload=form, status=422)


def _wrong_language() -> str:
    return str(
        _(
            "This text is the same as the one in the other language, or is written in another language than the version before it. Nothing was taken. Choose the file in the right language."
        )
    )


def _read(form: UploadForm) -> dict[str, tuple[Source, list[Block]]] | None:
    """What was handed over, recognised; None, with the reason at the field, where something cannot be read."""
    sources = form.sources()
    if not sources:
        form.file_kk.errors = [_("Choose a file or paste a text, in at least one of the languages.")]
        return None
    found = {}
    for language, source in sources.items():
        try:
            found[language] = (source, reading.read(source.data, filename=source.filename))
        except UnreadableFile as refused:
            _say(form, language, str(UNREADABLE[refused.reason]))
    return None if form.errors else found


def _say(form: UploadForm, language: str, sentence: str) -> None:
    field = form.field_of(language)
    field.errors = [*field.errors, sentence]


def _take(version: DraftVersion, form: UploadForm, language: str, source: Source, blocks: list[Block]) -> str:
    """Puts the text into the version, keeps its file, and says how much of it stands in the tree."""
    versions.take_text(
        version,
        language=language,
        blocks=blocks,
        file=_kept(source),
        actor=current_actor(),
    )
    return counted_in_words(
        language, completeness.tally(source.data, blocks, filename=source.filename), len(blocks)
    )


def _kept(source: Source) -> Attachment | None:
    """The original for whoever wants it; web pages and plain text are shown by this site itself."""
    if source.upload is None or not source.data.startswith(b"PK"):
        return None
    return files.accept(
        source.upload, actor=current_actor(), now=clock.now(), at_most=1, megabytes=ACT_MEGABYTES
    )


def counted_in_words(language: str, count: completeness.Tally, blocks: int) -> str:
    values = {"whole": count.of_file, "kept": count.in_tree, "blocks": blocks}
    if language == "kk":
        return str(
            _(
                "Kazakh text: %(kept)s of %(whole)s characters of the file are in the tree, in %(blocks)s blocks.",
                **values,
            )
        )
    return str(
        _(
            "Russian text: %(kept)s of %(whole)s characters of the file are in the tree, in %(blocks)s blocks.",
            **values,
        )
    )


def _tree(
    draft: DraftAct,
    *,
    upload: UploadForm | None = None,
    status: int = 200,
    newer: bool = False,
    problem: str = "",
) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    part = number_of(request.args.get("part")) if request.args.get("part") else 1
    page = desk.tree_page(version, part=part) if version is not None else None
    return (
        render_template(
            "consultations/desk/text.html",
            draft=draft,
            version=version,
            is_locked=version is not None and version.state in LOCKED,
            page=page,
            form=upload
            or UploadForm(formdata=None, data={"attempt": str(version.attempt if version else 0)}),
            picking=PickedForm(
                formdata=None, data={"attempt": str(version.attempt if version else 0), "kind": "clause"}
            ),
            counts=_counts(version) if version is not None and "counted" in request.args else [],
            newer=newer,
            problem=problem,
            labels=labels,
        ),
        status,
    )


def _counts(version: DraftVersion) -> list[str]:
    """The files counted again against what the tree says now."""
    found = []
    for language, file in (("kk", version.file_kk), ("ru", version.file_ru)):
        if file is not None:
            with storage().open(file.storage_key) as stream:
                data = stream.read()
            blocks = desk.blocks_of(version, language)
            count = completeness.tally(data, blocks, filename=file.file_name)
            found.append(counted_in_words(language, count, len(blocks)))
    return found


@bp.post("/desk/drafts/<int:number>/text/<any(kk, ru):language>")
@on(DraftAct, may=Action.PREPARE_VERSION)
def mend_blocks(draft: DraftAct, language: str) -> ResponseReturnValue:
    """What was ticked in the tree becomes another kind, goes in or out, or joins what stands before it."""
    version = _version_of(draft)
    form = PickedForm()
    picked = {number_of(one) - 1 for one in request.form.getlist("picked")}
    blocks = desk.blocks_of(version, language)
    mend = MENDS.get(request.form.get("do", ""))
    if not form.validate() or mend is None or not picked & set(range(len(blocks))):
        return _tree(
            draft, status=422, problem=_("Tick the blocks that you want to change, and choose a button.")
        )
    try:
        mended = mend(blocks, picked, form)
        with db.session.begin_nested():
            versions.mend(
                version,
                language=language,
                blocks=mended,
                attempt=number_of(form.attempt.data),
                actor=current_actor(),
            )
    except (CannotMend, ValueError):
        return _tree(
            draft, status=422, problem=_("Tables are not joined, and the first block has nothing before it.")
        )
    except (StaleVersion, VersionInWork):
        return _tree(draft, status=409, newer=True)
    flash(
        ngettext(
            "%(num)s block is changed.", "%(num)s blocks are changed.", len(picked & set(range(len(blocks))))
        ),
        "success",
    )
    return redirect(
        url_for(
            "consultations.desk_text",
            number=draft.number,
            part=request.args.get("part", type=int) or None,
            _anchor=f"{language}-{min(picked) + 1}",
        ),
        303,
    )


@bp.route("/desk/drafts/<int:number>/text/<any(kk, ru):language>/<int:position>", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def mend_block(draft: DraftAct, language: str, position: int) -> ResponseReturnValue:
    """One block with everything that can be said of it."""
    version = _version_of(draft)
    clause = desk.clause_at(version, language, position)
    form = BlockForm.of(clause, version.attempt) if clause is not None else BlockForm()
    if not form.validate_on_submit():
        if clause is None:
            raise NotFound(kind="Clause")
        return _block(draft, version, clause, form, status=422 if form.errors else 200)
    try:
        if clause is None:
            raise StaleVersion(attempt=version.attempt)
        _mend_one(version, language, clause, form)
    except CannotMend:
        form.text.errors = [_cannot_in_words(request.form.get("do", ""))]
        assert clause is not None  # noqa: S101  it could be looked at
        return _block(draft, version, clause, form, status=422)
    except (StaleVersion, VersionInWork):
        return _beside_the_newer(draft, version, language, position, form)
    flash(_("The block is mended."), "success")
    return redirect(
        url_for(
            "consultations.desk_text",
            number=draft.number,
            part=desk.part_of_position(version, language, position),
            _anchor=f"{language}-{position}",
        ),
        303,
    )


def _mend_one(version: DraftVersion, language: str, clause: Clause, form: BlockForm) -> None:
    blocks, place = desk.blocks_of(version, language), clause.position - 1
    block = form.details(clause)
    match request.form.get("do"):
        case "split":
            blocks = mending.split(blocks, place, block)
        case "join":
            blocks = mending.join(mending.reword(blocks, place, block), {place})
        case _:
            blocks = mending.reword(blocks, place, block)
    with db.session.begin_nested():
        versions.mend(
            version,
            language=language,
            blocks=blocks,
            attempt=number_of(form.attempt.data),
            actor=current_actor(),
        )


def _cannot_in_words(verb: str) -> str:
    if verb == "split":
        return str(_("There is nothing to cut: begin a new line where the next block starts."))
    return str(_("Tables are not joined, and the first block has nothing before it."))


def _beside_the_newer(
    draft: DraftAct, version: DraftVersion, language: str, position: int, form: BlockForm
) -> ResponseReturnValue:
    """Somebody changed the text meanwhile: theirs is shown, and what was typed here stands ready to be copied."""
    db.session.refresh(version)
    clause = desk.clause_at(version, language, position)
    return (
        render_template(
            "consultations/desk/newer_text.html",
            draft=draft,
            version=version,
            language=language,
            position=position,
            clause=clause,
            typed=form,
            is_locked=version.state in LOCKED,
            labels=labels,
        ),
        409,
    )


def _block(
    draft: DraftAct, version: DraftVersion, clause: Clause, form: BlockForm, *, status: int
) -> ResponseReturnValue:
    other = queries.clause_by_key(version, clause.key, "ru" if clause.language == "kk" else "kk")
    return (
        render_template(
            "consultations/desk/block.html",
            draft=draft,
            version=version,
            clause=clause,
            other=other,
            before=desk.clause_at(version, clause.language, clause.position - 1),
            part=desk.part_of_position(version, clause.language, clause.position),
            is_locked=version.state in LOCKED,
            form=form,
            labels=labels,
        ),
        status,
    )


def _version_of(draft: DraftAct) -> DraftVersion:
    version = queries.newest_version(draft)
    if version is None:
        raise NotFound(kind="DraftVersion")
    return version
