"""A thing to comment on that is no draft and no petition: two versions, two clauses, known to everybody."""

import itertools

import pytest

from app import clock
from app.comments import subjects
from app.comments.models import Anchor
from app.comments.services import counting, posting, threads
from app.comments.services.posting import CommentWords
from app.comments.subjects import Place, Subject
from app.db import db
from tests.cast import MONDAY, addressee

KIND = "test"
OLD = "Иесіз иттер аулау пунктінде бес күн ұсталады. Тамақ күніне бір рет беріледі."
NEW = "Иесіз иттер аулау пунктінде жиырма күн ұсталады. Тамақ күніне екі рет беріледі."
RUSSIAN = "Безнадзорные собаки содержатся в пункте отлова двадцать дней. Корм дают\nдва раза в день."
LABEL = "2-бап, 1-тармақ"
PATH, KEY = "article-2/1", "k2"
_numbers = itertools.count(1)


def place(thread, path, language, version):
    texts = {("kk", 1): OLD, ("kk", 2): NEW, ("ru", 2): RUSSIAN}
    text = texts.get((language, version or 2))
    if path == "article-3" and language == "kk":
        return Place("k3", path, "3-бап", "Бұл ереже бұл аймақта қолданылады.", language, version or 2)
    return Place(KEY, PATH, LABEL, text, language, version or 2) if path in (PATH, KEY) and text else None


def places_at(thread, wanted):
    return {
        (key, version, language): found
        for key, version in wanted
        for language in ("kk", "ru")
        if (found := place(thread, {KEY: PATH, "k3": "article-3"}.get(key, key), language, version))
    }


SUBJECT = Subject(
    title=lambda thread: f"Test {thread.subject_number}",
    address=lambda thread, path: f"/test/{thread.subject_number}/{path or ''}",
    may_know=lambda actor, thread: True,
    place=place,
    places=lambda thread, language: {KEY: LABEL, "k3": "3-бап"},
    places_at=places_at,
)


@pytest.fixture(autouse=True)
def subject():
    subjects.register(KIND, SUBJECT)
    yield
    subjects._subjects.pop(KIND)


def open_thread(*, agency=None, duty=None, now=MONDAY):
    """A thread, made inside the running transaction."""
    return threads.open_thread(
        subject_kind=KIND,
        subject_number=next(_numbers),
        agency=agency or addressee(),
        duty=duty,
        now=now,
    )


@pytest.fixture
def thread(session):
    return open_thread()


def words(text="Бес күн аз: иесі хабарландыруды көріп үлгермейді.", **more):
    return CommentWords(text=text, language=more.pop("language", "kk"), **more)


def at(path=PATH, *, version=2, exact="", **more):
    return Anchor(key="as the form says", path=path, version=version, exact=exact, **more)


def post(thread, account, text=None, *, anchor=None, now=None, **more):
    written = words(text, **more) if text else words(**more)
    return posting.post(thread, words=written, anchor=anchor, actor=account.actor(), now=now or clock.now())


def count(now=None):
    """What the relay does every few seconds."""
    db.session.flush()
    counted = counting.run(now or clock.now())
    db.session.expire_all()
    return counted
