"""The address under which others reach a server: what an operator typed in; the address, or that it is none, out."""

from __future__ import annotations

from urllib.parse import urlsplit


def public_address(text: str) -> str | None:
    """An address as an operator typed it for `--public-url`, without a final slash; None for one that is none.

    It has a scheme, a host, and maybe a port and a path; never a user, a query or a fragment.
    """
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return None
    if not (sound and text.isascii() and text.isprintable()) or set(text) & set(' "<>\\?#'):
        return None
    return text.rstrip("/")
