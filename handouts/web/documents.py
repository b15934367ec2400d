"""The bytes of documents and the pictures of their pages: by the options of an address, or by a name that is kept.

Documents without typed words have an entity tag and may be bookmarked; those with typed words are never stored by a
browser or proxy, and their names work for minutes, in one session.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handouts.web.choices import options_of
from handouts.web.guard import answer_of
from handouts.web.headers import DOCUMENT_POLICY, EDITION_POLICY
from handouts.web.pictures import page_picture
from handouts.web.topic_page import topic_of
from handouts.web.ward import Kept, Ward, ward_of

GONE = "This preview is no longer kept. Go back and press Show once more."


async def document(web: Request) -> Response:
    """The document of an address's options."""
    made = await _asked(web)
    return _bytes(web, made, "private, no-cache")


async def picture(web: Request) -> Response:
    """A page of it as PNG."""
    return await _picture(web, await _asked(web), "private, no-cache")


async def kept(web: Request) -> Response:
    """A document with typed words."""
    return _bytes(web, _kept(web), "no-store")


async def kept_picture(web: Request) -> Response:
    """A page of it as PNG."""
    return await _picture(web, _kept(web), "no-store")


async def _asked(web: Request) -> Kept:
    ward = ward_of(web)
    _, offered = topic_of(ward, web.path_params["topic"])
    options, faults = options_of(web.query_params, offered)
    if faults:
        raise HTTPException(422, " ".join(one.message for one in faults))
    made = await ward.shown(options)
    if made.entry is None:
        raise HTTPException(422, "The document cannot be made; the topic's page says what stops it.")
    return Kept(made.data, made.media, made.entry.path, made.entry.count, made.entry.sha256)


def _kept(web: Request) -> Kept:
    ward: Ward = ward_of(web)
    found = ward.kept.get(web.path_params["name"], ward.session(web))
    if found is None:
        raise HTTPException(404, GONE)
    return found


def _bytes(web: Request, made: Kept, caching: str) -> Response:
    name = made.name
    shown_here = "download" not in web.query_params and made.media.startswith(("application/pdf", "text/html"))
    headers = {
        "Cache-Control": caching,
        "Content-Disposition": f"{'inline' if shown_here else 'attachment'}; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": EDITION_POLICY if made.media.startswith("text/html") else DOCUMENT_POLICY,
    }
    if caching == "no-store":
        # An entity tag is a digest, by which words could be tried; what is not stored needs none.
        return Response(made.data, media_type=made.media, headers=headers)
    return answer_of(made.data, made.media, headers, web.headers.get("if-none-match", ""), made.sha256)


async def _picture(web: Request, made: Kept, caching: str) -> Response:
    page, digest = int(web.path_params["page"]), made.sha256
    if made.media != "application/pdf" or not 1 <= page <= made.pages:
        raise HTTPException(404, "There is no such page.")
    remembered = None if caching == "no-store" else len
    data = await ward_of(web).kitchen.made(
        ("picture", digest, page), lambda: page_picture(made.data, page) or b"", remembered
    )
    headers = {"Cache-Control": caching}
    if caching == "no-store":
        return Response(data, media_type="image/png", headers=headers)
    given = web.headers.get("if-none-match", "")
    return answer_of(data, "image/png", headers, given, hashlib.sha256(data).hexdigest())
