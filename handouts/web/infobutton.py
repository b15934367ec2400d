"""The route for info buttons of patients' records: requests in; feeds of handouts out, as Atom or JSON.

It knows no patient: what an address says of one is neither read nor logged, and no cookie is set. Nothing but GET is
answered, and no header invites pages of others to read the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from handouts.build.catalogue import Catalogues
from handouts.exchange.infobutton import Service, answer, as_json, atom, page
from handouts.exchange.question import MOST_PARAMETERS, RequestError, question_of

PATH = "/infobutton"
MOST_QUERY = 4000
"""Bytes of an address behind its question mark: what browsers and proxies carry without harm."""


class Infobutton(Struct, frozen=True):
    """What the route answers from: the catalogue, and the day of today's documents.

    `public_url` is where others reach the pages, without a final slash. Without one, links begin with the Host header,
    which has to be judged before, and `root_path`. `reviewed_only` leaves out what no clinician has signed off.
    """

    catalogues: Catalogues
    today: Callable[[], date]
    public_url: str = ""
    root_path: str = ""
    reviewed_only: bool = False

    def service(self, web: Request) -> Service:
        """What an answer to a request says of this server."""
        here = f"{web.url.scheme}://{web.headers.get('host', 'localhost')}{self.root_path}"
        return Service(self.public_url or here, self.today(), self.reviewed_only)


def infobutton_routes(here: Infobutton, path: str = PATH) -> list[Route]:
    """The routes of the responder, with and without a final slash; HEAD is answered as GET is."""

    async def respond(web: Request) -> Response:
        query: bytes = web.scope["query_string"]
        if len(query) > MOST_QUERY:
            return _refusal(RequestError(414, f"The address is too long; the most is {MOST_QUERY} characters."))
        try:
            pairs = parse_qsl(
                query.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS * 2
            )
            question = question_of(pairs, web.headers.get("accept", ""))
        except RequestError as bad:
            return _refusal(bad)
        except ValueError:
            return _refusal(RequestError(400, f"Too many parameters; the most is {MOST_PARAMETERS}."))
        service = here.service(web)
        listed = await run_in_threadpool(here.catalogues.now, service.today)
        if question.media == "html":
            return RedirectResponse(page(question, listed, service), 303)
        feed = answer(question, listed, service)
        if question.media == "json":
            return Response(as_json(feed), media_type="application/json", headers={"Vary": "Accept"})
        return Response(atom(feed), headers={"Content-Type": "text/xml; charset=utf-8", "Vary": "Accept"})

    return [Route(one, respond, methods=["GET"], name=f"infobutton{one}") for one in (path, f"{path}/")]


def _refusal(bad: RequestError) -> Response:
    return PlainTextResponse(f"{bad}\n", bad.status)
