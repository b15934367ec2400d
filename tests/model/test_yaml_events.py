"""libyaml may stand in for the pure-Python parser only where both read the same: values, places and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.model import yaml_events, yaml_source
from handouts.model.yaml_events import NotSureError
from handouts.problems import ProblemsError

ROOT = Path(__file__).parents[2]
# Flow mappings, which the samples have, are left to the pure parser.
FILES = sorted(ROOT.glob("content/*/*.yaml")) + sorted(
    path for path in ROOT.glob("t*/**/*.yaml") if "samples" not in path.parts
)
FRAGMENTS = (
    *("a: b\n", "- x\n", "  ", "    ", "\n", "'it''s'", '"q\\n"', "|\n", "|-\n", ">\n", ">+\n", "  text\n", "k:", "? "),
    *(
        "# c\n",
        " # c",
        "é",
        "😀",
        "{",
        "}",
        "[",
        "]",
        ",",
        ": ",
        "-",
        "- - ",
        "0.830",
        "1e3",
        "no",
        "~",
        "---\n",
        "...\n",
    ),
    *(
        "...\n",
        "x: |2\n",
        "a b\n c d\n",
        "\r\n",
        "\r",
        "key: 'multi\n  line'\n",
        '"a\\\n  b"',
        "http://x.y/z",
        "{{ a.b }}",
        "%",
    ),
    *(
        "@",
        "`",
        "&a",
        "*a",
        "!t",
        "\u00a0",
        "\\x41",
        "?",
        "|",
        "<<: ",
        "k: [a, b]\n",
        "k: {a: b}\n",
        "-\n",
        "a:b",
        "\t",
    ),
)
FREE = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
LINES = [line for path in FILES for line in path.read_text(encoding="utf-8").splitlines(keepends=True)]


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A few lines of a real file with something put in."""
    start = draw(st.integers(0, len(LINES) - 1))
    text = "".join(LINES[start : start + draw(st.integers(1, 8))])
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(FRAGMENTS)) + text[at + draw(st.integers(0, 1)) :]


def quickly(text: str) -> object:
    """What libyaml's events make of a text, None where it leaves the text to the other parser."""
    try:
        document = yaml_source._QuickReader("f.yaml", text).read()  # pyright: ignore[reportPrivateUsage]
    except (NotSureError, ProblemsError):
        return None
    return document


def slowly(text: str) -> object:
    return yaml_source._EventReader("f.yaml", text).read()  # pyright: ignore[reportPrivateUsage]


needs_libyaml = pytest.mark.skipif(not yaml.__with_libyaml__, reason="this PyYAML comes without libyaml")


@needs_libyaml
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_shipped_files_are_read_quickly_and_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quick = quickly(text)
    assert quick is not None
    assert quick == slowly(text)


@needs_libyaml
@settings(derandomize=True, max_examples=examples(1500))
@given(FREE | edited())
def test_whatever_the_text_both_parsers_read_the_same(text: str) -> None:
    if yaml_source._REFUSED.search(text):  # pyright: ignore[reportPrivateUsage]
        return
    quick = quickly(text)
    if quick is not None:
        assert quick == slowly(text)


@pytest.mark.parametrize(
    "text", ["a:\tb\n", "a: {b?: c}\n", "a: [b, {c? : d}]\n", "a: *b\n", "a: 'b\n", "? a\n: b\n", "a:\n- ? b\n"]
)
def test_texts_on_which_they_differ_are_left_to_the_pure_parser(text: str) -> None:
    assert quickly(text) is None


def test_without_libyaml_files_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "_LIBYAML", None)
    assert quickly("a: 1\n") is None
    assert yaml_source.read_yaml("f.yaml", "a: 1\n").value == {"a": 1}
