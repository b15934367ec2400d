"""`handouts translate`: a file with each text above its empty place, and what is told of it until it is translated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topic_samples import CONTENT

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.rule import OfWords
from handouts.checks.translation import not_translated
from handouts.cli.main import WRONG_COMMAND, commands, run
from handouts.files.disk import UsageError, shipped_templates
from handouts.files.skeleton import KINDS, write_skeleton
from handouts.files.translation import write_translation
from handouts.model.document import Document, KeyPath
from handouts.model.load import load
from handouts.model.plain import PlainLanguage
from handouts.model.plural_forms import rules_of
from handouts.model.subject import SubjectKind
from handouts.model.topic import Topic
from handouts.model.translation import Translated, comment, squeezed, translated_in
from handouts.model.words import Words
from handouts.model.yaml_source import read_yaml
from handouts.problems import Problem, ProblemsError

TODAY = date(2026, 3, 31)
WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x2FFF), min_size=1).filter(
    str.strip
)


def read(path: Path) -> Document:
    return read_yaml(str(path), path.read_bytes())


def fill(path: Path) -> list[Translated]:
    """Writes, as a translator would, a text into every empty place: the one above it. Gives all of them."""
    document = read(path)
    places, lines = list(translated_in(document)), path.read_text("utf-8").splitlines()
    for one in places:
        row = document.key_origin(one.path).line - 1
        assert lines[row].endswith((":", "-"))
        lines[row] += f" {json.dumps(one.text, ensure_ascii=False)}"
    path.write_text("\n".join(lines), "utf-8")
    return places


def translated_medicine(content: Path) -> Path:
    """The English file of a skeleton that stands, word by word, in es.yaml too."""
    _, english = write_skeleton("made", content)
    write_translation(content, "made", "es")
    fill(english.with_name("es.yaml"))
    return english


def found(content: Path) -> tuple[Problem, ...]:
    return examine(Request(today=TODAY, content=content)).findings


def in_families(problems: tuple[Problem, ...], *families: str) -> list[Problem]:
    return [one for one in problems if one.code.startswith(families)]


def texts(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a language file that a translator writes, with its keys."""
    match value:
        case dict():
            for key, item in value.items():
                if path or key not in ("schema_version", "language"):
                    yield from texts(item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from texts(item, (*path, index))
        case str():
            yield path, value
        case _:
            raise AssertionError(f"{path} is no text")


@pytest.fixture(params=[*KINDS, "ixazomib"])
def english(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The English file of a topic of each kind, and of the shipped one, in a content folder of its own."""
    if request.param in KINDS:
        return write_skeleton("made", tmp_path / "content", request.param)[1]
    folder = tmp_path / "content" / "made"
    folder.mkdir(parents=True)
    for name in ("topic.yaml", "en.yaml"):
        (folder / name).write_bytes((CONTENT / "ixazomib" / name).read_bytes())
    return folder / "en.yaml"


def test_it_has_every_text_above_an_empty_place_in_the_order_of_the_original(english: Path) -> None:
    content = english.parents[1]
    said = write_translation(content, "made", "es")
    path = english.with_name("es.yaml")
    wanted = [(one, squeezed(text)) for one, text in texts(read(english).value)]
    written = [(one.path, one.text) for one in translated_in(read(path))]
    assert written == wanted
    assert all(one.language == "en" for one in translated_in(read(path)))
    assert said[0] == f"wrote {path}: {len(wanted)} texts to translate"
    longest = [line for line in path.read_text("utf-8").splitlines() if len(line) > 120]
    assert not longest


def test_what_is_not_translated_is_one_message_a_place_and_nothing_else_is_said(english: Path) -> None:
    content = english.parents[1]
    write_translation(content, "made", "es")
    path = english.with_name("es.yaml")
    document = read(path)
    wanted = [document.key_origin(one.path) for one in translated_in(document)]
    problems = found(content)
    assert [one.origin for one in problems] == wanted
    assert {(one.code, one.severity) for one in problems} == {("TRANS01", "error")}


def test_a_file_that_is_half_translated_gives_just_the_messages_of_the_other_half(english: Path) -> None:
    content = english.parents[1]
    write_translation(content, "made", "es")
    path = english.with_name("es.yaml")
    empty = path.read_text("utf-8").splitlines()
    fill(path)
    filled = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join(mine if n % 3 else theirs for n, (mine, theirs) in enumerate(zip(filled, empty, strict=True)))
    )
    rows = [n + 1 for n, (mine, theirs) in enumerate(zip(filled, empty, strict=True)) if mine != theirs and not n % 3]
    assert [(one.code, one.origin.line) for one in found(content)] == [("TRANS01", row) for row in rows]


def test_once_every_place_is_filled_nothing_is_missing(english: Path) -> None:
    content = english.parents[1]
    write_translation(content, "made", "es")
    places = fill(english.with_name("es.yaml"))
    translated, original = (
        load("x.yaml", english.with_name(name).read_bytes(), Words) for name in ("es.yaml", "en.yaml")
    )
    assert len(places) == len(list(texts(original.document.value)))
    assert {path: squeezed(text) for path, text in texts(original.document.value)} == dict(
        texts(translated.document.value)
    )
    assert in_families(found(content), "TRANS", "SCHEMA", "REF", "YAML", "WORDS01") == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_has_changed_since_is_found_at_its_line(tmp_path: Path, kind: SubjectKind) -> None:
    _, english = write_skeleton("made", tmp_path, kind)
    write_translation(tmp_path, "made", "es")
    places = fill(english.with_name("es.yaml"))
    one = places[len(places) // 2]
    document = read(english)
    span = document.spans[one.path]
    changed = document.text[: span.start] + '"Something else."' + document.text[span.end :]
    english.write_text(changed, "utf-8")
    (problem,) = in_families(found(tmp_path), "TRANS")
    # Also where the other language is not asked for.
    request = Request(today=TODAY, content=tmp_path, languages=("es",))
    assert in_families(examine(request).findings, "TRANS") == [problem]
    assert (problem.code, problem.severity) == ("TRANS02", "warning")
    assert problem.origin == one.origin
    assert str(document.origin(one.path)) in problem.message


def test_a_text_that_is_no_longer_there_is_found_at_its_line(tmp_path: Path) -> None:
    english = translated_medicine(tmp_path)
    text = english.read_text("utf-8")
    line = "  - What else could I take?\n"
    assert line in text
    english.write_text(text.replace(line, ""), "utf-8")
    (problem,) = in_families(found(tmp_path), "TRANS")
    assert "questions, item 3 was translated from a text" in problem.message
    assert problem.instead.startswith("delete both")


@pytest.mark.parametrize(
    ("line", "added", "part", "place"),
    [
        ("  - What else could I take?\n", "  - Who pays for it?\n", "questions", "questions, item 4"),
        ("names:\n", "  fatigue: {clinician: Fatigue, patient: tiredness}\n", "names", "names.fatigue"),
    ],
)
def test_what_has_come_since_is_found_where_it_belongs(
    tmp_path: Path, line: str, added: str, part: str, place: str
) -> None:
    english = translated_medicine(tmp_path)
    text = english.read_text("utf-8")
    assert line in text
    english.write_text(text.replace(line, line + added), "utf-8")
    (problem,) = in_families(found(tmp_path), "TRANS", "SCHEMA")
    assert (problem.code, problem.severity) == ("TRANS03", "warning")
    assert problem.message.startswith(f"{place} is not translated yet: {english}:")
    assert problem.origin == read(english.with_name("es.yaml")).key_origin((part,))


def test_a_language_may_explain_more_than_another_and_needs_its_own_forms_alone(tmp_path: Path) -> None:
    _, english = write_skeleton("made", tmp_path, "vaccine")
    text = english.read_text("utf-8")
    assert "\n    one: " in text
    assert "questions:\n" in text
    own = text.replace("language: en\n", "language: ja\n").replace("questions:\n", "questions:\n  - One more?\n")
    own = "\n".join(line for line in own.splitlines() if not line.startswith("    one: "))
    english.with_name("ja.yaml").write_text(own + "\n", "utf-8")
    topic = load("x.yaml", english.with_name("topic.yaml").read_bytes(), Topic)
    files = [load(name, english.with_name(name).read_bytes(), Words) for name in ("en.yaml", "ja.yaml")]
    for one, other in (files, files[::-1]):
        subject = OfWords(topic, one, TODAY, PlainLanguage(schema_version=1, language="en"), (other,))
        assert list(not_translated.problems(subject)) == []


def test_a_text_wrapped_anew_has_not_changed(tmp_path: Path) -> None:
    english = translated_medicine(tmp_path)
    text = english.read_text("utf-8")
    old = "  title: Examplinib for joint pain\n"
    assert old in text
    english.write_text(text.replace(old, "  title: >-\n    Examplinib for\n    joint pain\n"), "utf-8")
    assert in_families(found(tmp_path), "TRANS") == []


def test_notes_of_an_author_are_no_texts_to_translate(tmp_path: Path) -> None:
    _, english = write_skeleton("made", tmp_path)
    text = english.read_text("utf-8")
    key = "  title: Examplinib for joint pain\n"
    for note in ("  # Not as loud as it was.\n", "# en: At the margin, though its key is not.\n", "  # en:no blank\n"):
        english.write_text(text.replace(key, note + key), "utf-8")
        assert list(translated_in(read(english))) == []
    english.write_text(text.replace(key, "  # de: Ganz anders.\n" + key), "utf-8")
    assert [one.language for one in translated_in(read(english))] == ["de"]
    assert in_families(found(tmp_path), "TRANS") == []


@pytest.mark.parametrize("language", ["pl", "ar", "ja", "fr", "pt-BR"])
def test_words_that_are_counted_get_the_forms_that_the_language_needs(tmp_path: Path, language: str) -> None:
    _, english = write_skeleton("made", tmp_path, "vaccine")
    write_translation(tmp_path, "made", language)
    path = english.with_name(f"{language}.yaml")
    places = {one.path: one.text for one in translated_in(read(path)) if one.path[0] == "plurals"}
    forms = {"one": "{n} case", "other": "{n} cases"}
    needed = rules_of(language).needed
    assert places == {("plurals", "case", name): forms.get(name, forms["other"]) for name in needed}
    fill(path)
    assert list(load("x.yaml", path.read_bytes(), Words).value.plurals["case"]) == list(needed)


@given(text=WORDS, indent=st.sampled_from(["", "  ", "      "]), language=st.sampled_from(["en", "pt-BR", "fil"]))
def test_a_comment_is_read_as_it_was_written(text: str, indent: str, language: str) -> None:
    lines = comment(language, text, indent)
    parents = [f"{'  ' * level}k{level}:" for level in range(len(indent) // 2)]
    source = "\n".join((*parents, *lines, f"{indent}place:", ""))
    (one,) = translated_in(read_yaml("x.yaml", source))
    assert (one.language, one.text, one.path[-1]) == (language, squeezed(text), "place")
    assert (one.origin.line, one.origin.column) == (len(parents) + 1, len(indent) + 1)


def test_keys_that_yaml_takes_for_something_else_stay_keys(tmp_path: Path) -> None:
    _, english = write_skeleton("made", tmp_path)
    text = english.read_text("utf-8").replace("names:\n", 'names:\n  "true": Yes\n  "null": No\n', 1)
    english.write_text(text, "utf-8")
    write_translation(tmp_path, "made", "de")
    places = [one.path for one in translated_in(read(english.with_name("de.yaml")))]
    assert {("names", "true"), ("names", "null")} <= set(places)


def test_it_translates_from_english_unless_another_language_is_named(tmp_path: Path) -> None:
    _, spanish = write_skeleton("made", tmp_path, "device", "es")
    assert sources_of(tmp_path, "it") == {"es"}
    english = shipped_templates() / "skeleton" / "device" / "en.yaml"
    spanish.with_name("en.yaml").write_bytes(english.read_bytes())
    assert sources_of(tmp_path, "de") == {"en"}
    assert sources_of(tmp_path, "nl", "es") == {"es"}


def sources_of(content: Path, language: str, source: str | None = None) -> set[str]:
    """The languages that the places of a new file are to be translated from."""
    write_translation(content, "made", language, source)
    return {one.language for one in translated_in(read(content / "made" / f"{language}.yaml"))}


@pytest.mark.parametrize(
    ("topic", "language", "source", "message"),
    [
        ("mode", "de", None, "there is no topic 'mode' in .*; did you mean 'made'"),
        ("made", "en", None, "is there already; nothing was changed"),
        ("made", "de", "fr", "has no fr.yaml to translate from; known: en"),
        ("made", "Deutsch", None, "'Deutsch' is not a language tag; write one like es, pt-BR or fil"),
        ("made", "../x", None, "is not a language tag"),
        ("made", "con", None, "is not a language tag"),
    ],
)
def test_what_cannot_be_translated_is_told_and_nothing_is_written(
    tmp_path: Path, topic: str, language: str, source: str | None, message: str
) -> None:
    write_skeleton("made", tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    with pytest.raises(UsageError, match=message):
        write_translation(tmp_path, topic, language, source)
    assert {path: path.read_bytes() for path in (tmp_path / "made").iterdir()} == before


def test_a_topic_without_a_language_is_told(tmp_path: Path) -> None:
    _, english = write_skeleton("made", tmp_path)
    english.unlink()
    with pytest.raises(UsageError, match="has no language file to translate"):
        write_translation(tmp_path, "made", "de")


def test_mistakes_of_the_original_are_told_first(tmp_path: Path) -> None:
    _, english = write_skeleton("made", tmp_path)
    english.write_text(english.read_text("utf-8").replace("handout:\n", "handuot:\n", 1), "utf-8")
    with pytest.raises(ProblemsError, match="SCHEMA01"):
        write_translation(tmp_path, "made", "de")
    assert not english.with_name("de.yaml").exists()


def test_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_skeleton("made", Path("content"))
    assert run(commands, ["translate", "made", "es"]) == 0
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("wrote content/made/es.yaml: ")
    assert second == "fixed words and headings of common sections come from the locale 'es'"
    assert run(commands, ["translate", "made", "de", "--from", "es"]) == 1
    assert "TRANS01" in capsys.readouterr().err
    assert run(commands, ["translate", "made", "pl", "--from", "en"]) == 0
    assert "there is no locale for 'pl' yet" in capsys.readouterr().err
    assert run(commands, ["translate", "made", "pl"]) == WRONG_COMMAND
    assert run(commands, ["check", "--lang", "en"]) == 0
