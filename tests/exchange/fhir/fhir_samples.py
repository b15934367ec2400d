"""Publications to make bundles of, and what a reader of a bundle gets to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from fhir_rules import XHTML, parsed, resources, sections
from msgspec.structs import replace

from handouts.exchange.fhir.publication import Attestation, Concept, Publication, Publisher
from handouts.plan.blocks import Block, FigureBlock, Picture, Table, texts, walk
from handouts.plan.documents import Handout
from handouts.plan.text import plain

CLINIC = Publisher(
    "Northside Cancer Center",
    True,
    ("100 Main Street", "Springfield"),
    "US",
    "1-202-555-0143",
    "Monday to Friday, 8 to 5",
)
SIGNED = Attestation("Ana Ejemplo", "oncology pharmacist", "2026-02-01")
NDC = Concept("http://hl7.org/fhir/sid/ndc", "63020-390", "Ninlaro")
RXNORM = Concept("http://www.nlm.nih.gov/research/umls/rxnorm", "1723735")
PDF = b"%PDF-1.7 stands for a handout\n"


def publication(handout: Handout, **changes: Any) -> Publication:
    """A handout as its clinic publishes it."""
    language = handout.meta.language
    usual: dict[str, Any] = {
        "topic": "ixazomib", "handout": handout, "pdf": PDF, "file": f"ixazomib-{language}-handout.pdf", "pages": 2,
        "publisher": CLINIC, "concepts": (NDC, RXNORM),
    }  # fmt: skip
    return Publication(**(usual | changes))


def approved(handout: Handout) -> Publication:
    """The same, signed off."""
    meta = replace(handout.meta, review_state="approved", review_words="Reviewed")
    return publication(replace(handout, meta=meta), attestation=SIGNED)


def words(text: str) -> list[str]:
    """The words of a text as XML can hold them."""
    return "".join(char if _is_character(char) else "\ufffd" for char in text.replace("\u00ad", "")).split()


def _is_character(char: str) -> bool:
    at = ord(char)
    return at in (9, 10, 13) or 0x20 <= at < 0xD800 or 0xE000 <= at < 0xFFFE or at > 0xFFFF


def words_of_plan(blocks: Iterable[Block]) -> list[str]:
    """Every word that a plan says, in reading order; of drawings the alt text, the table and the caption."""
    return words("\n".join(_texts(blocks)))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in walk(blocks):
        if isinstance(block, Picture):
            yield block.alt
        if isinstance(block, FigureBlock):
            yield block.figure.alt
            if isinstance(block.instead, Table):
                yield from map(plain, texts(block.instead))
        yield from map(plain, texts(block))


def told(bundle: dict[str, Any]) -> list[str]:
    """Every word that the Composition tells, in the order in which viewers show it."""
    (composition,) = resources(bundle, "Composition")
    found = words(spoken(composition["text"]["div"]))
    for section in sections(composition):
        found += words(section.get("title", ""))
        found += words(spoken(section["text"]["div"])) if "text" in section else []
    return found


def spoken(div: str) -> str:
    """The words of a narrative, blocks and lines apart."""
    inline = {f"{XHTML}{tag}" for tag in ("a", "b", "span")}

    def text(element: ET.Element) -> Iterator[str]:
        apart = "" if element.tag in inline else "\n"
        yield apart + (element.text or "")
        for child in element:
            yield from text(child)
            yield child.tail or ""
        yield apart

    return "".join(text(parsed(div)))
