"""The first page: a search, and all topics with their languages, review states and ages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from handouts.exchange.listing import names_a_code
from handouts.web.choices import document_name
from handouts.web.searching import found
from handouts.web.shelf import searched
from handouts.web.ward import ward_of

QUERY_MOST = 200


async def search_page(web: Request) -> Response:
    """The topics that hold all words of `q`, or that it is a code of; all topics without it."""
    ward = ward_of(web)
    query = " ".join(web.query_params.get("q", "").split())
    too_long = len(query) > QUERY_MOST
    topics = await ward.kitchen.made(("topics",), ward.shelf.topics)
    by_id = {one.id: one for one in topics}
    coded = (one.id for one in topics if names_a_code(query, one.codes))
    shown = () if too_long else tuple(by_id[one] for one in dict.fromkeys((*coded, *found(query, searched(topics)))))
    return ward.page(
        web,
        "search",
        422 if too_long else 200,
        query=query[:QUERY_MOST],
        topics=shown,
        all_topics=len(topics),
        too_long=too_long,
        query_most=QUERY_MOST,
        document_name=document_name,
    )
