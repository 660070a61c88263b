"""Catalogues are compiled at the start, wherever there is room."""

import os
import shutil

from app.i18n import LANGUAGES, TRANSLATIONS, compile_catalogues


def test_a_fresh_clone_has_its_catalogues_after_the_start(tmp_path):
    sources = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, sources, ignore=shutil.ignore_patterns("*.mo"))
    assert compile_catalogues(tmp_path / "spare", sources=sources) == sources
    assert {p.parent.parent.name for p in sources.rglob("*.mo")} == set(LANGUAGES)


def test_a_read_only_clone_keeps_them_in_the_data_folder(tmp_path, monkeypatch):
    if os.getuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: False)
    sources = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, sources, ignore=shutil.ignore_patterns("*.mo"))
    for folder in (sources, *sources.rglob("*")):
        if folder.is_dir():
            folder.chmod(0o555)
    try:
        assert compile_catalogues(tmp_path / "spare", sources=sources) == tmp_path / "spare"
    finally:
        for folder in (sources, *sources.rglob("*")):
            if folder.is_dir():
                folder.chmod(0o755)
    assert len(list((tmp_path / "spare").rglob("*.mo"))) == len(LANGUAGES)
