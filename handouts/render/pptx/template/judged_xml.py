"""The XML of a part from outside → its root element, once it is known to be small, well-formed and without entities.

What is counted is counted before it is parsed, so that no part costs more time and memory than its limits allow.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.render.pptx.template.package_file import SAVE_AS, RefusedError, reason_of, shown
from handouts.render.pptx.template.strict import transitional, write_plain_values

MAX_SIZE = 4_000_000
"""The most bytes of XML in a part; masters and layouts have tens of kilobytes, with a drawn map a megabyte."""
MAX_ELEMENTS = 40_000
"""The most elements in a part: a layout has hundreds, a logo of many curves thousands, a megabyte of map 35,000."""
MAX_ATTRIBUTES = 50_000
"""The most attributes in a part, declared namespaces among them; points of curves have one for each element."""
MAX_NAMESPACES = 4000
"""The most declared namespaces in a part: PowerPoint writes one for each shape, with the shape's id.

Each costs every element within it, so that they are counted on their own.
"""
MAX_REFERENCES = 50_000
"""The most references to characters in a part, such as `&amp;`."""
MAX_ALL_SIZE = 30_000_000
"""The most bytes of XML in all parts that a deck takes over."""
MAX_ALL_ELEMENTS = 150_000
"""The most elements in all of them: a template of 100 layouts has 100,000."""
MAX_ALL_ATTRIBUTES = 250_000
MAX_DEPTH = 100
"""How deep elements may lie in each other; grouped shapes come to 30."""

_SIMPLER = "simplify or remove what is drawn there"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How XML in UTF-16 begins, with a mark of its byte order or without."""
_DECLARED = re.compile(rb"""encoding\s*=\s*["']?([^"'\s?]*)""", re.IGNORECASE)
_READ = ("utf-8", "utf-16", "us-ascii", "ascii")
"""Encodings of parts (OPC, 7.2.2), and their subset."""
_DEEPER = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")


class XmlJudge:
    """Reads the XML of one file's parts, and counts what all of them hold."""

    def __init__(self) -> None:
        self._size = self._elements = self._attributes = 0
        self.strict = False
        """Whether a part was Strict Open XML; the root of one is as ordinary files have it."""

    def check_size(self, name: str, size: int) -> None:
        """Raises RefusedError where a part has so many bytes that it need not be unpacked."""
        if size > 2 * MAX_SIZE:
            message = f"part {shown(name)} has {size / 1e6:.1f} MB of XML; the most is {MAX_SIZE // 1_000_000} MB"
            raise RefusedError(message, _SIMPLER)

    def root(self, name: str, data: bytes) -> Any:
        """The root element of a part. Raises RefusedError."""
        given = _as_utf8(name, data)
        text = transitional(given)
        self._check_counts(name, text)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise RefusedError(f"part {shown(name)} declares entities, which no presentation may", SAVE_AS)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, encoding="utf-8"
        )
        try:
            root = etree.fromstring(text, parser)
        except (etree.XMLSyntaxError, ValueError) as bad:
            reason = reason_of(bad)
            if "Excessive depth" in reason:
                raise RefusedError(*_too_deep(name)) from None
            raise RefusedError(f"is damaged: part {shown(name)} is not XML: {reason}", SAVE_AS) from None
        if root.getroottree().docinfo.doctype:
            raise RefusedError(f"part {shown(name)} declares entities, which no presentation may", SAVE_AS)
        if _DEEPER(root):
            raise RefusedError(*_too_deep(name))
        if text is not given:
            self.strict = True
            write_plain_values(root)
        return root

    def _check_counts(self, name: str, text: bytes) -> None:
        where = f"part {shown(name)} has"
        check_length(name, text)
        elements, attributes = text.count(b"<") - text.count(b"</"), text.count(b"=")
        for count, most, what in (
            (elements, MAX_ELEMENTS, "elements"),
            (attributes, MAX_ATTRIBUTES, "attributes"),
            (text.count(b"xmlns"), MAX_NAMESPACES, "declarations of namespaces"),
            (text.count(b"&"), MAX_REFERENCES, "references to characters"),
        ):
            if count > most:
                raise RefusedError(f"{where} {count:,} {what}; the most is {most:,}", _SIMPLER)
        self._size, self._elements = self._size + len(text), self._elements + elements
        self._attributes += attributes
        for count, most, what in (
            (self._elements, MAX_ALL_ELEMENTS, "elements"),
            (self._attributes, MAX_ALL_ATTRIBUTES, "attributes"),
            (self._size, MAX_ALL_SIZE, "bytes of XML"),
        ):
            if count > most:
                message = f"its masters, layouts and themes have more than {most:,} {what}"
                raise RefusedError(message, "remove masters and layouts that nobody uses")


def check_length(name: str, text: bytes) -> None:
    """Raises RefusedError for a part of too many bytes; written anew it can have more, where it escapes more."""
    if len(text) > MAX_SIZE:
        message = f"part {shown(name)} has {len(text) / 1e6:.1f} MB of XML; the most is {MAX_SIZE // 1_000_000} MB"
        raise RefusedError(message, _SIMPLER)


def _too_deep(name: str) -> tuple[str, str]:
    message = f"in part {shown(name)} elements lie more than {MAX_DEPTH} deep in each other"
    return message, "ungroup what is drawn there"


def _as_utf8(name: str, data: bytes) -> bytes:
    """A part's XML in UTF-8, without a mark of its byte order. Raises RefusedError for any other encoding."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith(_UTF16):
        order = "utf-16" if data.startswith(_UTF16[:2]) else "utf-16-le" if data.startswith(b"<") else "utf-16-be"
        try:
            text = data.decode(order).encode()
        except UnicodeError:
            raise RefusedError(f"is damaged: part {shown(name)} is not UTF-16 throughout", SAVE_AS) from None
    # Readers that obey another encoding would read other elements in these bytes than those judged here.
    declaration = text.partition(b"?>")[0] if text.startswith(b"<?xml") else b""
    for encoding in _DECLARED.findall(declaration):
        said = encoding.decode("ascii", "replace")
        if said.casefold() not in _READ:
            raise RefusedError(f"part {shown(name)} is written in {said[:40]}, not in UTF-8", SAVE_AS)
    return text
