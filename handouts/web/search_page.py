"""The first page: a search, and all topics with their languages, review states and ages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from handouts.web.choices import document_name
from handouts.web.shelf import Found, title_of
from handouts.web.ward import ward_of

QUERY_MOST = 200


async def search_page(web: Request) -> Response:
    """The topics that all words of `q` mean, by title, drug, brand or code in any language; all topics without it."""
    ward = ward_of(web)
    query = " ".join(web.query_params.get("q", "").split())
    too_long = len(query) > QUERY_MOST
    asked = "" if too_long else query
    found = await ward.kitchen.made(("search", asked), lambda: ward.shelf.search(asked))
    if too_long:
        found = Found((), found.in_all)
    return ward.page(
        web,
        "search",
        422 if too_long else 200,
        query=query[:QUERY_MOST],
        found=found,
        title_of=title_of,
        too_long=too_long,
        query_most=QUERY_MOST,
        document_name=document_name,
    )
