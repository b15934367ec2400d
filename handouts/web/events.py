"""`/events` tells an open page's script that files have changed (Server-Sent Events); `/health` is for watchdogs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from handouts import __version__
from handouts.files.disk import UsageError
from handouts.web.ward import ward_of
from handouts.web.watching import BEAT

BEAT_SECONDS = 15


async def events(web: Request) -> Response:
    """A stream of `changed` events, each with the id of a topic, empty for what all topics share."""
    ward = ward_of(web)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    if web.method == "HEAD":
        return Response(headers=headers, media_type="text/event-stream")
    client = web.client.host if web.client else ""
    streams: dict[str, int] = web.app.state.streams
    limits = ward.settings.limits
    if sum(streams.values()) >= limits.streams or streams.get(client, 0) >= limits.streams_of_client:
        raise HTTPException(503, "Too many pages are open.", {"Retry-After": "30"})

    async def told() -> AsyncIterator[str]:
        # Counted once it runs: of an answer that nobody waits for any more nothing is ever run, nor taken back.
        streams[client] = streams.get(client, 0) + 1
        try:
            yield "retry: 2000\n: pages of Handouts listen here\n\n"
            async for topic in ward.watcher.changes(BEAT_SECONDS):
                yield (
                    ": still here\n\n" if topic == BEAT else f"event: changed\ndata: {json.dumps({'topic': topic})}\n\n"
                )
        finally:
            streams[client] -= 1
            if not streams[client]:
                del streams[client]

    return StreamingResponse(told(), media_type="text/event-stream", headers=headers)


async def health(web: Request) -> Response:
    """`{"ok": true, "version": …, "topics": …}`; 503 and `"ok": false` where the content cannot be read."""
    ward = ward_of(web)
    try:
        topics = len(ward.shelf.topic_ids())
    except UsageError:
        topics = 0
    told = {"ok": bool(topics), "version": __version__, "topics": topics}
    return JSONResponse(told, 200 if topics else 503)
