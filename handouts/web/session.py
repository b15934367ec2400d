"""Tells a form of ours from a stranger's: a random cookie, and a token in the form that only this server makes of it.

Nothing about anybody is stored; when the server starts anew, forms that were open have to be sent once more.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

COOKIE = "handouts-session"
PACKET = "handouts-packet"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


class Sessions:
    """Makes sessions and their tokens with a key of this process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def named(self, cookie: str | None) -> tuple[str, bool]:
        """The session that a cookie holds, or a new one; and whether it is new."""
        if cookie and _SHAPE.fullmatch(cookie):
            return cookie, False
        return secrets.token_urlsafe(24), True

    def token(self, session: str) -> str:
        """What a form of this session carries (HMAC-SHA-256)."""
        return hmac.new(self._key, session.encode(), hashlib.sha256).hexdigest()

    def holds(self, session: str, token: str) -> bool:
        """Whether a form was made for this session, by this process."""
        return hmac.compare_digest(self.token(session).encode(), token.encode("utf-8", "replace"))
