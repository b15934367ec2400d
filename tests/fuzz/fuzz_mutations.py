"""Mutations of what a user gives: a chance and something good in, something that may be bad out. No files, no clock."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from random import Random
from typing import Any

from lxml import etree

TEXTS = (
    "", " ", ".", "—", "-", "?", "!?…", "**", "** **", "**a", "a** b **c", "*", "_", "`", "<b>x</b>", "<script>",
    "&amp;", "&", "{{", "}}", "{{ }}", "{{ weekly }}", "{{ topic }}", "{{ nothing.at.all }}",
    "{{ weekly.evaluable }}", "{%", "{# x", "{{ weekly.orr.count }}",
    "{{ weekly.orr.percent|percent(400) }}", "{{ weekly.evaluable|decimals(99) }}",
    "{{ weekly.evaluable|decimals(-1) }}", "{{ (weekly).evaluable }}", "{{ weekly['evaluable'] }}", "{{ 1/0 }}",
    "{{ weekly.orr.interval }}", "{{ as_of }}", "{{ subject.name }}", "{{ contacts.trial_line }}",
    "{{ a.b.c.d.e.f.g }}", "{n}", "\u200b", "\u00ad", "\u2028", "\ufeff", "\u202e", "\u0301" * 40, "e\u0301",
    "\U0001f600", "漢字", "שלום", "مرحبا", "ﬁ", "İ", "ß", "\ud800", "\udfff", "\x00", "\x1b[2J", "\r", "\n", "a\nb",
    "\t", "\x7f", "\xa0", "\u2003", "\ue000", "\U0010ffff", "\uffff", "a" * 400, "word " * 300, "a-" * 300,
    "1" * 400, "x\u200bx" * 100, "W" * 80, "supercalifragilisticexpialidocious-" * 4, "1e400", ".nan", ".inf",
    "-.inf", "null", "~", "true", "0x10", "1_000", "１２", "½", "0", "-0", "9" * 30, "1,234.5", "99.9%", "43",
    "../../x", "/etc/passwd", "a/b", "C:\\x", "%s%n%x", "=1+1", "file:///etc/passwd", "https://a.b/c", "http://[",
    "javascript:x", "2026", "0000-00-00", "2026-13-01", "9999-12-31", "about 2013", "about", "1-866-603-6628",
    "+1 202 555 0142", "911", "#000000", "#FFFFFF", "#ff", "accent", "en", "en-US", "xx", "CR", "PR", "letter",
    "card", "mm",
)  # fmt: skip
"""Texts that mean something to somebody on the way."""
NUMBERS: tuple[Any, ...] = (
    0, 1, 2, 3, 7, 12, 13, 46, 50, 99, 100, 101, 400, 2000, 2001, 10_000, 10_000_000, 10_000_001, 2**31, 2**63,
    10**14, -1, -100, Decimal("0.1"), Decimal("0.0001"), Decimal("0.5"), Decimal("99.95"), Decimal("-0.5"),
    Decimal("1.0000000000001"), Decimal("53.98"), Decimal("85.6"), Decimal("1999.9"), Decimal("100.00"),
)  # fmt: skip
RAW = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"\t", b"'", b'"', b"{", b"}", b"[", b"]", b": ", b"- ", b"#",
    b"&a ", b"*a", b"!!int ", b"|", b">", b"%", b"---\n", b"...\n", b"<<: ", b"? ", b",", b"\xed\xa0\x80",
    b"\xe2\x80\xa8", b"{{", b"}}", b"{% ",
)  # fmt: skip
SNIPPETS = (
    "{{ 1e400 }}", '{{ "{}".format() }}', "{{ 1/0 }}", "{{ nothing }}", "{{ words }}", "{{ topic }}",
    "{{ words.nothing.more }}", "{% for x in range(3) %}{{ x }}{% endfor %}",
    "{% for a in range(99) %}<p>x</p>{% endfor %}", "{{ 'x' * 5000 }}", "{{ '' }}", "{% set x = 1 %}",
    "{% include 'nothing' %}", "{% include 'card.html.j2' %}", "{% extends 'x' %}", "{% raw %}", "{% endif %}",
    "{% if %}", "{{ self }}", "{{ loop }}", "{{ caller() }}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ ().__class__ }}", "{{ range(3)|list }}", "{{ [1,2]|join }}", "{{ {} }}", "{{ none }}", "{{ true }}",
    "{{ 0.1 + 0.2 }}", "{{ 10 ** 30 }}", "{{ told('key_facts') }}", "{{ told('nothing') }}", "{{ told }}",
    "{{ told() }}", "{{ fixed('nothing') }}", "{{ study }}", "<p>", "</p>", "<div>" * 60, "<p><p>", "<h1>x</h1>",
    "<ul><li>a</li></ul>", "<table><tr><td>x</td></tr></table>", "<td>x</td>",
    '<figure data-figure="nothing"></figure>', '<figure data-figure="part_bar"></figure>',
    "<p data-role='nothing'>x</p>", "<script>x</script>", "<!-- x", "&nothing;", "&#0;", "&#xD800;",
    "<p style='x'>y</p>", "<img src='/etc/passwd'>", "<a href='x'>y</a>",
    "<section data-layout='Nothing'>x</section>", "<b>x", "<", ">", "<p", "<p data-x='", "<col width=-1>",
    "<br>" * 50,
)  # fmt: skip
"""Pieces of templates: Jinja2 that fails or prints odd things, and HTML that is not of the documented kind."""

Path = tuple[Any, ...]


def paths_of(tree: Any, path: Path = ()) -> list[Path]:
    """Every place in a tree of dicts and lists, the root left out."""
    items = list(tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ())
    return [found for key, value in items for found in ((*path, key), *paths_of(value, (*path, key)))]


def at(tree: Any, path: Path) -> Any:
    """What stands at a place."""
    for key in path:
        tree = tree[key]
    return tree


def mutated_tree(chance: Random, tree: Any) -> Any:
    """A tree with one thing changed, which is as a rule still of its type, so that it comes further than the schema."""
    tree = _copied(tree)
    paths = paths_of(tree)
    if not paths:
        return tree
    path = chance.choice(paths)
    owner, key, value = at(tree, path[:-1]), path[-1], at(tree, path)
    match chance.random():
        case x if x < 0.55:
            owner[key] = _like(chance, value)
        case x if x < 0.65:
            del owner[key]
        case x if x < 0.72:
            owner[key] = at(tree, chance.choice(paths))
        case x if x < 0.8:
            owner[key] = chance.choice(
                [*NUMBERS, *TEXTS, None, True, False, [], {}, [None], {"": ""}, [[]], {"a": {"b": 1}}]
            )
        case x if x < 0.86 and isinstance(owner, dict):
            owner[chance.choice([f"{key}2", *TEXTS])] = owner.pop(key) if chance.random() < 0.5 else _copied(value)
        case x if x < 0.92 and isinstance(owner, list):
            owner[key:key] = [_copied(value)] * chance.choice([1, 2, 10, 60])
        case x if x < 0.95:
            owner[key] = [value] if chance.random() < 0.5 else {"x": value}
        case _:
            deep: Any = value
            for _ in range(chance.choice([2, 20, 45])):
                deep = [deep] if chance.random() < 0.5 else {"a": deep}
            owner[key] = deep
    # A value may stand in two places by now, and within itself.
    return _copied(tree, depth=60)


def _like(chance: Random, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return chance.choice([*NUMBERS, value + 1, value * 10, -value, Decimal(value) / 3 if value else value])
    if isinstance(value, str):
        return mutated_text(chance, value)
    if isinstance(value, list):
        again = [*value]
        chance.shuffle(again)
        return again[: chance.randrange(len(again) + 1)] if chance.random() < 0.6 else again * chance.choice([2, 5, 30])
    if isinstance(value, dict):
        return dict(chance.sample(sorted(value.items(), key=str), chance.randrange(len(value) + 1)))
    return chance.choice([*NUMBERS, *TEXTS])


def mutated_text(chance: Random, text: str) -> str:
    """A text with something put in, taken out, doubled or put in its place."""
    begin = chance.randrange(len(text) + 1)
    end = min(len(text), begin + chance.choice([0, 1, 1, 5, 50]))
    match chance.random():
        case x if x < 0.3:
            return chance.choice(TEXTS)
        case x if x < 0.75:
            return text[:begin] + chance.choice(TEXTS) + text[end:]
        case x if x < 0.85:
            return text[:begin] + text[end:]
        case x if x < 0.95:
            return text * chance.choice([2, 4, 12])
        case _:
            return text.swapcase() if chance.random() < 0.5 else text[::-1]


def _copied(tree: Any, depth: int = 200) -> Any:
    if isinstance(tree, dict):
        return {key: _copied(value, depth - 1) for key, value in tree.items()} if depth else None
    if isinstance(tree, list):
        return [_copied(value, depth - 1) for value in tree] if depth else None
    return tree


def as_yaml(tree: Any, indent: str = "") -> str:
    """A tree as YAML in blocks, its texts quoted as JSON quotes them."""
    if isinstance(tree, dict):
        items = [(f"{_scalar(str(key))}:", value) for key, value in tree.items()]
    elif isinstance(tree, list):
        items = [("-", value) for value in tree]
    else:
        return f"{indent}{_scalar(tree)}\n"
    lines: list[str] = []
    for head, value in items:
        if isinstance(value, dict | list) and value:
            lines.append(f"{indent}{head}\n{as_yaml(value, indent + '  ')}")
        else:
            lines.append(f"{indent}{head} {_scalar(value)}\n")
    return "".join(lines)


def _scalar(value: Any) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case str():
            # Halves of characters can only be spelt; what else is spelt is refused, and seldom of interest.
            has_halves = any("\ud800" <= char <= "\udfff" for char in value)
            return json.dumps(value, ensure_ascii=has_halves)
        case Decimal():
            return f"{value:f}"
        case dict():
            return "{}"
        case list():
            return "[]"
        case _:
            return str(value)


def mutated_bytes(chance: Random, data: bytes) -> bytes:
    """Bytes with something changed that knows nothing of what they mean."""
    begin = chance.randrange(len(data) + 1)
    end = min(len(data), begin + chance.choice([1, 1, 2, 20, 500]))
    match chance.random():
        case x if x < 0.3:
            return data[:begin] + chance.choice(RAW) + data[begin:]
        case x if x < 0.5:
            return data[:begin] + data[end:]
        case x if x < 0.65:
            return data[:begin] + bytes([chance.randrange(256)]) + data[begin + 1 :]
        case x if x < 0.75:
            return data[:begin]
        case x if x < 0.85:
            return data[:end] + data[begin:end] * chance.choice([1, 3, 100]) + data[end:]
        case x if x < 0.95:
            return data[:begin] + chance.choice(TEXTS).encode("utf-8", "surrogatepass") + data[end:]
        case _:
            return chance.choice(
                [b"", b"\n", data[begin:] + data[:begin], data.decode("utf-8", "replace").encode("utf-16")]
            )


def mutated_template(chance: Random, text: str) -> str:
    """A template with a piece of Jinja2 or HTML put between two of its lines or words, or a line lost or doubled."""
    lines = text.splitlines(keepends=True)
    number = chance.randrange(len(lines))
    match chance.random():
        case x if x < 0.4:
            lines.insert(number, f"{chance.choice(SNIPPETS)}\n")
        case x if x < 0.6:
            line = lines[number]
            begin = chance.randrange(len(line) + 1)
            lines[number] = line[:begin] + chance.choice(SNIPPETS) + line[begin:]
        case x if x < 0.7:
            del lines[number]
        case x if x < 0.8:
            lines[number:number] = lines[number : number + chance.choice([1, 3, 10])]
        case x if x < 0.9:
            lines[number] = mutated_text(chance, lines[number])
        case _:
            other = chance.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
    return "".join(lines)


def mutated_presentation(chance: Random, data: bytes) -> bytes:
    """A presentation of which the package, or the XML of a part, has something else in one place."""
    if chance.random() < 0.15:
        return mutated_bytes(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([n for n in parts if "slideLayout" not in n] if chance.random() < 0.6 else list(parts))
    match chance.random():
        case x if x < 0.1:
            del parts[name]
        case x if x < 0.15:
            parts[name] = b""
        case x if x < 0.2:
            parts[chance.choice([name.upper(), f"/{name}", f"../{name}", "x"])] = parts.pop(name)
        case x if x < 0.3:
            parts[name] = mutated_bytes(chance, parts[name])
        case _:
            parts[name] = _mutated_xml(chance, parts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, content in parts.items():
            package.writestr(zipfile.ZipInfo(part), content)
    return buffer.getvalue()


XML_VALUES = (
    "", "0", "-1", "1", "x", "99999999999999999999", "1e400", "NaN", "../../../x", "http://x/y", "rId1", "rId99",
    "External", "external", "title", "body", "idx", "ctrTitle", "accent1", "FF", "\u202e", "a" * 300,
)  # fmt: skip


def _mutated_xml(chance: Random, data: bytes) -> bytes:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return mutated_bytes(chance, data)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    one = chance.choice(elements)
    parent = one.getparent()
    match chance.random():
        case x if x < 0.4 and one.attrib:
            one.set(chance.choice(sorted(one.attrib)), chance.choice(XML_VALUES))
        case x if x < 0.55 and one.attrib:
            del one.attrib[chance.choice(sorted(one.attrib))]
        case x if x < 0.8 and parent is not None:
            parent.remove(one)
        case x if x < 0.9 and parent is not None:
            copies = chance.choice([1, 2, 50])
            for _ in range(copies):
                parent.append(etree.fromstring(etree.tostring(one)))
        case x if x < 0.95:
            one.tag = chance.choice([f"{one.tag}x", "x", chance.choice(elements).tag])
        case _:
            one.text = chance.choice(XML_VALUES)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
