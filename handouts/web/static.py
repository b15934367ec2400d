"""The style sheet, the script and the icon: read once, and answered by their names alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handouts.web.guard import answer_of

_FOLDER = Path(__file__).parent / "static"
_MEDIA = {"ward.css": "text/css", "ward.js": "text/javascript", "icon.svg": "image/svg+xml"}
FILES = {name: ((_FOLDER / name).read_bytes(), media) for name, media in _MEDIA.items()}
DIGESTS = {name: hashlib.sha256(data).hexdigest() for name, (data, _) in FILES.items()}
VERSION = hashlib.sha256("".join(DIGESTS.values()).encode()).hexdigest()[:12]
"""Changes with the files, and stands in their addresses, so that a browser asks for each edition once."""


async def static_file(web: Request) -> Response:
    """One of the files; 404 for any other name."""
    name = web.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    data, media = FILES[name]
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if VERSION in web.url.query else "no-cache"}
    return answer_of(data, media, headers, web.headers.get("if-none-match", ""), DIGESTS[name])
