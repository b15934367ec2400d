"""The packet's page: its documents in order, how they are printed, and the one print job of all of them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from handouts.build.sets import Item
from handouts.build.sets import items_of as items_of_set
from handouts.exchange.listing import Listed
from handouts.files.disk import UsageError
from handouts.files.saved import load_set
from handouts.outputs import NOTED
from handouts.problems import ProblemsError
from handouts.web.choices import PAPER_NAMES, VIEW_NAMES, Fault, Offered, Options, document_name, options_of, theme_name
from handouts.web.forms import Form, form_of
from handouts.web.given import findings_of, packet_text
from handouts.web.packet import as_cookie, item_text, items_of, moved
from handouts.web.packet_making import Packed
from handouts.web.session import PACKET
from handouts.web.set_file import set_text
from handouts.web.shelf import title_of
from handouts.web.tongues import tongue
from handouts.web.typed import FIELDS, NOTE_MOST, Typed, faults_in, typed_of
from handouts.web.typed_form import OLD_FORM, kept_logo, value_of
from handouts.web.ward import Kept, Ward, ward_of

_DO = re.compile(r"(?P<move>up|down|remove)-(?P<place>[0-9]{1,3})")
_LOOKS = ("theme", "paper", "clinic", "view")


class _Here(Struct, frozen=True):
    """What a request is about: the items that are there, with their topics, and how they are printed."""

    items: tuple[Item, ...]
    listed: dict[str, Listed]
    looks: Options
    offered: Offered
    faults: tuple[Fault, ...]


async def packet_page(web: Request) -> Response:
    """GET: the packet of the cookie, printed by the address's options. POST: one that was changed, or with words."""
    ward = ward_of(web)
    if web.method != "POST":
        here = _here(ward, items_of(web.cookies.get(PACKET, "").split("!")), dict(web.query_params))
        made = await ward.packed(here.items, here.looks, None) if here.items and not here.faults else None
        return _page(web, ward, here, Typed(), here.faults, made)
    form = await form_of(web, ward.settings.limits)
    given = form.all.get("item", ())
    do = form.fields.get("do", "")
    if do == "add":
        given = (*web.cookies.get(PACKET, "").split("!"), *given)
    here = _here(ward, items_of(given), form.fields)
    if not ward.token_holds(web, form.fields):
        return _page(web, ward, here, Typed(), (Fault("", OLD_FORM),), None, status=403)
    return await _posted(web, ward, here, form, do)


async def _posted(web: Request, ward: Ward, here: _Here, form: Form, do: str) -> Response:
    items, faults, fields = here.items, here.faults, form.fields
    if found := _DO.fullmatch(do):
        items = moved(items, found["move"], int(found["place"]))
    elif do == "empty":
        items = ()
    elif do == "open":
        opened, looks, more = _opened(ward, form.fields.get("set", ""), form.fields.get("set-lang", ""))
        items = tuple(dict.fromkeys((*items, *opened)))
        fields = fields | looks
        faults += more
    most = ward.settings.limits.packet
    if len(items) > most:
        faults += (Fault("", f"A packet has at most {most} documents; the others were left out."),)
        items = items[:most]
    here = _here(ward, items, fields)
    faults += tuple(one for one in here.faults if one not in faults)
    if do == "save":
        return _saved(here, form.fields.get("set-title", ""))
    logo = form.logo or ward.logos.get(form.fields.get("logo-kept", ""), ward.session(web))
    typed, more = typed_of(form.fields, None if form.fields.get("logo-remove") else logo)
    faults += more
    answer: Response
    if typed.is_empty and not faults:
        query = here.looks.query_of(_LOOKS)
        answer = RedirectResponse(ward.url(f"/packet{f'?{query}' if query else ''}"), 303)
    else:
        made = await ward.packed(items, here.looks, typed) if items and not faults else None
        if made:
            faults, _ = faults_in(made.errors, typed, ward.settings.content)
        answer = _page(web, ward, here, typed, faults, made)
    ward.set_cookie(web, answer, PACKET, as_cookie(items))
    return answer


def _here(ward: Ward, items: tuple[Item, ...], fields: dict[str, str]) -> _Here:
    """The items that are there, and the choices of how all of them are printed. Raises UsageError."""
    catalogue = ward.shelf.catalogues.now(ward.settings.today())
    listed = {one.topic: found for one in items if (found := catalogue.get(one.topic))}
    kept: list[Item] = []
    for one in items:
        if one.topic not in listed:
            continue
        offered = ward.shelf.offered(one.topic)
        if one.language in offered.languages and one.format in (output.format for output in offered.outputs):
            kept.append(one)
    offered = Offered("", (), (), ward.shelf.themes(), ward.shelf.clinics())
    looks, faults = options_of({key: fields.get(key, "") for key in _LOOKS}, offered)
    return _Here(tuple(kept), listed, looks, offered, faults)


def _opened(ward: Ward, name: str, language: str) -> tuple[tuple[Item, ...], dict[str, str], tuple[Fault, ...]]:
    """The documents of a saved set, in a chosen language where it leaves that open, and how it wants them printed."""

    if name not in ward.shelf.sets():
        return (), {}, (Fault("set", "There is no such set; choose one of the list."),)
    content = ward.settings.content
    try:
        loaded = load_set(content, name)
        found = items_of_set(content, loaded, [language] if language else [])
    except UsageError:
        told = "This set is printed in a language of your choice; choose one, then open it."
        return (), {}, (Fault("set-lang", told),)
    except ProblemsError as bad:
        return (), {}, tuple(Fault("set", f"{one.message[:1].upper()}{one.message[1:]}.") for one in bad.problems)
    asked = loaded.value
    looks = {"theme": asked.theme, "paper": asked.paper, "clinic": asked.clinic}
    return found, {field: value for field, value in looks.items() if value}, ()


def _saved(here: _Here, title: str) -> Response:
    """The packet as a file for the folder of sets. It holds no words but its title."""
    title = " ".join(title.split())[:120]
    if not here.items:
        raise HTTPException(422, "The packet is empty; add documents to it first.")
    text = set_text(here.items, title or "A packet of handouts", here.looks)
    headers = {"Content-Disposition": 'attachment; filename="set.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


def _page(
    web: Request,
    ward: Ward,
    here: _Here,
    typed: Typed,
    faults: tuple[Fault, ...],
    made: Packed | None,
    status: int = 0,
) -> Response:
    content = ward.settings.content
    logo_kept = kept_logo(web, ward, typed, faults)
    rows = [
        {"item": item_text(one), "title": _title(here.listed[one.topic], one.language), "language": one.language,
         "document": document_name(one.format), "review": _review(here.listed[one.topic], one.language),
         "address": ward.url(f"/topic/{quote(one.topic, safe='')}?lang={one.language}&format={one.format}")}
        for one in here.items
    ]  # fmt: skip
    values: dict[str, Any] = {"made": None, "jobs": (), "given": ""}
    if made and made.jobs and not faults:
        values |= _preview(web, ward, here, typed, made)
    errors = made.errors if made else ()
    _, errors = faults_in(errors, typed, content)
    wrong = bool(faults) or bool(errors)
    languages = sorted({one for listed in ward.shelf.search("").topics for one in listed.languages})
    return ward.page(
        web,
        "packet",
        status or (422 if wrong else 200),
        rows=rows,
        packet_length=len(rows),
        looks=here.looks,
        offered=here.offered,
        faults=faults,
        fault_of={one.field: one.message for one in faults},
        errors=findings_of(errors, content),
        sets=ward.shelf.sets(),
        languages=[(one, tongue(one)) for one in languages],
        typed={name: value_of(typed, name) for name in FIELDS},
        note_left_out=bool(typed.note) and not any(one.format in NOTED for one in here.items),
        has_typed=typed.has_clinic,
        logo_kept=logo_kept,
        note_most=NOTE_MOST,
        theme_name=theme_name,
        papers=PAPER_NAMES,
        views=VIEW_NAMES,
        **values,
    )


def _preview(web: Request, ward: Ward, here: _Here, typed: Typed, made: Packed) -> dict[str, Any]:
    session = ward.session(web)
    jobs: list[dict[str, Any]] = []
    for job in made.jobs:
        kept = ward.kept.put(Kept(job.data, "application/pdf", job.name, job.pages, job.sha256), len(job.data), session)
        jobs.append({"job": job, "address": ward.url(f"/kept/{kept}")})
    clinic = typed.name if typed.has_clinic else here.offered.clinics.get(here.looks.clinic, "")
    return {"made": made, "jobs": jobs, "given": packet_text(made, here.looks, clinic, note=bool(typed.note))}


def _title(listed: Listed, language: str) -> str:
    edition = listed.edition(language)
    return edition.title if edition else title_of(listed)


def _review(listed: Listed, language: str) -> str:
    edition = listed.edition(language)
    return edition.review if edition else "draft"
