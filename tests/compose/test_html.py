"""The HTML that templates make: a small vocabulary, with everything outside it named."""

from __future__ import annotations

import pytest

from handouts.compose.html import ATTRIBUTES, BLOCKS, INLINE, Element, Named, parse
from handouts.problems import ProblemsError


def _problem(html: str) -> str:
    with pytest.raises(ProblemsError) as caught:
        parse(html, "handout.html.j2")
    (problem,) = caught.value.problems
    assert problem.code == "TEMPLATE02"
    assert problem.origin.file == "handout.html.j2"
    return f"{problem.message}; {problem.instead}"


@pytest.mark.parametrize("tag", [*BLOCKS, *(tag for tag in INLINE if tag != "br")])
def test_every_element_of_the_vocabulary_is_read(tag: str) -> None:
    (element,) = parse(f"<{tag}>x</{tag}>", "t").elements()
    assert (element.tag, element.children) == (tag, ["x"])


@pytest.mark.parametrize("tag", sorted(set(ATTRIBUTES) - {"*"}))
def test_every_attribute_of_the_vocabulary_is_read(tag: str) -> None:
    names = ATTRIBUTES["*"] + ATTRIBUTES[tag]
    (element,) = parse(f"<{tag} {' '.join(f'{name}=1:1:f' for name in names)}></{tag}>", "t", Named(("f",))).elements()
    assert set(element.attributes) == set(names)


def test_text_elements_and_lines_are_kept_in_order() -> None:
    root = parse("<section>\n<p>One <strong>two</strong> three<br>four</p></section>", "t")
    (section,) = root.elements()
    (paragraph,) = section.elements()
    assert paragraph.line == 2
    parts = [child.tag if isinstance(child, Element) else child for child in paragraph.children]
    assert parts == ["One ", "strong", " three", "br", "four"]


@pytest.mark.parametrize("tag", ["script", "img", "style", "iframe", "div", "object", "svg", "link", "input", "html"])
def test_an_element_outside_the_vocabulary_is_named(tag: str) -> None:
    assert f"<{tag}> is not known" in _problem(f"<p>x</p><{tag}>")


def test_the_nearest_element_is_offered() -> None:
    assert "did you mean 'strong'?" in _problem("<p><stron>x</stron></p>")


@pytest.mark.parametrize("attribute", ["onclick", "style", "src", "id", "srcset"])
def test_an_attribute_outside_the_vocabulary_is_named(attribute: str) -> None:
    assert f"<p> has no attribute '{attribute}'" in _problem(f'<p {attribute}="x">y</p>')


def test_an_element_that_is_never_closed_is_named_with_its_line() -> None:
    assert "<section> of line 2 of the HTML that it makes is never closed; write </section>" in _problem(
        "<p>a</p>\n<section><p>b</p>"
    )


def test_elements_that_cross_are_named() -> None:
    assert "</section> comes while <p> is open; write </p> first" in _problem("<section><p>x</section>")


def test_an_end_without_a_beginning_is_named() -> None:
    assert "</p> closes nothing" in _problem("<section>x</section></p>")


def test_what_is_nested_without_end_is_named_and_not_followed() -> None:
    assert parse("<section>" * 30 + "<p>x</p>" + "</section>" * 30, "t")
    assert _problem("<section>" * 5000 + "</section>" * 5000) == (
        "in line 1 of the HTML that it makes: <section> stands 40 elements deep; close elements before it"
    )


def test_a_block_inside_text_is_named() -> None:
    assert "<ul> stands inside <p>" in _problem("<p>x<ul></ul></p>")


@pytest.mark.parametrize("html", ["<!DOCTYPE html>", "<?xml version='1.0'?>"])
def test_declarations_are_named(html: str) -> None:
    assert "is not known; remove it" in _problem(html)


def test_comments_vanish() -> None:
    assert parse("<!-- a remark --><p>x</p>", "t").children[0] != " a remark "


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse("<div><img></p>\n<h1 onclick='x'>y", "t")
    assert len(caught.value.problems) == 5


def test_references_become_their_characters() -> None:
    (paragraph,) = parse("<p>&lt;b&gt; &amp; &#39;&#34;</p>", "t").elements()
    assert "".join(str(child) for child in paragraph.children) == "<b> & '\""


@pytest.mark.parametrize("at", ["x", "", "1:2", "1:2:g", "a:b:f", "-1:0:f", "9" * 9 + ":1:f", "0:0:<recipient>/name"])
@pytest.mark.parametrize("tag", ["span", "p"])
def test_a_template_cannot_say_where_its_words_stand(tag: str, at: str) -> None:
    html = f"<p><{tag} data-at='{at}'>x</{tag}></p>" if tag == "span" else f"<{tag} data-at='{at}'>x</{tag}>"
    with pytest.raises(ProblemsError) as caught:
        parse(html, "t", Named(("f",)))
    (problem,) = caught.value.problems
    said = "<span> says where its words stand" if tag == "span" else "<p> has no attribute 'data-at'"
    assert (problem.code, said in problem.message) == ("TEMPLATE02", True)


def test_a_statement_that_is_none_is_named_with_the_nearest() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse('<p data-statement="K1 K12">x</p>', "t", Named((), ("K1", "K2")))
    (problem,) = caught.value.problems
    assert "data-statement names 'K12', which is no statement; known: K1, K2" in str(problem)
    assert parse('<p data-statement="K1 K2">x</p>', "t", Named((), ("K1", "K2")))


def test_after_very_many_mistakes_nothing_more_is_read() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse("\n".join(f"<x{n}>" for n in range(5000)), "t")
    assert len(caught.value.problems) == 100


LONG = {
    "<!--" * 20_000: "'<!--<!--<!--<!--<!--<!--<!--<!--<!--<!--' opens what is never closed",
    "<a" * 30_000: "opens what is never closed",
    "<p x='" * 10_000: "opens what is never closed",
    "</p" * 30_000: "opens what is never closed",
    "<![CDATA[" * 9000 + ">": "opens what is never closed",
    "<?" * 30_000: "opens what is never closed",
    "<" + "x" * 90_000 + ">": "<xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx> is not known",
    "<p " + "a" * 90_000 + ">": "<p> has no attribute 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
    "<section>" * 5000: "<section> stands 40 elements deep",
    "<section>" * 39 + "</p>" * 20_000: "</p> closes nothing",
    "<br>" * 4_001: "there are more than 4,000 elements",
}


@pytest.mark.parametrize("made", LONG, ids=lambda made: made[:20])
def test_html_that_would_take_long_to_read_is_told_so_at_once(made: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        parse(made, "t.j2")
    assert any(LONG[made] in str(problem) for problem in caught.value.problems)
    assert all(len(str(problem)) < 400 for problem in caught.value.problems)


def test_html_that_is_too_long_is_not_read() -> None:
    with pytest.raises(ProblemsError, match=r"^t\.j2: TEMPLATE06 error: makes 300,001 characters of HTML"):
        parse("x" * 300_001, "t.j2")
