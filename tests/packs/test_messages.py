"""Catalogues follow their sources: what is new is added, what changed is outdated, what is gone goes."""

from __future__ import annotations

import gettext
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from baken.cli import app, interface_messages
from baken.packs.catalogues import catalogue_path, lookup
from baken.packs.exchange import exported, imported
from baken.packs.messages import (
    Catalogue,
    Source,
    compile_file,
    figures,
    help_paths,
    pack_catalogues,
    placeholder_problem,
    problems_of_file,
    update_file,
    updated,
)
from baken.packs.po import CatalogueError, Entry, compiled, read_entries, rendered
from baken.packs.texts import shared_texts, texts_of

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


def catalogue(path: Path, *sources: Source, language: str = "hu") -> Catalogue:
    return Catalogue("nl", language, path / f"{language}.po", sources)


def kinds(made: Catalogue) -> list[str]:
    return [item.kind for item in problems_of_file(made)]


def test_a_new_text_waits_for_a_translation(tmp_path):
    made = catalogue(tmp_path, Source("Hallo", "greeting"))
    assert kinds(made) == ["missing", "not_up_to_date"]
    assert update_file(made)
    assert not update_file(made)
    assert kinds(made) == ["missing"]
    assert read_entries(made.path) == [Entry("Hallo", "greeting")]


def test_a_changed_text_keeps_its_old_translation_as_outdated(tmp_path):
    made = catalogue(tmp_path, Source("Hallo", "greeting"))
    entry = Entry("Hallo", "greeting", strings=("Szia",), comments=("checked: 2026-11-21 AB", "said to a friend"))
    made.path.write_text(rendered([entry], "hu"))
    assert kinds(made) == []
    changed = catalogue(tmp_path, Source("Hallo daar", "greeting"))
    assert kinds(changed) == ["unused", "outdated", "not_up_to_date"]
    update_file(changed)
    (found,) = read_entries(changed.path)
    assert found == Entry(
        "Hallo daar", "greeting", strings=("Szia",), outdated=True, previous="Hallo", comments=("said to a friend",)
    )
    assert not found.translated
    assert kinds(changed) == ["outdated"]


def test_a_text_that_is_gone_takes_its_translation_with_it(tmp_path):
    made = catalogue(tmp_path, Source("Hallo", "greeting"))
    made.path.write_text(rendered([Entry("Hallo", "greeting", strings=("Szia",)), Entry("Dag", "bye")], "hu"))
    assert kinds(made) == ["unused", "not_up_to_date"]
    update_file(made)
    assert [entry.context for entry in read_entries(made.path)] == ["greeting"]


def test_unused_entries_of_other_tools_are_found(tmp_path):
    made = catalogue(tmp_path, Source("Hallo", "greeting"))
    made.path.write_text(
        rendered([Entry("Hallo", "greeting", strings=("Szia",))], "hu") + '\n#~ msgid "x"\n#~ msgstr "y"\n'
    )
    assert "unused" in kinds(made)


def test_a_text_without_a_path_finds_its_old_translation_by_likeness(tmp_path):
    made = catalogue(tmp_path, Source("What do you notice now?"), Source("Quite something else"))
    (first, second) = updated(made, [Entry("What do you notice?", strings=("Mit lát?",))])
    assert (first.outdated, first.previous, first.strings) == (True, "What do you notice?", ("Mit lát?",))
    assert second.strings == ()


def test_the_order_is_that_of_the_sources(tmp_path):
    made = catalogue(tmp_path, Source("b", "two"), Source("a", "one"))
    assert [entry.context for entry in updated(made, [Entry("a", "one"), Entry("b", "two")])] == ["two", "one"]


def test_a_draft_is_a_draft_until_somebody_signs():
    draft = Entry("Hallo", strings=("Szia",))
    signed = replace(draft, comments=("checked: 2026-11-21 AB",))
    empty = Entry("Dag")
    found = figures([draft, signed, empty])
    assert (found.total, found.translated, found.checked, found.draft) == (3, 2, 1, 1)


@given(TEXT, TEXT, st.lists(TEXT, max_size=2))
def test_what_is_written_is_read_back(tmp_path_factory, source, translation, extra):
    path = tmp_path_factory.mktemp("po") / "hu.po"
    entries = [Entry(source, "a.b", strings=(translation,)), Entry(source + "x", "a.c", plural=source + "y")]
    path.write_text(rendered(entries, "hu"), encoding="utf-8")
    assert read_entries(path) == entries
    assert rendered(read_entries(path), "hu") == path.read_text(encoding="utf-8")
    assert len(extra) <= 2


@pytest.mark.parametrize("text", ['msgid "x\n', "nonsense\n", 'msgid "a"\nmsgid "b"\n'])
def test_a_broken_catalogue_is_named(tmp_path, text):
    path = tmp_path / "hu.po"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=r"hu\.po"):
        read_entries(path)


@pytest.mark.parametrize(
    ("source", "plural", "translation", "right"),
    [
        ("Call %(name)s", None, ("Hívja: %(name)s",), True),
        ("Call %(name)s", None, ("Hívja",), False),
        ("Call %(name)s", None, ("Hívja: %(naam)s",), False),
        ("Call %(name)s", None, ("Hívja: %(name)s, 50% kedvezmény",), False),
        ("One", "%(count)s signs", ("Egy", "%(count)s jel"), True),
        ("One", "%(count)s signs", ("Egy", "Jelek"), False),
        ("See <a href='x'>this</a>", None, ("Lásd: <a href='x'>ez</a>",), True),
        ("See <a href='x'>this</a>", None, ("Lásd: <a href='y'>ez</a>",), False),
        ("50 % of {total}", None, ("{total} 50 %-a",), True),
        ("Nothing to fill in", None, ("100 % semmi",), True),
    ],
)
def test_placeholders_and_tags_are_kept(source, plural, translation, right):
    found = placeholder_problem(Entry(source, plural=plural, strings=translation))
    assert (found is None) == right, found


def test_a_compiled_catalogue_counts_its_drafts_and_leaves_out_what_is_outdated():
    entries = [
        Entry("Hallo", "a", strings=("Szia",)),
        Entry("Dag", "b", strings=("Viszlát",), comments=("checked: 2026-11-21 AB",)),
        Entry("Oud", "c", strings=("Régi",), outdated=True),
        Entry("Nieuw", "d"),
    ]
    found = gettext.GNUTranslations(BytesIO(compiled(entries, "hu")))
    assert found.info()["x-baken-drafts"] == "1"
    assert found.pgettext("a", "Hallo") == "Szia"
    assert found.pgettext("c", "Oud") == "Oud"
    assert compiled(entries, "hu") == compiled(entries, "hu")


def test_the_pack_loader_finds_the_compiled_text(tmp_path):
    path = catalogue_path(tmp_path, "mk")
    path.parent.mkdir()
    path.write_text(rendered([Entry("Hallo", "greeting", strings=("Здраво",))], "mk"), encoding="utf-8")
    assert compile_file(path, "mk")
    assert not compile_file(path, "mk")
    assert lookup(tmp_path, "mk", "nl")("greeting", "Hallo") == "Здраво"


def test_a_translator_gets_what_is_missing_and_hands_it_back(tmp_path):
    made = catalogue(
        tmp_path, Source("Hallo %(name)s", "a"), Source("Dag", "b"), Source("Eén", "c", plural="%(n)s"), language="bg"
    )
    made.path.write_text(
        rendered([Entry("Dag", "b", strings=("Чао",), comments=("checked: x",))], "bg"), encoding="utf-8"
    )
    items = exported([made])
    assert [item["context"] for item in items] == ["a", "c"]
    assert items[0] == {
        "catalogue": "nl",
        "context": "a",
        "id": "Hallo %(name)s",
        "source": "Hallo %(name)s",
        "current": None,
    }
    assert items[1]["forms"] == 2
    back = [
        {"catalogue": "nl", "context": "a", "id": "Hallo %(name)s", "text": "Здравей %(name)s"},
        {"catalogue": "nl", "context": "c", "id": "Eén", "text": ["Едно", "%(n)s"]},
        {"catalogue": "nl", "context": "b", "id": "Dag", "text": "Чао"},
    ]
    assert imported([made], back) == (3, [])
    assert kinds(made) == []
    assert [entry.checked for entry in read_entries(made.path)] == [False, True, False]


@pytest.mark.parametrize(
    "item",
    [
        "x",
        {"catalogue": "nl"},
        {"catalogue": "xx", "context": "a", "id": "Hallo %(name)s", "text": "x"},
        {"catalogue": "nl", "context": "a", "id": "Iets anders", "text": "x"},
        {"catalogue": "nl", "context": "a", "id": "Hallo %(name)s", "text": "zonder"},
        {"catalogue": "nl", "context": "a", "id": "Hallo %(name)s", "text": " "},
        {"catalogue": "nl", "context": "a", "id": "Hallo %(name)s", "text": ["a", "b"]},
        {"catalogue": ["nl"], "context": ["a"], "id": ["x"], "text": None},
    ],
)
def test_a_wrong_translation_is_refused_and_the_others_are_kept(tmp_path, item):
    made = catalogue(tmp_path, Source("Hallo %(name)s", "a"), Source("Dag", "b"))
    taken, refused = imported([made], [item, {"catalogue": "nl", "context": "b", "id": "Dag", "text": "Viszlát"}])
    assert taken == 1
    assert len(refused) == 1
    assert str(refused[0]).startswith("item 1")
    assert [entry.strings for entry in read_entries(made.path)] == [(), ("Viszlát",)]


def test_every_text_of_a_pack_is_in_its_catalogues(nl):
    made = {(item.name, item.language): item for item in pack_catalogues()}
    own = list(texts_of(nl))
    assert len({path for path, _text in own}) == len(own)
    assert ("nl", "nl") not in made
    for language in ("en", "hu", "bg", "mk"):
        assert [(item.context, item.id) for item in made["nl", language].sources] == own
        assert [(item.context, item.id) for item in made["shared", language].sources] == list(shared_texts(nl))
    assert {language for name, language in made if name == "hu"} == {"nl", "hu", "bg", "mk"}
    assert {item.context for item in made["nl", "ar"].sources} == help_paths(nl)
    assert "help.title" in help_paths(nl)


def test_texts_are_found_in_modules_and_templates(tmp_path):
    (tmp_path / "views.py").write_text(
        "# Translators: on a button\nx = _('Go')\ny = ngettext('%(n)s sign', '%(n)s signs', n)\n"
        "z = pgettext_lazy('verb', 'Report')\n"
        "w = _(name)\nv = not_gettext('No')\n"
    )
    templates = tmp_path / "ui" / "templates" / "ui"
    templates.mkdir(parents=True)
    (templates / "base.html").write_text(
        '{% load i18n %}<p title="{% translate \'Close\' %}">\n   {% translate "Go" %}</p>\n'
        "      {% blocktranslate trimmed with name=door.name %}\n        Call\n        {{ name }}, it's free\n"
        "   {% endblocktranslate %}\n"
        "{% blocktranslate count n=total %}One sign{% plural %}{{ n }} signs{% endblocktranslate %}\n"
        "{% include 'x' with label=_(\"More\") %} {# {% translate 'Not this' %} #}\n"
    )
    found = {(item.id, item.context): item for item in interface_messages.interface_sources(tmp_path)}
    assert set(found) == {
        ("Go", None),
        ("%(n)s sign", None),
        ("Report", "verb"),
        ("Close", None),
        ("Call %(name)s, it's free", None),
        ("One sign", None),
        ("More", None),
    }
    assert found["Go", None].places == ("ui/templates/ui/base.html", "views.py")
    assert found["Go", None].notes == ("Translators: on a button",)
    assert found["One sign", None].plural == "%(n)s signs"
    made = {item.language: item for item in interface_messages.interface_catalogues(tmp_path)}
    assert {item.id for item in made["ar"].sources} == {"Go", "Close", "Call %(name)s, it's free", "One sign", "More"}
    assert update_file(made["en"])
    assert kinds(made["en"]) == []
    assert all(entry.checked for entry in read_entries(made["en"].path))


@pytest.fixture
def few_catalogues(monkeypatch, tmp_path):
    made = [catalogue(tmp_path, Source("Hallo", "a")), catalogue(tmp_path, Source("Hallo", "a"), language="bg")]
    monkeypatch.setattr("baken.packs.messages.pack_catalogues", lambda: iter(made))
    monkeypatch.setattr("baken.packs.service_words.service_catalogues", lambda: iter(()))
    monkeypatch.setattr("baken.cli.interface_messages.interface_catalogues", lambda: iter(()))
    return made


def test_the_command_updates_checks_and_exchanges(few_catalogues, tmp_path):
    run = CliRunner()
    updating = run.invoke(app, ["pack", "messages"])
    assert updating.exit_code == 0
    assert "2 of 2 catalogues changed" in updating.stdout
    checking = run.invoke(app, ["pack", "messages", "--check"])
    assert checking.exit_code == 1
    assert "nl/hu: missing: a: Hallo" in checking.stderr
    file = tmp_path / "work.json"
    for language in ("hu", "bg"):
        assert run.invoke(app, ["pack", "messages", "--export", language, str(file)]).exit_code == 0
        items = [{**item, "text": "Szia"} for item in json.loads(file.read_text())]
        file.write_text(json.dumps(items))
        assert run.invoke(app, ["pack", "messages", "--import", language, str(file)]).exit_code == 0
    done = run.invoke(app, ["pack", "messages", "--check"])
    assert done.exit_code == 0, done.stderr
    assert "Draft" in done.stdout
    file.write_text('[{"catalogue": "nl", "context": "a", "id": "Weg", "text": "x"}]')
    assert run.invoke(app, ["pack", "messages", "--import", "hu", str(file)]).exit_code == 1


@pytest.mark.parametrize("content", [b"{", b"{}", b"\xff"])
def test_a_broken_exchange_file_is_named(few_catalogues, tmp_path, content):
    file = tmp_path / "work.json"
    file.write_bytes(content)
    result = CliRunner().invoke(app, ["pack", "messages", "--import", "hu", str(file)])
    assert result.exit_code == 2
    assert "work.json" in result.stderr
