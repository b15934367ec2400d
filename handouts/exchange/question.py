"""What a record of a patient asks for by its info button: the parameters of an address in, a question out.

HL7 Context-Aware Knowledge Retrieval (Infobutton), URL-Based Implementation Guide: names are compared without case,
unknown ones ignored. What is said of the patient is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from handouts.exchange.tongues import tag_of
from handouts.model.code_forms import SYSTEMS, CodeSystem

Recipient = Literal["PAT", "PROV"]
Media = Literal["xml", "json", "html"]

MOST_PARAMETERS = 200
"""All names of the guide, and some, are sixty."""
MOST_CRITERIA = 20
_MOST_LETTERS = 200
"""Of a value that is read; codes and names are shorter."""

_CRITERION = re.compile(
    r"mainsearchcriteria(?P<a>[0-9]{0,3})\.(?P<way>[vc])(?P<b>[0-9]{0,3})\.(?P<part>cs|c|dn|ot)\.?(?P<d>[0-9]{0,3})"
)
"""`mainSearchCriteria.v.c`, the older `.c.c`, and each with a number where several things are asked for."""
_ECHOED = (
    "subTopic.v.c", "subTopic.v.cs", "subTopic.v.dn", "taskContext.c.c", "taskContext.c.dn", "informationRecipient",
    "informationRecipient.languageCode.c", "performer",
)  # fmt: skip
"""Parameters that are answered with, beside what is asked about: none of them is about the patient."""
_SCHEMES = {"performer.languageCode.c": "performer.languageCode"}
"""How the responses' schema spells what it spells otherwise than requests do."""
_XML = ("text/xml", "application/xml", "application/atom+xml")
_JSON = ("application/json", "text/json")
_HTML = ("text/html", "application/xhtml+xml")
_SYSTEM_NAMES: Mapping[str, CodeSystem] = {
    "rxnorm": "rxnorm", "rxcui": "rxnorm", "ndc": "ndc", "icd10cm": "icd10cm", "icd10": "icd10cm", "snomed": "snomed",
    "snomedct": "snomed", "sct": "snomed", "loinc": "loinc",
}  # fmt: skip


class RequestError(ValueError):
    """A request that is no question; `status` is what HTTP calls that."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Criterion(Struct, frozen=True):
    """One thing that is asked about: a code, the system that it is of if that is known, and names; "" for no code."""

    code: str = ""
    system: CodeSystem | None = None
    names: tuple[str, ...] = ()


class Question(Struct, frozen=True):
    """What is asked about, who is to read the answer, in which language (None where that is not said), and in which
    form. `echoes` are schemes and terms that the answer repeats; `unread` is the language as it was written where
    nobody can tell which one is meant, else "".
    """

    criteria: tuple[Criterion, ...] = ()
    recipient: Recipient = "PAT"
    language: str | None = None
    unread: str = ""
    media: Media = "xml"
    echoes: tuple[tuple[str, str], ...] = ()


def question_of(parameters: Sequence[tuple[str, str]], accept: str = "") -> Question:
    """The question of an address's parameters and of an Accept header, which counts where the parameters name no form.

    Raises RequestError for too many parameters (400) and for a form that is not given (406), JSONP among them.
    """
    if len(parameters) > MOST_PARAMETERS:
        raise RequestError(400, f"{len(parameters)} parameters; the most is {MOST_PARAMETERS}.")
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name.strip().lower(), []).append(_clean(value))
    raw = _raw_criteria(given)
    recipient = _first(given, "informationRecipient").upper()
    language, unread = _language(given, recipient)
    return Question(
        criteria=tuple(_criterion(one) for one in raw),
        recipient="PROV" if recipient == "PROV" else "PAT",
        language=language,
        unread=unread,
        media=_media(_first(given, "knowledgeResponseType"), accept),
        echoes=(*_main_echoes(raw), *_echoes(given)),
    )


def system_of(text: str) -> CodeSystem | None:
    """The code system that an OID, an address of FHIR or a name means; None for one that topics have no codes of."""
    given = text.strip().lower().removeprefix("urn:oid:").rstrip("/")
    for system, about in SYSTEMS.items():
        if given in (about.oid, about.uri):
            return system
    return _SYSTEM_NAMES.get(re.sub(r"[^a-z0-9]", "", given))


def _clean(value: str) -> str:
    """A value without what no code or name has, and no longer than one may be."""
    return "".join(char if char.isprintable() else " " for char in value[: _MOST_LETTERS * 2]).strip()[:_MOST_LETTERS]


def _first(given: Mapping[str, list[str]], name: str) -> str:
    return next((value for value in given.get(name.lower(), ()) if value), "")


def _raw_criteria(given: Mapping[str, list[str]]) -> list[dict[str, str]]:
    """The parts c, cs, dn and ot of each thing that is asked about, in the order of their numbers and repeats."""
    found: dict[int, dict[str, dict[str, list[str]]]] = {}
    for name, values in given.items():
        if match := _CRITERION.fullmatch(name):
            number = int(match["a"] or match["b"] or match["d"] or 0)
            found.setdefault(number, {}).setdefault(match["part"], {})[match["way"]] = values
    criteria: list[dict[str, str]] = []
    for _, parts in sorted(found.items()):
        # Who sends the older spelling with the newer one means the newer.
        chosen = {part: ways.get("v") or ways["c"] for part, ways in parts.items()}
        for index in range(max(map(len, chosen.values()))):
            one = {part: values[index] for part, values in chosen.items() if index < len(values) and values[index]}
            if "c" in one and "cs" not in one and (systems := [value for value in chosen.get("cs", ()) if value]):
                one["cs"] = systems[-1]
            if one.keys() - {"cs"}:
                criteria.append(one)
    return criteria[:MOST_CRITERIA]


def _criterion(parts: Mapping[str, str]) -> Criterion:
    names = tuple(parts[part] for part in ("dn", "ot") if part in parts)
    return Criterion(parts.get("c", ""), system_of(parts.get("cs", "")), names)


def _language(given: Mapping[str, list[str]], recipient: str) -> tuple[str | None, str]:
    """The reader's language, or what was written for one that nobody can tell; that of who asks where they are the
    reader, since a nurse's is not the patient's.
    """
    unread = ""
    who = ["informationRecipient"]
    if _first(given, "performer").upper() == (recipient or "PAT") or recipient == "PROV":
        who.append("performer")
    for one in who:
        for part in ("c", "dn"):
            text = _first(given, f"{one}.languageCode.{part}")
            if text and (tag := tag_of(text)):
                return tag, ""
            unread = unread or text
    return None, unread


def _media(asked: str, accept: str) -> Media:
    bare = asked.partition(";")[0].strip().lower()
    if bare in _JSON:
        return "json"
    if bare in _XML:
        return "xml"
    # A browser asks for pages in its Accept header whatever opened it, so that only the parameter counts.
    if bare in _HTML:
        return "html"
    if bare.endswith("javascript"):
        raise RequestError(406, "JSONP is not given: any page could read the answer. Ask for application/json.")
    if bare:
        known = ", ".join((*_XML[:1], *_JSON[:1], *_HTML[:1]))
        raise RequestError(406, f"There is no such knowledgeResponseType here; ask for one of {known}.")
    return _accepted(accept)


def _accepted(accept: str) -> Media:
    """The form that an Accept header likes best; Atom where it likes both alike, or neither."""
    weights: dict[str, float] = {}
    for one in accept[:1000].split(","):
        media, *parameters = (part.strip().lower() for part in one.split(";"))
        quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        weights[media] = float(quality) if re.fullmatch(r"[01](\.[0-9]{0,3})?", quality) else 0
    best_json = max((weights.get(one, 0) for one in _JSON), default=0)
    best_xml = max((weights.get(one, 0) for one in _XML), default=0)
    return "json" if best_json > best_xml else "xml"


def _main_echoes(raw: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, str]]:
    for one in raw:
        for part in ("c", "cs", "dn", "ot"):
            if part in one:
                system = system_of(one[part]) if part == "cs" else None
                yield f"mainSearchCriteria.v.{part}", SYSTEMS[system].oid if system else one[part]


def _echoes(given: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    for name in (*_ECHOED, *_SCHEMES):
        if value := _first(given, name):
            yield _SCHEMES.get(name, name), value
