"""The page of one topic: its options, the preview, what was given, findings and the reading report."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from handouts.build.sets import Item
from handouts.checks.clarity import Clarity
from handouts.exchange.listing import Listed
from handouts.files.disk import UsageError
from handouts.files.manifest import Entry
from handouts.outputs import NOTED
from handouts.web.choices import PAPER_NAMES, VIEW_NAMES, Fault, Offered, Options, document_name, options_of, theme_name
from handouts.web.forms import form_of
from handouts.web.given import findings_of, given_text
from handouts.web.making import Shown
from handouts.web.packet import PACKABLE, item_text
from handouts.web.reading import report_of
from handouts.web.shelf import title_of
from handouts.web.typed import FIELDS, NOTE_MOST, Typed, faults_in, typed_of
from handouts.web.typed_form import OLD_FORM, kept_logo, value_of
from handouts.web.ward import Kept, Ward, ward_of

_STATUS_WRONG, _STATUS_FORBIDDEN = 422, 403


async def topic_page(web: Request) -> Response:
    """GET: the options of an address. POST: the same with typed words, answered directly and never in an address."""
    ward = ward_of(web)
    listed, offered = topic_of(ward, web.path_params["topic"])
    if web.method == "POST":
        return await _posted(web, ward, listed, offered)
    options, faults = options_of(web.query_params, offered)
    made = None if faults else await ward.shown(options)
    clarity = await ward.clarity(options) if made else None
    return _page(web, ward, listed, offered, options, Typed(), faults, made, clarity=clarity)


def _kept(made: Shown, entry: Entry) -> Kept:
    return Kept(made.data, made.media, entry.path, entry.count, entry.sha256)


def topic_of(ward: Ward, topic_id: str) -> tuple[Listed, Offered]:
    """A topic and what there is to choose for it. Raises HTTPException 404 for one that is not there."""
    try:
        listed = ward.shelf.topic(topic_id)
    except UsageError:
        listed = None
    if listed is None:
        raise HTTPException(404, "There is no such topic.")
    return listed, ward.shelf.offered(topic_id)


async def _posted(web: Request, ward: Ward, listed: Listed, offered: Offered) -> Response:
    form = await form_of(web, ward.settings.limits)
    options, faults = options_of(form.fields, offered)
    logo = form.logo or ward.logos.get(form.fields.get("logo-kept", ""), ward.session(web))
    if form.fields.get("logo-remove"):
        logo = None
    typed, more = typed_of(form.fields, logo)
    faults += more
    logo_name = kept_logo(web, ward, typed, faults)
    if not ward.token_holds(web, form.fields):
        old = (Fault("", OLD_FORM),)
        return _page(web, ward, listed, offered, options, typed, old, None, logo_name, _STATUS_FORBIDDEN)
    if faults:
        return _page(web, ward, listed, offered, options, typed, faults, None, logo_name)
    if typed.is_empty:
        return RedirectResponse(ward.url(f"/topic/{_quoted(listed.id)}?{options.query()}"), 303)
    made = await ward.shown(options, typed)
    faults, errors = faults_in(made.errors, typed, ward.settings.content)
    advice, warnings = faults_in(made.warnings, typed, ward.settings.content)
    made = replace(made, errors=errors, warnings=warnings)
    clarity = await ward.clarity(options)
    return _page(web, ward, listed, offered, options, typed, faults, made, logo_name, clarity=clarity, advice=advice)


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _page(
    web: Request,
    ward: Ward,
    listed: Listed,
    offered: Offered,
    options: Options,
    typed: Typed,
    faults: tuple[Fault, ...],
    made: Shown | None,
    logo_name: str = "",
    status: int = 0,
    clarity: Clarity | None = None,
    advice: tuple[Fault, ...] = (),
) -> Response:
    """The page; `faults` stop a print, `advice` about what was typed does not."""
    values = preview_values(web, ward, listed, options, typed, made)
    values["report"] = report_of(clarity) if clarity and values["made"] else None
    wrong = bool(faults) or (made is not None and not made.entry)
    item = Item(options.topic, options.language, options.format)
    return ward.page(
        web,
        "topic",
        status or (_STATUS_WRONG if wrong else 200),
        topic=listed,
        topic_title=title_of(listed),
        note_most=NOTE_MOST,
        offered=offered,
        options=options,
        typed={name: value_of(typed, name) for name in FIELDS},
        note_left_out=bool(typed.note) and options.format not in NOTED,
        has_typed=typed.has_clinic or bool(faults),
        logo_name=logo_name,
        faults=faults + advice,
        fault_of={one.field: one.message for one in faults + advice},
        packet_item=item_text(item) if item.format in PACKABLE else "",
        document_name=document_name,
        theme_name=theme_name,
        papers=PAPER_NAMES,
        views=VIEW_NAMES,
        **values,
    )


def preview_values(
    web: Request, ward: Ward, listed: Listed, options: Options, typed: Typed, made: Shown | None
) -> dict[str, Any]:
    """What the preview's side of the page shows."""
    content = ward.settings.content
    values: dict[str, Any] = {"made": None, "errors": (), "warnings": (), "report": None, "given": "", "address": ""}
    if made is None:
        return values
    values |= {"errors": findings_of(made.errors, content), "warnings": findings_of(made.warnings, content)}
    if made.entry is None or made.errors:
        return values
    if typed.is_empty:
        address, query = ward.url(f"/topic/{_quoted(listed.id)}/document"), options.query()
    else:
        kept = ward.kept.put(_kept(made, made.entry), made.size, ward.session(web))
        address, query = ward.url(f"/kept/{kept}"), ""
    clinic = typed.name if typed.has_clinic else ward.shelf.clinics().get(options.clinic, "")
    return values | {
        "made": made,
        "entry": made.entry,
        "address": address,
        "query": f"?{query}" if query else "",
        "and_query": f"&{query}" if query else "",
        "given": given_text(made.entry, made.title, options, clinic, note=bool(typed.note)),
    }
