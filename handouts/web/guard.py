"""Looks at every request before a page does, and at every answer after: an ASGI application around another.

In: requests as the network brings them. Out: those that come from where they should, are no larger and no more than
they may be; for all others an answer that says why. One line is logged for each: method, route, status, milliseconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handouts.web.headers import completed
from handouts.web.hosts import LOOPBACK, host_name, same_origin
from handouts.web.rate import Rate
from handouts.web.settings import Settings

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
GONE = 499
"""The status in the log of a request whose client did not wait for the answer; nginx has it so."""

_DRAINED, _DRAINING_SECONDS = 64_000_000, 3
"""How much of a body that is too large is read and thrown away."""

Log = Callable[[str], None]


class _Refusal(Exception):  # noqa: N818 - an answer, not an error
    """A request that goes no further, and what it is told."""

    def __init__(self, status: int, text: str, **headers: str) -> None:
        super().__init__(text)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = PlainTextResponse(f"{text}\n", status, named)


class Guard:
    """The outermost application: hosts, origins, rates and bodies in, and headers out."""

    def __init__(self, app: ASGIApp, settings: Settings, log: Log) -> None:
        self._app = app
        self._settings = settings
        self._log = log
        self._hosts = {*LOOPBACK, *settings.hosts}
        limits = settings.limits
        self._rate = Rate(limits.rate, limits.clients, time.monotonic)
        self._bodies = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; lets the application begin and end."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), GONE

        async def telling(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = completed(list(message.get("headers", ())))
            await send(message)

        try:
            try:
                self._judge(scope)
                body = await self._body(scope, receive)
            except _Refusal as refused:
                await refused.answer(scope, receive, telling)
            else:
                self._strip_prefix(scope)
                await self._until_gone(scope, body, receive, telling)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            method = scope["method"] if scope["method"] in METHODS else "-"
            self._log(f"{method} {route} {status} {(time.perf_counter() - began) * 1000:.0f} ms")

    def _judge(self, scope: Scope) -> None:
        """Raises _Refusal for a request that comes from elsewhere, too often, or cannot be meant."""
        headers, limits = Headers(scope=scope), self._settings.limits
        client = scope.get("client")
        if wait := self._rate.wait(client[0] if client else ""):
            raise _Refusal(429, "Too many requests; try again in a moment.", retry_after=str(wait))
        named = headers.getlist("host")
        name = host_name(named[0]) if len(named) == 1 else None
        if name is None:
            raise _Refusal(400, "The request does not name one host.")
        if name not in self._hosts:
            raise _Refusal(421, "This server does not answer to that name; its operator allows one with --allow-host.")
        if scope["method"] not in METHODS:
            raise _Refusal(405, "There is no such method here.", allow=", ".join(METHODS))
        if len(scope["query_string"]) > limits.query_length:
            raise _Refusal(414, "The address is too long.")
        if scope["method"] == "POST":
            if not same_origin(named[0], headers.getlist("origin"), headers.getlist("sec-fetch-site")):
                raise _Refusal(403, "The form was sent from another site's page.")
            length = headers.get("content-length", "0")
            if not length.isascii() or not length.isdigit():
                raise _Refusal(400, "The length of the request is no number.")

    def _too_large(self) -> _Refusal:
        most = self._settings.limits.body / 1_000_000
        return _Refusal(413, f"That is more than {most:g} MB; a logo may have 4 MB.", connection="close")

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body of a form, in memory. Raises _Refusal for one that is too large, too slow or one too many."""
        if scope["method"] != "POST":
            return b""
        limits, headers = self._settings.limits, Headers(scope=scope)
        if int(headers.get("content-length", "0")) > limits.body:
            if "expect" not in headers:
                await _drained(receive)
            raise self._too_large()
        if self._bodies >= limits.bodies:
            raise _Refusal(503, "Too many forms at once; try again in a moment.", retry_after="2", connection="close")
        self._bodies += 1
        body = bytearray()
        try:
            async with asyncio.timeout(limits.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _Refusal(400, "The form did not arrive whole.")
                    body += message.get("body", b"")
                    if len(body) > limits.body:
                        body.clear()
                        await _drained(receive)
                        raise self._too_large()
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            raise _Refusal(408, "The form took too long to arrive.", connection="close") from None
        finally:
            self._bodies -= 1

    def _strip_prefix(self, scope: Scope) -> None:
        """Proxies may take the prefix off or leave it on: pages see their path without it."""
        prefix = self._settings.root_path
        path: str = scope["path"]
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            scope["path"] = path.removeprefix(prefix) or "/"

    async def _until_gone(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        """Runs the application on a request that has arrived, and stops it when nobody waits for the answer."""
        gone = asyncio.Event()
        given = False

        async def replayed() -> Message:
            nonlocal given
            if not given:
                given = True
                return {"type": "http.request", "body": body, "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def listening() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        answering = asyncio.ensure_future(self._app(scope, replayed, send))
        leaving = asyncio.ensure_future(listening())
        try:
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.set()
            leaving.cancel()
            if not answering.done():
                answering.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)


async def _drained(receive: Receive) -> None:
    """Reads on for a while what is not wanted: many clients look for an answer only after they have sent everything."""
    left = _DRAINED
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_DRAINING_SECONDS):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return


def not_modified(etag: str, given: str) -> bool:
    """Whether an If-None-Match header names an answer that the client has (RFC 9110, 13.1.2)."""
    return given.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in given.split(","))


def answer_of(data: bytes, media: str, headers: dict[str, str], given: str, digest: str) -> Response:
    """Bytes with their entity tag, or 304 where the client has them."""
    etag = f'"{digest[:32]}"'
    if not_modified(etag, given):
        return Response(status_code=304, headers=headers | {"ETag": etag})
    return Response(data, media_type=media, headers=headers | {"ETag": etag})
